import type { Word } from "../text/words.ts";
import { beginOfMatch } from "./phrase-search.ts";
import type { Token } from "./spoken-track.ts";

/** How far away a word still says what was meant. */
const nearWords = 10;
/** Nobody waits for words that do not come: after a pause, what follows is not near any more. */
const pauseMs = 1_000;
/** A word is told when it has been said: so long after the pause one may still be on its way. */
const lateMs = 600;

type Place = { from: number; to: number };

/**
 * When it is known what stands near a match that ends at token `to`: with the tenth word after it, or once its
 * speaker has been quiet. Null = not yet. Milliseconds of the call.
 */
export function nearKnownAt(tokens: readonly Token[], to: number, nowMs: number): number | null {
  const { last, words, next } = wordsAfter(tokens, to);
  const lastEndMs = tokens[last]?.word.endMs ?? 0;
  if (words === nearWords) return lastEndMs;
  const quietAtMs = lastEndMs + pauseMs + lateMs;
  if (next) return Math.min(next.endMs, quietAtMs);
  return quietAtMs <= nowMs ? quietAtMs : null;
}

/** Whether one of `phrases` stands within ten words of the match, before it, after it or across it. */
export function isNear(
  tokens: readonly Token[],
  match: Place,
  phrases: readonly (readonly string[])[],
): boolean {
  const from = firstNear(tokens, match.from);
  const to = wordsAfter(tokens, match.to).last;
  return phrases.some((stems) => standsWithin(tokens, { from, to }, stems));
}

function standsWithin(tokens: readonly Token[], { from, to }: Place, stems: readonly string[]): boolean {
  for (let end = from + stems.length - 1; end <= to; end += 1) {
    const isEnd = tokens[end]?.stem === stems.at(-1);
    if (isEnd && beginOfMatch(tokens, end, stems, 0) >= from) return true;
  }
  return false;
}

/** Up to token `last`; `next` = the word after the pause that ends them, if one does. */
function wordsAfter(
  tokens: readonly Token[],
  to: number,
): { last: number; words: number; next: Word | null } {
  let last = to;
  let words = 0;
  for (let at = to + 1; at < tokens.length; at += 1) {
    const word = tokens[at]?.word;
    const before = tokens[last]?.word;
    if (word === undefined || before === undefined) break;
    const isNewWord = word !== before;
    if (isNewWord && word.startMs - before.endMs >= pauseMs) return { last, words, next: word };
    if (isNewWord && words === nearWords) break;
    if (isNewWord) words += 1;
    last = at;
  }
  return { last, words, next: null };
}

function firstNear(tokens: readonly Token[], from: number): number {
  let first = from;
  for (let words = 0; first > 0; first -= 1) {
    const isNewWord = tokens[first - 1]?.word !== tokens[first]?.word;
    if (isNewWord && words === nearWords) break;
    if (isNewWord) words += 1;
  }
  return first;
}
