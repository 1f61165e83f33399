import { wordsOf, type Word } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";

/** Figures are looked at when somebody begins or ends, and at least so often. */
const stepMs = 2_000;

/** What is new at a moment of a call: to be taken before the next moment is asked for. */
type Retold = { nowMs: number; tellings: Iterable<Utterance> };

/**
 * What was said in a call that is over, or until now, as it was told while it went on: guesses of the words that were
 * through, and each utterance for good at its end.
 * @param untilMs how long the call lasts; it goes on to the last word where that is later
 * @param stops moments at which to stop besides
 */
export function* retellCall(
  utterances: readonly Utterance[],
  untilMs: number,
  stops: readonly number[] = [],
): Generator<Retold> {
  const spoken = utterances.flatMap(prepare).toSorted((one, other) => one.fromMs - other.fromMs);
  let open: Open[] = [];
  let next = 0;
  for (const nowMs of momentsOf(spoken, untilMs, stops)) {
    for (; (spoken[next]?.fromMs ?? Infinity) < nowMs; next += 1)
      open.push(...spoken.slice(next, next + 1).map((one) => ({ ...one, told: 0 })));
    yield { nowMs, tellings: tellAll(open, nowMs) };
    open = open.filter(({ toMs }) => toMs > nowMs);
  }
}

type Spoken = { utterance: Utterance; words: readonly Word[]; fromMs: number; toMs: number };

function prepare(utterance: Utterance): Spoken[] {
  const words = wordsOf(utterance);
  const [first, last] = [words[0], words.at(-1)];
  return first && last ? [{ utterance, words, fromMs: first.startMs, toMs: last.endMs }] : [];
}

/** Where somebody begins, quiet has lasted longest; where somebody ends, a final is told. */
function momentsOf(spoken: readonly Spoken[], untilMs: number, stops: readonly number[]): number[] {
  const endMs = spoken.reduce((latest, { toMs }) => Math.max(latest, toMs), untilMs);
  const steps = Array.from({ length: Math.floor(endMs / stepMs) }, (_, at) => (at + 1) * stepMs);
  const all = [...steps, ...stops, ...spoken.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), endMs];
  return [...new Set(all)].toSorted((one, other) => one - other);
}

/** `told`: how many of its words have been. */
type Open = Spoken & { told: number };

function* tellAll(open: readonly Open[], nowMs: number): Generator<Utterance> {
  for (const one of open) {
    const telling = tellUntil(one, nowMs);
    if (telling !== null) yield telling;
  }
}

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
