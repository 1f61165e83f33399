import type { FrameDown, FrameUp } from "./frames.ts";

/** `up` and `down` say whether a replica listens at the other end; nothing asked before a `down` is answered after it. */
export type PipeSignal = FrameDown | { t: "up" } | { t: "down" };

/**
 * A window's only way out, over whatever carries it. The preload exposes exactly this as `window.ringside`; it knows
 * no feature, so it never changes with one.
 */
export interface Pipe {
  /** Frames sent while the pipe is down are lost. */
  request(frame: FrameUp): void;
  /** Tells a new listener at once when the pipe is up. Answers the way to stop listening. */
  subscribe(listener: (signal: PipeSignal) => void): () => void;
}
