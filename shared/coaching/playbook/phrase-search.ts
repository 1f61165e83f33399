import type { PhraseRule } from "./compile-playbook.ts";
import type { Token } from "./spoken-track.ts";

/** Somebody who was quiet for longer began something new: no phrase goes across. */
const longestPauseMs = 5_000;

/**
 * Where a match that ends at `end` begins, at the latest; -1 = there is none. The words stand in order with at most
 * `apart` others between two of them. Every place that a word may have is followed, so a near one that leads nowhere
 * does not hide a farther one that does; at most (apart + 1) × words of them.
 */
export function beginOfMatch(
  tokens: readonly Token[],
  end: number,
  stems: readonly string[],
  apart: number,
): number {
  let places = [end];
  for (let at = stems.length - 2; at >= 0; at -= 1) {
    places = placesBefore(tokens, places, stems[at] ?? "", apart);
    if (places.length === 0) return -1;
  }
  return places[0] ?? -1;
}

/** Latest first, as `places` is. */
function placesBefore(
  tokens: readonly Token[],
  places: readonly number[],
  stem: string,
  apart: number,
): number[] {
  const found: number[] = [];
  const [latest = 0] = places;
  const earliest = (places.at(-1) ?? 0) - apart - 1;
  for (let at = latest - 1; at >= Math.max(0, earliest); at -= 1) {
    if (isAfterPause(tokens, at + 1)) break;
    if (tokens[at]?.stem === stem && places.some((place) => place > at && place - at - 1 <= apart))
      found.push(at);
  }
  return found;
}

function isAfterPause(tokens: readonly Token[], at: number): boolean {
  const pauseMs = (tokens[at]?.word.startMs ?? 0) - (tokens[at - 1]?.word.endMs ?? 0);
  return pauseMs > longestPauseMs;
}

/** A phrase and where it was said: tokens `from` to `to`, both of them in it. */
export type PhraseMatch = { rule: PhraseRule; from: number; to: number };

/** Of every phrase that ends within `change`, or after it with a part of it inside. */
export function findPhrases(
  tokens: readonly Token[],
  change: { from: number; to: number },
  byLast: ReadonlyMap<string, readonly PhraseRule[]>,
  longestMatch: number,
): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  const until = Math.min(tokens.length, change.to + longestMatch - 1);
  for (let to = change.from; to < until; to += 1) {
    for (const rule of byLast.get(tokens[to]?.stem ?? "") ?? []) {
      const from = beginOfMatch(tokens, to, rule.stems, rule.trigger.apart);
      if (from >= 0) found.push({ rule, from, to });
    }
  }
  return found;
}
