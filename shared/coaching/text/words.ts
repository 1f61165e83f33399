import type { Utterance } from "../utterance.ts";

/** A word as it stands in the text, with its signs. Milliseconds on the call's clock. */
export type Word = { text: string; startMs: number; endMs: number };

/** In order. Where no time was told for each, the utterance's time is shared out by length. */
export function wordsOf({ text, startMs, endMs, timing }: Utterance): Word[] {
  const texts = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (texts.length * 2 === timing.length) return texts.map((word, at) => timed(word, startMs, timing, at));
  return sharedOut(texts, startMs, endMs);
}

function timed(text: string, startMs: number, timing: readonly number[], at: number): Word {
  const begins = startMs + (timing[at * 2] ?? 0);
  return { text, startMs: begins, endMs: begins + (timing[at * 2 + 1] ?? 0) };
}

function sharedOut(texts: readonly string[], startMs: number, endMs: number): Word[] {
  const letters = texts.reduce((sum, { length }) => sum + length, 0);
  const msPerLetter = Math.max(0, endMs - startMs) / letters;
  let said = 0;
  return texts.map((text) => {
    const begins = startMs + Math.round(said * msPerLetter);
    said += text.length;
    return { text, startMs: begins, endMs: startMs + Math.round(said * msPerLetter) };
  });
}
