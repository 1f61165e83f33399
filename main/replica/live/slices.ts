import { createPauses, type Pause } from "../../../shared/time/turns.ts";

/** Long work in the replica process goes in slices, so that an edit or a keystroke never waits for it. */

const sliceMs = 6;

/** A pacer to be awaited between small steps: gives way whenever the running slice has had its milliseconds. */
export function createPacer(limitMs = sliceMs): Pause {
  return createPauses(() => performance.now(), giveWay, limitMs);
}

/** Lets everything that is waiting run first. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const runLength = 512;

/**
 * Sorts row numbers without ever holding the process: short runs first, then merges, giving way in between.
 * Stable. @param compare as for Array.sort
 */
export async function sortInSlices(
  rows: Int32Array<ArrayBuffer>,
  compare: (a: number, b: number) => number,
): Promise<Int32Array<ArrayBuffer>> {
  const pace = createPacer();
  for (let start = 0; start < rows.length; start += runLength) {
    rows.subarray(start, start + runLength).sort(compare);
    await pace();
  }
  let from = rows;
  let to = new Int32Array(rows.length);
  for (let width = runLength; width < rows.length; width *= 2) {
    for (let start = 0; start < rows.length; start += 2 * width) {
      await mergeRuns(from, to, start, width, compare, pace);
    }
    [from, to] = [to, from];
  }
  return from;
}

async function mergeRuns(
  from: Int32Array,
  to: Int32Array,
  start: number,
  width: number,
  compare: (a: number, b: number) => number,
  pace: () => Promise<void> | undefined,
): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let at = start; at < end; at += 1) {
    const takeLeft =
      right >= end || (left < middle && compare(from[left] as number, from[right] as number) <= 0);
    to[at] = from[takeLeft ? left++ : right++] as number;
    if ((at & 2047) === 2047) await pace();
  }
}
