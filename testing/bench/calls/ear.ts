import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { decodeMulaw, frameMs } from "../../../shared/calls/mulaw.ts";
import { hasVoice } from "./voice.ts";

/** What the other side of a call hears, as the carrier streams it: whether the agent's voice is in each 20 ms. */
export type Ear = {
  /** When the agent was heard for the last time before silence of `quietMs`, in ms since the epoch. */
  untilSilent(quietMs: number): Promise<number>;
  untilHeard(): Promise<number>;
  /** The longest time in which the agent was not heard while `work` ran, in ms. */
  longestGapMs(work: () => Promise<void>): Promise<number>;
  close(): void;
};

type Frame = { at: number; heard: boolean };
type Account = { sid: string; authToken: string };

/** Asks the carrier for a media stream of the leg, as an application of Twilio's would. */
export async function openEar(carrierUrl: string, account: Account, callSid: string): Promise<Ear> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const listeners = new Set<(frame: Frame) => void>();
  server.on("connection", (socket) =>
    socket.on("message", (data) => {
      const frame = readFrame(String(data));
      if (frame) for (const listen of listeners) listen(frame);
    }),
  );
  await startStream(carrierUrl, account, callSid, `ws://127.0.0.1:${(server.address() as AddressInfo).port}`);

  const until = (look: (frame: Frame) => number | null): Promise<number> =>
    new Promise((resolve) => {
      const listen = (frame: Frame) => {
        const at = look(frame);
        if (at === null) return;
        listeners.delete(listen);
        resolve(at);
      };
      listeners.add(listen);
    });

  return {
    untilSilent(quietMs) {
      let silentSince: number | null = null;
      return until(({ at, heard }) => {
        silentSince = heard ? null : (silentSince ?? at);
        return silentSince !== null && at - silentSince >= quietMs ? silentSince : null;
      });
    },
    untilHeard: () => until(({ at, heard }) => (heard ? at : null)),
    async longestGapMs(work) {
      let longest = 0;
      let run = 0;
      const listen = ({ heard }: Frame) => {
        run = heard ? 0 : run + frameMs;
        longest = Math.max(longest, run);
      };
      listeners.add(listen);
      await work();
      listeners.delete(listen);
      return longest;
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function readFrame(text: string): Frame | null {
  const said = JSON.parse(text) as { event: string; media?: { track: string; payload: string } };
  if (said.event !== "media" || said.media?.track !== "outbound") return null;
  const samples = decodeMulaw(Buffer.from(said.media.payload, "base64"));
  return { at: performance.timeOrigin + performance.now(), heard: hasVoice(samples) };
}

async function startStream(
  carrierUrl: string,
  { sid, authToken }: Account,
  callSid: string,
  url: string,
): Promise<void> {
  const answer = await fetch(`${carrierUrl}/2010-04-01/Accounts/${sid}/Calls/${callSid}/Streams.json`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${sid}:${authToken}`).toString("base64")}` },
    body: new URLSearchParams({ Url: url, Track: "outbound_track" }),
  });
  if (!answer.ok) throw new Error(`no stream: ${answer.status} ${await answer.text()}`);
}
