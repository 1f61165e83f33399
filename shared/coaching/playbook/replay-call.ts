import { neverApart, type Apart } from "../metrics/apart.ts";
import { createLiveMetrics } from "../metrics/live-metrics.ts";
import { wordsOf, type Word } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";
import { nothingAlike, type AlikeByUtterance } from "./meanings.ts";
import { startMatching, type Fired, type Surroundings } from "./start-matching.ts";

/** Figures are looked at when somebody begins or ends, and at least so often. */
const stepMs = 2_000;
/** One turn of the generator is so much of the call or so many tellings, whichever comes first: some milliseconds. */
const turnMs = 10_000;
const turnTellings = 100;

export type Replay = {
  durationMs: number;
  /** When the two did not hear each other: no silence of those times sets anything off. */
  apart?: Apart;
  /** What was said, compared in meaning where a model did so. */
  alike?: AlikeByUtterance;
};

/**
 * What playbooks set off in a call that is over, oldest first, one list for each: as they did, or would have done, while
 * it went on. Pauses often: whoever replays has something else to do in between.
 */
export function* replayInTurns(
  playbooks: readonly CompiledPlaybook[],
  utterances: readonly Utterance[],
  { durationMs, apart = neverApart, alike = nothingAlike }: Replay,
): Generator<void, Fired[][]> {
  const metrics = createLiveMetrics();
  metrics.part(apart);
  const replays = playbooks.map((playbook) => ({ matching: startMatching(playbook), fired: [] as Fired[] }));
  const spoken = utterances.flatMap(prepare).toSorted((one, other) => one.fromMs - other.fromMs);
  let open: Open[] = [];
  let next = 0;
  let pausedMs = 0;
  let tellings = 0;
  for (const nowMs of momentsOf(spoken, durationMs)) {
    for (; (spoken[next]?.fromMs ?? Infinity) < nowMs; next += 1)
      open.push(...spoken.slice(next, next + 1).map((one) => ({ ...one, told: 0 })));
    for (const one of open) {
      const telling = tellUntil(one, nowMs);
      if (telling === null) continue;
      hear(telling);
      if ((tellings += 1) % turnTellings === 0) yield;
    }
    open = open.filter(({ toMs }) => toMs > nowMs);
    tick(nowMs, metrics.read(nowMs));
    if (nowMs - pausedMs < turnMs) continue;
    pausedMs = nowMs;
    yield;
  }
  // What still waits for words that must not stand near it: they do not come any more.
  tick(Infinity, { metrics: {}, quietSinceMs: null });
  return replays.map(({ fired }) => fired.toSorted((one, other) => one.atMs - other.atMs));

  function hear(telling: Utterance): void {
    metrics.hear(telling);
    const means = telling.final ? alike.get(telling.id) : undefined;
    for (const { matching, fired } of replays) {
      fired.push(...matching.hear(telling));
      if (means) fired.push(...matching.compare(telling, means));
    }
  }

  function tick(nowMs: number, surroundings: Surroundings): void {
    for (const { matching, fired } of replays) fired.push(...matching.tick(nowMs, surroundings));
  }
}

type Spoken = { utterance: Utterance; words: readonly Word[]; fromMs: number; toMs: number };

function prepare(utterance: Utterance): Spoken[] {
  const words = wordsOf(utterance);
  const [first, last] = [words[0], words.at(-1)];
  return first && last ? [{ utterance, words, fromMs: first.startMs, toMs: last.endMs }] : [];
}

/** Where somebody begins, quiet has lasted longest; where somebody ends, a final is told. */
function momentsOf(spoken: readonly Spoken[], durationMs: number): number[] {
  const endMs = spoken.reduce((latest, { toMs }) => Math.max(latest, toMs), durationMs);
  const steps = Array.from({ length: Math.floor(endMs / stepMs) }, (_, at) => (at + 1) * stepMs);
  const all = [...steps, ...spoken.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), endMs];
  return [...new Set(all)].toSorted((one, other) => one - other);
}

/** `told`: how many of its words have been. */
type Open = Spoken & { told: number };

/**
 * The utterance as it had been told by then: all of it, or the words that were through. Null = nothing of it is new:
 * where many speak at once, telling all of them again whenever one begins or ends takes minutes.
 */
function tellUntil(one: Open, nowMs: number): Utterance | null {
  const { utterance, words: all, toMs } = one;
  if (toMs <= nowMs) return { ...utterance, final: true };
  const words = all.filter(({ endMs }) => endMs <= nowMs);
  if (words.length === one.told) return null;
  one.told = words.length;
  return {
    ...utterance,
    text: words.map(({ text }) => text).join(" "),
    timing: words.flatMap(({ startMs, endMs }) => [startMs - utterance.startMs, endMs - startMs]),
    endMs: words.at(-1)?.endMs ?? utterance.startMs,
    revision: nowMs,
    final: false,
  };
}
