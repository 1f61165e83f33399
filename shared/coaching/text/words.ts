import type { Speaker, Utterance } from "../utterance.ts";

/** A word as it was said; times in ms from the answer. */
export type Word = {
  /** As written, without the signs around it. */
  text: string;
  startMs: number;
  endMs: number;
  /** How the sentence ends behind it: "" = it goes on, or nobody has set a sign. */
  ends: "" | "." | "?";
};

/** A word and who said it. */
export type SpokenWord = Word & { speaker: Speaker };

/**
 * The words of an utterance with their times: as they were told, else spread over the utterance by their length in
 * letters. Told times are believed only where there is one for each word; what stands in brackets ("[noise]") is no
 * word, nor is a dash.
 */
export function wordsOf(utterance: Pick<Utterance, "text" | "startMs" | "endMs" | "timing">): Word[] {
  const tokens = tokensOf(utterance.text);
  const told = timesAsTold(utterance, tokens.length);
  const times = told ?? spread(tokens, utterance.startMs, utterance.endMs);
  return tokens.flatMap((token, at) => wordsOfToken(token, times[at] ?? [utterance.endMs, utterance.endMs]));
}

/** Words alone, as written. */
export function splitWords(text: string): string[] {
  return tokensOf(text).flatMap(wordsIn);
}

type Times = readonly [startMs: number, endMs: number];

/** What stands between spaces. Sounds in brackets hold no word, but their place in `timing`. */
function tokensOf(text: string): string[] {
  return text.split(/\s+/u).filter((token) => token !== "");
}

function timesAsTold({ timing, startMs }: Pick<Utterance, "timing" | "startMs">, count: number) {
  if (timing.length !== count * 2) return null;
  return Array.from({ length: count }, (_, at): Times => {
    const from = startMs + (timing[at * 2] ?? 0);
    return [from, from + (timing[at * 2 + 1] ?? 0)];
  });
}

function spread(pieces: readonly string[], startMs: number, endMs: number): Times[] {
  const lengthMs = Math.max(0, endMs - startMs);
  const letters = pieces.map((piece) => piece.length);
  const total = letters.reduce((sum, length) => sum + length, 0);
  let passed = 0;
  return letters.map((length): Times => {
    const from = startMs + Math.round((lengthMs * passed) / total);
    passed += length;
    return [from, startMs + Math.round((lengthMs * passed) / total)];
  });
}

function wordsOfToken(token: string, [startMs, endMs]: Times): Word[] {
  const texts = wordsIn(token);
  const ends = endOf(token);
  const times = texts.length === 1 ? [[startMs, endMs] as const] : spread(texts, startMs, endMs);
  return texts.map((text, at) => {
    const [from, to] = times[at] ?? [endMs, endMs];
    return { text, startMs: from, endMs: to, ends: at === texts.length - 1 ? ends : "" };
  });
}

const sound = /^(?:\[.*\]|<.*>|\{.*\})[.,]?$/u;
/** Letters with their marks; an apostrophe, a hyphen or a joiner inside; a point or comma between digits. */
const word = new RegExp(
  String.raw`[\p{L}\p{M}\p{N}]+(?:(?:['’ʼ\u2010\u2011\u200c\u200d-]|(?<=\p{N})[.,:](?=\p{N}))[\p{L}\p{M}\p{N}]+)*`,
  "gu",
);
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function wordsIn(token: string): string[] {
  if (sound.test(token)) return [];
  if (!withoutSpaces.test(token)) return token.match(word) ?? [];
  return Array.from(segmenter().segment(token))
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment);
}

let made: Intl.Segmenter | undefined;

/** Knows where words end in scripts that set no spaces. It is slow to make. */
function segmenter(): Intl.Segmenter {
  return (made ??= new Intl.Segmenter("und", { granularity: "word" }));
}

/** Question marks and full stops of the scripts that have their own. */
function endOf(token: string): Word["ends"] {
  const last =
    token
      .slice(-10)
      .replace(/["'”’»)\]]+$/u, "")
      .at(-1) ?? "";
  if (last !== "" && questionMarks.includes(last)) return "?";
  return last !== "" && fullStops.includes(last) ? "." : "";
}

/** Latin, full width, Arabic, Greek (U+037E), Armenian. */
const questionMarks = "?？؟\u037e՞";
/** Latin, Chinese and Japanese, Urdu, Devanagari. */
const fullStops = ".!…。！．۔।";
