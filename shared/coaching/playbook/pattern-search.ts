import type { Word } from "../text/words.ts";
import type { PatternRule } from "./compile-playbook.ts";
import { mostSteps } from "./patterns.ts";
import type { Change, Token } from "./spoken-track.ts";

/** A pause ends what somebody says in one go; so does this many words, which nobody's breath lasts for. */
const pauseMs = 1_500;
const mostWords = 200;

export type PatternMatch = { rule: PatternRule; words: Word[] };

/** Of every pattern in the go that a change is part of. `words` are those that the match touches. */
export function findPatterns(
  tokens: readonly Token[],
  change: Change,
  rules: readonly PatternRule[],
): PatternMatch[] {
  if (rules.length === 0 || tokens.length === 0) return [];
  const words = wordsOfGo(tokens, change);
  const text = words.map((word) => word.text).join(" ");
  const steps = mostSteps / rules.length;
  return rules.flatMap((rule) =>
    rule.pattern.find(text, steps).map((place) => ({ rule, words: wordsAt(words, place) })),
  );
}

function wordsOfGo(tokens: readonly Token[], change: Change): Word[] {
  let from = Math.min(change.from, tokens.length - 1);
  const least = Math.max(0, from - mostWords);
  while (from > least && !isPauseBefore(tokens, from)) from -= 1;
  let to = Math.max(change.to, from + 1);
  while (to < Math.min(tokens.length, change.to + mostWords) && !isPauseBefore(tokens, to)) to += 1;
  return [...new Set(tokens.slice(from, to).map(({ word }) => word))];
}

function isPauseBefore(tokens: readonly Token[], at: number): boolean {
  return (tokens[at]?.word.startMs ?? 0) - (tokens[at - 1]?.word.endMs ?? 0) >= pauseMs;
}

function wordsAt(words: readonly Word[], place: { from: number; to: number }): Word[] {
  let begins = 0;
  return words.filter(({ text }) => {
    const from = begins;
    begins += text.length + 1;
    return from < place.to && begins > place.from + 1;
  });
}
