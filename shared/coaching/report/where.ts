import { fold } from "../../text/fold.ts";
import { isFiller } from "../text/fillers.ts";
import { splitWords } from "../text/words.ts";
import type { Speaker } from "../utterance.ts";
import type { Events, Span } from "./events.ts";
import type { Sentence } from "./sentences.ts";

// Where in a call a figure is heard best, in ms from the answer; null = nowhere.

/** Where the longest one begins. */
export function longestMs(spans: readonly Span[]): number | null {
  return bestOf(spans, ({ atMs, endMs }) => endMs - atMs)?.atMs ?? null;
}

export function longestStretchMs({ stretches }: Events, of: Speaker): number | null {
  return longestMs(stretches.filter(({ speaker }) => speaker === of));
}

export function firstInterruptionMs({ interruptions }: Events, of?: Speaker): number | null {
  return interruptions.find(({ by }) => of === undefined || by === of)?.atMs ?? null;
}

/** A sentence of fewer words is fast or slow by chance. */
const leastWords = 10;

export function fastestAgentMs(sentences: readonly Sentence[]): number | null {
  return bestOf(longOnes(sentences), paceOf)?.startMs ?? null;
}

export function slowestAgentMs(sentences: readonly Sentence[]): number | null {
  return bestOf(longOnes(sentences), (sentence) => -paceOf(sentence))?.startMs ?? null;
}

export function mostFillersMs(sentences: readonly Sentence[]): number | null {
  return bestOf(longOnes(sentences), ({ text }) => countFillers(text))?.startMs ?? null;
}

function longOnes(sentences: readonly Sentence[]): Sentence[] {
  return sentences.filter(({ speaker, words }) => speaker === "agent" && words >= leastWords);
}

function paceOf({ words, startMs, endMs }: Sentence): number {
  return words / Math.max(1, endMs - startMs);
}

function countFillers(text: string): number {
  const words = splitWords(text).map(fold);
  return words.filter((word, at) => isFiller(word, words[at - 1] ?? "", words[at - 2] ?? "")).length;
}

/** The first of those for which `weigh` is largest. */
function bestOf<T>(all: readonly T[], weigh: (one: T) => number): T | undefined {
  let best: { one: T; weight: number } | undefined;
  for (const one of all) {
    const weight = weigh(one);
    if (best === undefined || weight > best.weight) best = { one, weight };
  }
  return best?.one;
}
