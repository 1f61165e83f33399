import { WebSocket } from "ws";
import type { Clock } from "../../../../shared/result/ports.ts";
import type { Effect } from "../carrier/effects.ts";
import { rfc2822 } from "../carrier/forms.ts";
import type { Engine } from "../media/engine.ts";
import { encodeMulaw, samplesPerFrame, frameMs } from "../../../../shared/calls/mulaw.ts";
import type { Callback } from "../twiml/verbs.ts";
import { signRequest } from "../webhooks/sign.ts";
import { createPlayback } from "./playback.ts";
import { readStreamFrame } from "./stream-frames.ts";

type Started = Extract<Effect, { effect: "stream" }>;

export interface StreamsOptions {
  accountSid: string;
  authToken: string;
  clock: Clock;
  engine: Engine;
  tell: (target: Callback, params: Record<string, string>) => void;
  closed: (callSid: string, streamSid: string) => void;
}

interface Stream {
  readonly started: Started;
  readonly playback: ReturnType<typeof createPlayback>;
  stop(): void;
  send(event: string, fields: Record<string, unknown>): void;
}

export type Streams = ReturnType<typeof createStreams>;

const silence = new Int16Array(samplesPerFrame);

/** Twilio's Media Streams: a call's sound over a WebSocket to the application, and back for <Connect>. */
export function createStreams(options: StreamsOptions) {
  const running = new Map<string, Stream>();

  const open = (started: Started): Stream => {
    const { streamSid, callSid, verb } = started;
    const signature = signRequest(options.authToken, verb.url, {});
    const socket = new WebSocket(verb.url, {
      headers: { "X-Twilio-Signature": signature },
      handshakeTimeout: 10_000,
      maxPayload: 512 * 1024,
    });
    let sequence = 0;
    const send = (event: string, fields: Record<string, unknown>): void => {
      if (socket.readyState !== socket.OPEN) return;
      sequence += 1;
      socket.send(JSON.stringify({ event, sequenceNumber: String(sequence), streamSid, ...fields }));
    };
    const playback = createPlayback((name) => send("mark", { mark: { name } }));

    socket.on("open", () => {
      socket.send(JSON.stringify({ event: "connected", protocol: "Call", version: "1.0.0" }));
      send("start", { start: describeStart(options.accountSid, started) });
      report(started, "stream-started", {});
      forward(started, send);
    });
    socket.on("message", (data) => takeFrame(playback, (data as Buffer).toString("utf8")));
    socket.on("error", (error) => report(started, "stream-error", { StreamError: error.message }));
    socket.on("close", () => {
      if (!running.delete(streamSid)) return;
      options.engine.untap(streamSid);
      report(started, "stream-stopped", {});
      options.closed(callSid, streamSid);
    });
    const stop = (): void => {
      send("stop", { stop: { accountSid: options.accountSid, callSid } });
      socket.close();
    };
    return { started, playback, send, stop };
  };

  const forward = ({ streamSid, callSid, verb }: Started, send: Stream["send"]): void => {
    let chunk = 0;
    options.engine.tap(streamSid, { callSid }, ([frame]) => {
      if (!frame) return;
      chunk += 1;
      const timestamp = String((chunk - 1) * frameMs);
      const media = (track: string, samples: Int16Array | null): void =>
        send("media", {
          media: {
            track,
            chunk: String(chunk),
            timestamp,
            payload: Buffer.from(encodeMulaw(samples ?? silence)).toString("base64"),
          },
        });
      if (verb.track !== "outbound_track") media("inbound", frame.said);
      if (verb.track !== "inbound_track") media("outbound", frame.heard);
    });
  };

  const report = (
    { streamSid, callSid, verb }: Started,
    event: string,
    more: Record<string, string>,
  ): void => {
    if (!verb.statusCallback) return;
    options.tell(verb.statusCallback, {
      AccountSid: options.accountSid,
      CallSid: callSid,
      StreamSid: streamSid,
      StreamName: verb.name ?? streamSid,
      StreamEvent: event,
      Timestamp: rfc2822(options.clock.now()),
      ...more,
    });
  };

  const stop = (streamSid: string): void => running.get(streamSid)?.stop();

  return {
    start: (started: Started) => void running.set(started.streamSid, open(started)),
    stop,
    /** The next 20 ms of what the far end wants heard. */
    next: (streamSid: string): Int16Array | null => running.get(streamSid)?.playback.next() ?? null,
    digit(callSid: string, digit: string): void {
      for (const { started, send } of running.values()) {
        if (started.callSid !== callSid || started.verb.verb !== "connect-stream") continue;
        send("dtmf", { dtmf: { track: "inbound_track", digit } });
      }
    },
    callOver(callSid: string): void {
      for (const [sid, { started }] of running) if (started.callSid === callSid) stop(sid);
    },
    stopAll: () => {
      for (const sid of running.keys()) stop(sid);
    },
  };
}

function takeFrame(playback: ReturnType<typeof createPlayback>, text: string): void {
  const frame = readStreamFrame(text);
  if (frame?.event === "media") playback.add(frame.media.payload);
  if (frame?.event === "mark") playback.mark(frame.mark.name);
  if (frame?.event === "clear") playback.clear();
}

function describeStart(accountSid: string, { streamSid, callSid, verb }: Started): Record<string, unknown> {
  const tracks = verb.track === "both_tracks" ? ["inbound", "outbound"] : [verb.track.replace("_track", "")];
  return {
    streamSid,
    accountSid,
    callSid,
    tracks,
    customParameters: verb.parameters,
    mediaFormat: { encoding: "audio/x-mulaw", sampleRate: 8_000, channels: 1 },
  };
}
