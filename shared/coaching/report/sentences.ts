import { splitWords, wordsOf } from "../text/words.ts";
import type { Speaker, Utterance } from "../utterance.ts";

/** What one side says between two full stops, or in one go where nobody has set any. */
export type Sentence = { speaker: Speaker; startMs: number; endMs: number; text: string; words: number };

const afterEnd = /(?<=[.!?…。！？؟।۔])["'”’»)]*\s+/u;
/** A recogniser cuts at a breath: what goes on so soon is the same sentence. */
const breathMs = 700;

/** All sentences of a call, in order. */
export function sentencesOf(utterances: readonly Utterance[]): Sentence[] {
  return joinBreaths(utterances.flatMap(splitUtterance));
}

function splitUtterance(utterance: Utterance): Sentence[] {
  const words = wordsOf(utterance);
  let passed = 0;
  return utterance.text.split(afterEnd).flatMap((piece) => {
    const text = withoutSounds(piece);
    const count = splitWords(text).length;
    const own = words.slice(passed, (passed += count));
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ speaker: utterance.speaker, startMs: first.startMs, endMs: last.endMs, text, words: count }];
  });
}

function joinBreaths(sentences: readonly Sentence[]): Sentence[] {
  const joined: Sentence[] = [];
  for (const sentence of sentences) {
    const before = joined.at(-1);
    if (before !== undefined && goesOn(before, sentence)) joined[joined.length - 1] = join(before, sentence);
    else joined.push(sentence);
  }
  return joined;
}

function goesOn(before: Sentence, { speaker, startMs, words }: Sentence): boolean {
  const isOpen = !/[.!?…。！？؟।۔]["'”’»)]*$/u.test(before.text);
  return (
    isOpen && before.speaker === speaker && startMs - before.endMs < breathMs && before.words + words <= 40
  );
}

function join(a: Sentence, b: Sentence): Sentence {
  return { ...a, endMs: Math.max(a.endMs, b.endMs), text: `${a.text} ${b.text}`, words: a.words + b.words };
}

function withoutSounds(text: string): string {
  return text
    .replaceAll(/\[[^\]]{0,60}\]|<[^>]{0,60}>/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
