import { moodClassOf, type MoodClass } from "../text/mood.ts";
import { wordsOf, type SpokenWord } from "../text/words.ts";
import { compareText, compareUtterances, repair, supersedes } from "../transcript/transcript.ts";
import type { Speaker, Utterance } from "../utterance.ts";
import { neverApart, togetherSince, type Apart } from "./apart.ts";
import { callStart, readCall, stepCall, type CallState } from "./call-fold.ts";
import type { CallMetrics } from "./catalogue.ts";
import { speakingSlackMs } from "./limits.ts";
import { createTimeFold, type TimeFold } from "./time-fold.ts";
import { lastEndMs } from "./voices.ts";

export type LiveReading = {
  metrics: CallMetrics;
  /** Who has the floor and has been heard in the last 2 s, and since when they speak without dead air or a hold. */
  speaking: { speaker: Speaker; sinceMs: number } | null;
  /**
   * Since when nobody speaks while the two hear each other; null = nobody has spoken yet, somebody does at this moment,
   * or they are apart.
   */
  quietSinceMs: number | null;
  /** The customer's, by all that they have said; null = nothing yet. */
  mood: MoodClass | null;
};

export type LiveMetrics = {
  /** One telling of an utterance; tellings may come late, twice, revised and in any order. */
  hear(utterance: Utterance): void;
  /** When the two do not hear each other, as far as it is known now: it may be told again and again, in any order with words. */
  part(apart: Apart): void;
  /** At `nowMs` from the answer: that is how long the call lasts. */
  read(nowMs: number): LiveReading;
};

/** A word and where it stands: words of one time still have one order. */
type PlacedWord = SpokenWord & { utteranceMs: number; id: string; at: number };

type CallFold = TimeFold<PlacedWord, CallState>;

/**
 * The figures of a call while it goes on; always those of `measureCall` over what was heard and told of holds. A new word
 * costs the same however long the call is; a revision, what it changes and all that was said since.
 */
export function createLiveMetrics(step: typeof stepCall = stepCall): LiveMetrics {
  let apart = neverApart;
  const fold: CallFold = createTimeFold({
    start: callStart,
    step: (state, word) => step(state, word, apart),
    compare: comparePlaced,
  });
  const heard = new Map<string, { utterance: Utterance; words: PlacedWord[] }>();

  function hear(telling: Utterance): void {
    const utterance = repair(telling);
    const before = heard.get(utterance.id);
    if (before !== undefined && !supersedes(utterance, before.utterance)) return;
    const words = placeWords(utterance, before?.words ?? []);
    const kept = new Set(words);
    const known = new Set(before?.words);
    fold.change(
      (before?.words ?? []).filter((word) => !kept.has(word)),
      words.filter((word) => !known.has(word)),
    );
    heard.set(utterance.id, { utterance, words });
  }

  /** What was said behind the first difference is folded again. */
  function part(told: Apart): void {
    const fromMs = firstDifference(apart, told);
    apart = told;
    if (fromMs === null) return;
    const after = [...heard.values()].flatMap(({ words }) => words.filter(({ startMs }) => startMs > fromMs));
    fold.change(after, after);
  }

  return { hear, part, read: (nowMs) => readLive(fold.state(), nowMs, apart) };
}

/** The figures of a call of `durationMs` by what was said in it; the order of `utterances` does not matter. */
export function measureCall(
  utterances: readonly Utterance[],
  { durationMs, apart = neverApart }: { durationMs: number; apart?: Apart },
): CallMetrics {
  const live = createLiveMetrics();
  live.part(apart);
  // In order each word costs one step; out of order all that comes behind it would be folded again.
  for (const utterance of utterances.toSorted(compareUtterances)) live.hear(utterance);
  return live.read(durationMs).metrics;
}

/** All words of a call in the order in which `stepCall` takes them. */
export function wordsInOrder(utterances: readonly Utterance[]): SpokenWord[] {
  return utterances.flatMap((utterance) => placeWords(repair(utterance), [])).sort(comparePlaced);
}

/** Words that a revision leaves as they were stay the same objects: only what changed is folded again. */
function placeWords(utterance: Utterance, before: readonly PlacedWord[]): PlacedWord[] {
  return wordsOf(utterance).map((word, at) => {
    const placed = {
      ...word,
      speaker: utterance.speaker,
      utteranceMs: utterance.startMs,
      id: utterance.id,
      at,
    };
    const old = before[at];
    return old !== undefined && isSame(old, placed) ? old : placed;
  });
}

function isSame(a: PlacedWord, b: PlacedWord): boolean {
  const isSameWord = a.text === b.text && a.ends === b.ends && a.speaker === b.speaker;
  return isSameWord && a.startMs === b.startMs && a.endMs === b.endMs && a.utteranceMs === b.utteranceMs;
}

function comparePlaced(a: PlacedWord, b: PlacedWord): number {
  const bySpeaker = Number(a.speaker === "customer") - Number(b.speaker === "customer");
  return a.startMs - b.startMs || a.endMs - b.endMs || bySpeaker || compareOrigins(a, b);
}

/** Words of no length may share one time. */
function compareOrigins(a: PlacedWord, b: PlacedWord): number {
  return a.utteranceMs - b.utteranceMs || compareText(a.id, b.id) || a.at - b.at;
}

function readLive(state: CallState, nowMs: number, apart: Apart): LiveReading {
  const { holder, sinceMs, untilMs } = state.turns;
  const endMs = lastEndMs(state.voices);
  const togetherMs = togetherSince(apart, nowMs);
  const metrics = readCall(state, nowMs);
  const mood = state.voices.customer === null ? null : moodClassOf(state.tallied.sentiment.customer);
  if (togetherMs === null) return { metrics, mood, speaking: null, quietSinceMs: null };
  const speaks = holder !== null && nowMs - untilMs <= speakingSlackMs;
  return {
    metrics,
    mood,
    speaking: speaks ? { speaker: holder, sinceMs: Math.max(sinceMs, togetherMs) } : null,
    quietSinceMs: endMs !== null && endMs <= nowMs ? Math.max(endMs, togetherMs) : null,
  };
}

/** From where on two tellings of the same call's holds say different things, in ms; null = nowhere. */
function firstDifference(before: Apart, now: Apart): number | null {
  const at = Array.from({ length: Math.max(before.length, now.length) }).findIndex(
    (_, index) => before[index]?.fromMs !== now[index]?.fromMs || before[index]?.toMs !== now[index]?.toMs,
  );
  return at === -1 ? null : Math.min(before[at]?.fromMs ?? Infinity, now[at]?.fromMs ?? Infinity);
}
