import { foldWithOrigins } from "../../../shared/text/fold.ts";
import { editDistance, forgivenEdits } from "./distance.ts";
import { nearnessTo } from "./numbers.ts";
import { readingsOf } from "./text-index.ts";
import { wordSpans } from "./words.ts";

export type Span = [start: number, end: number];

/** The parts of a text that answer to what was typed, in order, not overlapping. */
export function highlight(text: string, typed: string): Span[] {
  const { folded, origins } = foldWithOrigins(text);
  const words = new Set(readingsOf(typed).flat());
  const spans: Span[] = [];
  for (const { word, start } of wordSpans(folded)) {
    const match = matchOf(word, words);
    if (match) spans.push([start + match[0], start + match[1]]);
  }
  return mergeSpans(spans.map(([start, end]) => [origins[start] ?? 0, origins[end] ?? text.length]));
}

/** The same for numbers, whose digits may be spaced in any way; all of one that was mistyped. */
export function highlightDigits(text: string, typed: string): Span[] {
  const places: number[] = [];
  let digits = "";
  for (let at = 0; at < text.length; at += 1) {
    if (!/\d/u.test(text.charAt(at))) continue;
    digits += text.charAt(at);
    places.push(at);
  }
  const spans: Span[] = [];
  for (const word of new Set(readingsOf(typed).flat())) {
    if (!/^\d{3,}$/u.test(word)) continue;
    const start = digits.indexOf(word);
    if (start !== -1) spans.push([places[start] ?? 0, (places[start + word.length - 1] ?? 0) + 1]);
    else if (nearnessTo(word)(digits)) spans.push([places[0] ?? 0, (places.at(-1) ?? 0) + 1]);
  }
  return mergeSpans(spans);
}

/** The line of a text around its first match, short enough for one line of a list; null = no match. */
export function excerptOf(text: string, typed: string, longest = 90): string | null {
  const [first] = highlight(text, typed);
  if (!first) return null;
  const lineStart = text.lastIndexOf("\n", first[0]) + 1;
  const lineEnd = text.indexOf("\n", first[0]);
  const start = Math.max(lineStart, first[0] - Math.floor(longest / 3));
  const end = Math.min(lineEnd === -1 ? text.length : lineEnd, start + longest);
  return `${start > lineStart ? "…" : ""}${text.slice(start, end).trim()}${end < text.length && end === start + longest ? "…" : ""}`;
}

/** Where a word answers to one of the typed ones: its beginning, a part, or all of it when it was mistyped. */
function matchOf(word: string, typed: ReadonlySet<string>): Span | null {
  for (const wanted of typed) {
    const at = word.indexOf(wanted);
    if (at === 0 || (at > 0 && wanted.length >= 3)) return [at, at + wanted.length];
  }
  for (const wanted of typed) {
    const most = forgivenEdits(wanted.length);
    if (most > 0 && editDistance(wanted, word, most, true) <= most) return [0, word.length];
  }
  return null;
}

function mergeSpans(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else merged.push(span);
  }
  return merged;
}
