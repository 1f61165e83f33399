import { fold } from "../../text/fold.ts";

/** Start (from the utterance's) and length of each word in ms, alternately. */
type Timing = readonly number[];
type Pair = { typed: number; heard: number };

/** Longer ones are not aligned word by word: the table of all pairs would take too long. */
const mostPairs = 4_000_000;

/**
 * Times for the words that a person typed, from those that a recogniser told for the words which it heard: words that
 * are the same keep their time, others share the time of what was heard in their place. Words that nothing was heard
 * of get no length.
 * @returns empty where `timing` has not one pair of times for each heard word
 */
export function alignTiming(typed: readonly string[], heard: readonly string[], timing: Timing): number[] {
  if (timing.length !== heard.length * 2 || typed.length * heard.length > mostPairs) return [];
  const pairs = [...samePairs(typed, heard), { typed: typed.length, heard: heard.length }];
  const times: number[] = [];
  let [nextTyped, nextHeard] = [0, 0];
  for (const pair of pairs) {
    times.push(...shareOut(typed.slice(nextTyped, pair.typed), spanOf(timing, nextHeard, pair.heard)));
    if (pair.typed < typed.length) times.push(...timing.slice(pair.heard * 2, pair.heard * 2 + 2));
    [nextTyped, nextHeard] = [pair.typed + 1, pair.heard + 1];
  }
  return times;
}

/** From the first to behind the last of some heard words; no length where there are none. */
function spanOf(timing: Timing, from: number, to: number): { startMs: number; endMs: number } {
  const startMs = from === 0 ? 0 : endOf(timing, from - 1);
  if (from >= to) return { startMs, endMs: startMs };
  return { startMs: timing[from * 2] ?? startMs, endMs: endOf(timing, to - 1) };
}

function endOf(timing: Timing, word: number): number {
  return (timing[word * 2] ?? 0) + (timing[word * 2 + 1] ?? 0);
}

/** By the length of the words. */
function shareOut(
  words: readonly string[],
  { startMs, endMs }: { startMs: number; endMs: number },
): number[] {
  const letters = words.reduce((sum, { length }) => sum + length, 0);
  let passed = 0;
  return words.flatMap(({ length }) => {
    const from = Math.round(startMs + ((endMs - startMs) * passed) / letters);
    passed += length;
    return [from, Math.round(startMs + ((endMs - startMs) * passed) / letters) - from];
  });
}

/** The longest row of words that come in both, in order (longest common subsequence). */
function samePairs(typed: readonly string[], heard: readonly string[]): Pair[] {
  const [left, right] = [typed.map(fold), heard.map(fold)];
  const lengths = commonLengths(left, right);
  const pairs: Pair[] = [];
  for (let [at, to] = [0, 0]; at < left.length && to < right.length;) {
    if (left[at] === right[to]) pairs.push({ typed: at++, heard: to++ });
    else if ((lengths[at + 1]?.[to] ?? 0) >= (lengths[at]?.[to + 1] ?? 0)) at += 1;
    else to += 1;
  }
  return pairs;
}

/** `lengths[i][j]` = how many words the ends of both from `i` and `j` on have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let at = left.length - 1; at >= 0; at -= 1) {
    const [row, below] = [lengths[at], lengths[at + 1]];
    if (row === undefined || below === undefined) continue;
    for (let to = right.length - 1; to >= 0; to -= 1)
      row[to] =
        left[at] === right[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
  }
  return lengths;
}
