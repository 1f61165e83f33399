import type { WebSocket } from "ws";
import { systemTimers } from "../../../../shared/result/ports.ts";
import { readFrame, type ClientFrame } from "./frames.ts";
import type { VoiceGrant } from "./token.ts";

/** One SDK's connection. */
export interface Session {
  readonly id: string;
  grant: VoiceGrant | null;
  registered: boolean;
  /** How long its calls outlive the connection, in ms: it may come back for them. */
  reconnectMs: number;
  /** Robots of load tests have no WebRTC. */
  hasMedia: boolean;
  send(type: string, payload: Record<string, unknown>): void;
  close(): void;
}

// The SDK gives a connection up after 15 s without a word: seconds of its own clock, whatever ours is stepped to.
const heartbeatMs = 8_000;
const framesAtOnce = 400;

/** Reads a connection's frames and keeps it alive. A client that floods or is silent for three beats is let go. */
export function openSession(
  socket: WebSocket,
  id: string,
  on: { frame: (session: Session, frame: ClientFrame) => void; closed: (session: Session) => void },
): Session {
  const session: Session = {
    id,
    grant: null,
    registered: false,
    reconnectMs: 0,
    hasMedia: true,
    send: (type, payload) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type, payload, version: "1.6" }));
    },
    close: () => socket.terminate(),
  };
  let beatsMissed = 0;
  let framesThisBeat = 0;
  let cancelBeat = (): void => undefined;
  const beat = (): void => {
    beatsMissed += 1;
    framesThisBeat = 0;
    if (beatsMissed > 3) return socket.terminate();
    if (socket.readyState === socket.OPEN) socket.send("\n");
    cancelBeat = systemTimers.after(heartbeatMs, beat);
  };
  cancelBeat = systemTimers.after(heartbeatMs, beat);

  socket.on("message", (data, isBinary) => {
    beatsMissed = 0;
    framesThisBeat += 1;
    if (framesThisBeat > framesAtOnce || isBinary) return socket.terminate();
    const text = (data as Buffer).toString("utf8");
    if (text === "\n") return;
    const frame = readFrame(text);
    if (frame) on.frame(session, frame);
    else session.send("error", { error: { code: 31002, message: "Bad request" } });
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    cancelBeat();
    on.closed(session);
  });
  return session;
}
