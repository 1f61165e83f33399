/** When a word was told, and what became of it; times in ms since the epoch. */
export type Telling = {
  toldAtMs: number;
  /** It moved no whole percent: there was nothing to paint. */
  unmoved: boolean;
};

export type PaintedAfter = {
  /** Of each telling that had something to paint, from telling to painting. */
  delaysMs: number[];
  /** Of those: painted together with a later one. */
  overtaken: number;
  /** Of those: not painted at all. Each counts with the time until the end, which is less than the truth. */
  never: number;
  unmoved: number;
};

/**
 * What the first painting after each telling says of it. One that was overtaken by the next is painted with that one; none
 * is left out because it came late, or the slowest would make the figure better.
 * @param paintedAtMs ascending
 * @param endMs when nobody looked any more
 */
export function paintedAfter(
  tellings: readonly Telling[],
  paintedAtMs: readonly number[],
  endMs: number,
): PaintedAfter {
  const found: PaintedAfter = { delaysMs: [], overtaken: 0, never: 0, unmoved: 0 };
  for (const [index, { toldAtMs, unmoved }] of tellings.entries()) {
    if (unmoved) {
      found.unmoved += 1;
      continue;
    }
    const painted = paintedAtMs.find((atMs) => atMs >= toldAtMs);
    const next = tellings.slice(index + 1).find((later) => !later.unmoved);
    if (painted === undefined) found.never += 1;
    else if (next && painted >= next.toldAtMs) found.overtaken += 1;
    found.delaysMs.push((painted ?? endMs) - toldAtMs);
  }
  return found;
}

/** What became of the tellings, for a note. */
export function becameOf({ delaysMs, overtaken, never, unmoved }: PaintedAfter): string {
  return `${delaysMs.length} painted or due, of them ${overtaken} with a later one and ${never} never; ${unmoved} moved no percent`;
}
