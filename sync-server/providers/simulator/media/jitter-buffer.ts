/** A stall is not made up for: beyond this the oldest are forgotten. */
const framesAtMost = 8;
const framesKept = 2;
/** Looked back over so many reads of 20 ms: a second. */
const readsLookedAt = 50;

/**
 * Frames that have come and were not heard yet. What waits is heard late, so no more of it is kept than the network's
 * unevenness of the last second asked for, and one to spare.
 */
export function createJitterBuffer<Frame>() {
  const frames: Frame[] = [];
  let reads = 0;
  /** How many were always there. */
  let neverUsed = framesAtMost;
  return {
    push(frame: Frame): void {
      if (frames.push(frame) > framesAtMost) frames.splice(0, frames.length - framesKept);
    },
    read(): Frame | null {
      const frame = frames.shift() ?? null;
      neverUsed = Math.min(neverUsed, frames.length);
      reads += 1;
      if (reads < readsLookedAt) return frame;
      frames.splice(0, Math.max(0, neverUsed - 1));
      reads = 0;
      neverUsed = framesAtMost;
      return frame;
    },
  };
}
