import type { FrameDown, FrameUp } from "./frames.ts";

/** `up` and `down` say whether a replica listens at the other end; nothing asked before a `down` is answered after it. */
export type PipeSignal =
  | FrameDown
  | { t: "up" }
  | { t: "down" }
  /** While it is down: whoever is at the other end now does not know this window; the person has to come in anew. */
  | { t: "shut-out" };

/** What a desk tells whoever comes without the secret of its launch. */
export const shutOut = "Open the address that Ringside printed when it started.";

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
