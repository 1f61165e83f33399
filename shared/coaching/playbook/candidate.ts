import type { Word } from "../text/words.ts";
import type { Speaker } from "../utterance.ts";
import type { Target } from "./compile-playbook.ts";

/** Milliseconds on the call's clock; `fromMs` to `atMs` is what was said, or the quiet, that set it off. */
export type Fired = {
  target: "item" | "card";
  key: string;
  fromMs: number;
  atMs: number;
  /** As it was said; empty = nothing that was said did it. */
  phrase: string;
  speaker: Speaker | null;
  /** Which of the target's triggers, and which of that one's phrases. */
  trigger: number;
  of: number;
};

/** Whether what a trigger found may be told now. What may not uses nothing up: no card rests because of it. */
export type MayFire = (fired: Pick<Fired, "target" | "key" | "atMs">) => boolean;

export const always: MayFire = () => true;

type TimedRule = { of: Target; index: number; fromMs: number | null; untilMs: number | null };

/** What a trigger found, before it is said whether its target may fire again. Certain from `knownMs` on. */
export type Candidate = { target: Target; knownMs: number; fired: Fired };

/** None where its time in the call is not the trigger's. */
export function candidateOf(
  rule: TimedRule,
  what: Pick<Fired, "fromMs" | "atMs" | "phrase" | "speaker"> & { of?: number },
): Candidate[] {
  const { fromMs, untilMs, of: target, index } = rule;
  if (what.atMs < (fromMs ?? 0) || what.atMs > (untilMs ?? Infinity)) return [];
  const fired = { of: 0, ...what, target: target.target, key: target.key, trigger: index };
  return [{ target, knownMs: what.atMs, fired }];
}

/** As a card quotes it: without the signs around it. */
export function quote(words: readonly Word[]): string {
  const distinct = [...new Set(words)].map(({ text }) => text).join(" ");
  return distinct.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "").slice(0, longestQuote);
}

const longestQuote = 200;

export type Gate = {
  /** Lets an item through once, and a card when it has rested; whichever of two is told first. */
  pass(candidate: Candidate): Fired[];
  /** Nobody saw a card that was let through: it need not rest for that, but the same words bring it up no more. */
  giveBack(card: Pick<Fired, "key" | "atMs">): void;
  /** A card was let through then, as somebody else knows: it rests since. */
  letThrough(card: Pick<Fired, "key" | "atMs">): void;
};

/** What is said so shortly after it, or before, may be the same words told anew, with other times. */
const sameWordsMs = 3_000;

export function createGate(): Gate {
  /** By `nameOf`; without `restMs` one rests as long as its target does. */
  const fired = new Map<string, { atMs: number; restMs?: number }[]>();
  const timesOf = (name: string) => fired.get(name) ?? [];
  return {
    pass({ target, fired: one }) {
      const before = timesOf(nameOf(target));
      if (before.some(({ atMs, restMs = target.restMs }) => Math.abs(one.atMs - atMs) < restMs)) return [];
      fired.set(nameOf(target), [...before, { atMs: one.atMs }]);
      return [one];
    },
    giveBack({ key, atMs }) {
      const name = nameOf({ target: "card", key });
      fired.set(name, timesOf(name).map((one) => (one.atMs === atMs ? { atMs, restMs: sameWordsMs } : one))); // prettier-ignore
    },
    letThrough({ key, atMs }) {
      const name = nameOf({ target: "card", key });
      fired.set(name, [...timesOf(name), { atMs }]);
    },
  };
}

function nameOf({ target, key }: Pick<Target, "target" | "key">): string {
  return `${target} ${key}`;
}
