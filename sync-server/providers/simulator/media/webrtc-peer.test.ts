import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from "werift";
import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { openPeer, type Peer } from "./webrtc-peer.ts";

// The carrier's end of a device's sound when ICE is begun anew, with real sockets. The far end is what a browser is: it
// controls, offers, and may offer before it has found its own candidates.

const host = "127.0.0.1";
let peer: Peer;
let far: RTCPeerConnection;
let stranger: Socket;
/** Frames that the far end has heard. */
let heard = 0;
let talking: NodeJS.Timeout;

beforeEach(async () => {
  peer = openPeer(host, () => {});
  far = openFarEnd();
  heard = 0;
  far.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => void (heard += 1)));
  stranger = createSocket("udp4");
  await new Promise<void>((resolve) => stranger.bind(0, host, resolve));
  talking = setInterval(() => peer.write(new Int16Array(samplesPerFrame).fill(1_000)), 20);
});
afterEach(async () => {
  clearInterval(talking);
  stranger.close();
  peer.close();
  await far.close();
});

function openFarEnd(): RTCPeerConnection {
  const pcmu = new RTCRtpCodecParameters({ mimeType: "audio/PCMU", clockRate: 8_000, channels: 1, payloadType: 0 }); // prettier-ignore
  const connection = new RTCPeerConnection({
    codecs: { audio: [pcmu] },
    iceServers: [],
    iceUseIpv6: false,
    iceUseTcp: false,
    iceInterfaceAddresses: { udp4: host },
    iceAdditionalHostAddresses: [host],
  });
  connection.addTransceiver(new MediaStreamTrack({ kind: "audio" }), { direction: "sendrecv" });
  return connection;
}

/** @returns what both have said */
async function negotiate(given: { iceRestart: boolean; early: boolean }): Promise<[string, string]> {
  await far.setLocalDescription(await far.createOffer({ iceRestart: given.iceRestart }));
  const lines = (far.localDescription?.sdp ?? "").split("\r\n");
  const offer = lines.filter((line) => !given.early || !/^a=(?:candidate|end-of)/u.test(line)).join("\r\n");
  const answer = await peer.answer(offer);
  await far.setRemoteDescription({ type: "answer", sdp: answer });
  return [offer, answer];
}

/** Browsers look for the new way by themselves; of this far end it must be asked. */
function look(): void {
  for (const ice of far.iceTransports) void ice.start().catch(() => {});
}

async function expectHeard(): Promise<void> {
  const before = heard;
  await expect.poll(() => heard).toBeGreaterThan(before + 10);
}

test.each([
  ["names its candidates", false],
  ["has found no candidate yet", true],
])("sound goes on after a restart of ICE whose offer %s", async (_, early) => {
  await negotiate({ iceRestart: false, early: false });
  await expectHeard();
  await negotiate({ iceRestart: true, early });
  look();
  await expectHeard();
});

test("a check of the way before the restart does not lead the sound away", async () => {
  const [offer, answer] = await negotiate({ iceRestart: false, early: false });
  await expectHeard();
  await negotiate({ iceRestart: true, early: false });
  let strays = 0;
  stranger.on("message", () => (strays += 1));
  const port = Number(/^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/mu.exec(answer)?.[1]);
  const check = nominationBy(`${fragmentOf(answer)}:${fragmentOf(offer)}`);
  await new Promise((resolve) => stranger.send(check, port, host, resolve));
  look();
  await expectHeard();
  expect(strays).toBe(0);
});

function fragmentOf(sdp: string): string {
  return /^a=ice-ufrag:(\S+)/mu.exec(sdp)?.[1] ?? "";
}

/** A binding request with USE-CANDIDATE (RFC 8445, 7.1.2), as the far end sends it over a way that it has chosen. */
function nominationBy(username: string): Buffer {
  const name = Buffer.alloc(Math.ceil(username.length / 4) * 4);
  name.write(username);
  const attributes = Buffer.concat([
    attribute(0x0006, username.length, name),
    attribute(0x0024, 4, Buffer.from([0x6e, 0x00, 0x01, 0xff])),
    attribute(0x0025, 0, Buffer.alloc(0)),
  ]);
  const head = Buffer.alloc(20, 0x2a);
  head.writeUInt16BE(0x0001, 0);
  head.writeUInt16BE(attributes.length, 2);
  head.writeUInt32BE(0x2112a442, 4);
  return Buffer.concat([head, attributes]);
}

function attribute(type: number, length: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  return Buffer.concat([head, value]);
}
