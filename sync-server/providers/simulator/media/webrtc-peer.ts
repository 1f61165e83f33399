import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from "werift";
import { createDtmfReader } from "./dtmf-events.ts";
import { decodeMulaw, encodeMulaw, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { createJitterBuffer } from "./jitter-buffer.ts";
import { loudLevel, measureLevel } from "./mixer.ts";
import type { Port } from "./port.ts";

export interface Peer extends Port {
  /** An offer with all its candidates in it; the signalling knows no trickle. */
  offer(): Promise<string>;
  /** Takes the far end's answer to our offer. */
  accept(sdp: string): Promise<void>;
  /** Answers the far end's offer, the first one or a later one with an ICE restart. */
  answer(sdp: string): Promise<string>;
}

const telephoneEventType = 101;

/**
 * A WebRTC peer that speaks PCMU alone. It is ICE-lite, as Twilio's media servers are: the browser finds the way,
 * so that nobody has to exchange candidates. `host` is the address it listens on.
 */
export function openPeer(host: string, onDigit: (digit: string) => void): Peer {
  const connection = new RTCPeerConnection({
    codecs: { audio: [pcmu(), telephoneEvent()] },
    iceServers: [],
    iceLite: true,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceTcpPassive: false,
    iceInterfaceAddresses: { udp4: host },
    iceAdditionalHostAddresses: [host],
    iceFilterStunResponse: (check) => isOfNow(connection, String(check.getAttributeValue("USERNAME"))),
  });
  const track = new MediaStreamTrack({ kind: "audio" });
  const transceiver = connection.addTransceiver(track, { direction: "sendrecv" });
  const heard = createJitterBuffer<Int16Array>();
  const readDtmf = createDtmfReader(onDigit);
  let lastVoiceAt: number | null = null;
  const assemble = createAssembler((frame) => {
    if (measureLevel(frame) > loudLevel) lastVoiceAt = performance.timeOrigin + performance.now();
    heard.push(frame);
  });

  transceiver.onTrack.subscribe((remote) => {
    remote.onReceiveRtp.subscribe(({ header, payload }) => {
      if (header.payloadType === 0) assemble(decodeMulaw(payload));
      else readDtmf(payload, header.timestamp);
    });
  });

  const send = createSender(track);
  return {
    async offer() {
      await connection.setLocalDescription(await connection.createOffer());
      return completeSdp(connection, host);
    },
    async accept(sdp) {
      await connection.setRemoteDescription({ type: "answer", sdp });
    },
    async answer(sdp) {
      await connection.setRemoteDescription({ type: "offer", sdp });
      await connection.setLocalDescription(await connection.createAnswer());
      lookForFarEnd(connection);
      return completeSdp(connection, host);
    },
    read: heard.read,
    write: send,
    lastVoiceAt: () => lastVoiceAt,
    close: () => void connection.close(),
  };
}

/**
 * After a restart the far end still checks its old way now and then, until it has our answer. Such a check would be taken
 * for the new way: sound would go where soon nobody listens.
 */
function isOfNow({ iceTransports }: RTCPeerConnection, username: string): boolean {
  const [ours] = username.split(":");
  return iceTransports.some(({ localParameters }) => localParameters.usernameFragment === ours);
}

/** werift leaves checks that follow a restart unread where the offer came before its candidates had been found. */
function lookForFarEnd({ iceTransports }: RTCPeerConnection): void {
  for (const ice of iceTransports)
    if (ice.state !== "checking" && ice.state !== "connected") void ice.start().catch(() => {});
}

// All candidates have been gathered by now. Those of other interfaces are left out: nobody listens there.
function completeSdp(connection: RTCPeerConnection, host: string): string {
  const sdp = connection.localDescription?.sdp;
  if (!sdp) throw new Error("werift gave no local description");
  const isElsewhere = (line: string): boolean =>
    line.startsWith("a=candidate:") && !line.includes(` ${host} `);
  return sdp
    .split("\r\n")
    .filter((line) => !isElsewhere(line))
    .join("\r\n");
}

function createSender(track: MediaStreamTrack): (frame: Int16Array) => void {
  let sequenceNumber = Math.floor(Math.random() * 65_536);
  let timestamp = Math.floor(Math.random() * 2 ** 31);
  let first = true;
  return (frame) => {
    sequenceNumber = (sequenceNumber + 1) & 0xffff;
    timestamp = (timestamp + samplesPerFrame) >>> 0;
    const header = new RtpHeader({ payloadType: 0, sequenceNumber, timestamp, marker: first, ssrc: 1 });
    first = false;
    track.writeRtp(new RtpPacket(header, Buffer.from(encodeMulaw(frame))));
  };
}

// Packets may hold 10, 20 or 60 ms; the mixer wants 20.
function createAssembler(onFrame: (frame: Int16Array) => void): (samples: Int16Array) => void {
  let rest = new Int16Array(0);
  return (samples) => {
    const all = new Int16Array(rest.length + samples.length);
    all.set(rest);
    all.set(samples, rest.length);
    let at = 0;
    for (; all.length - at >= samplesPerFrame; at += samplesPerFrame) {
      onFrame(all.slice(at, at + samplesPerFrame));
    }
    rest = all.slice(at);
  };
}

function pcmu(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({ mimeType: "audio/PCMU", clockRate: 8_000, channels: 1, payloadType: 0 });
}

function telephoneEvent(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: "audio/telephone-event",
    clockRate: 8_000,
    channels: 1,
    payloadType: telephoneEventType,
    parameters: "0-16",
  });
}
