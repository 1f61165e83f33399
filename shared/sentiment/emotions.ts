import { emotionPlaces, shippedEmotions, type WeightsOfEmotion } from "./emotion-weights.ts";
import { listedWordsOf, type Emotion } from "./emotion-words.ts";
import { termsOf, type Terms } from "./terms.ts";
import { tokensOf } from "./tokens.ts";
import { sumOf } from "./weights.ts";

/** An emotion that a text shows, and the sentence of it that shows it most. */
export type Shown = { emotion: Emotion; sentence: string };

/**
 * By how much an emotion has to be likelier than none (logarithm of the odds), or plain requests are given one; of more
 * sentences each has to say it more loudly, up to ten of them, as one of many is the likelier to say it by chance. All
 * of these were chosen on open texts (docs/decisions/0030).
 */
const [atLeast, forMore, many] = [0.5, 0.7, 10];
/** So much likelier (likewise) may another be, or one is not named beside it, unless a word of its list stands there. */
const atMostBehind = 1;
/** Of a longer text the beginning is read: time stays bounded, whoever sent it. */
const [longest, mostSentences, mostWords] = [20_000, 400, 100];
/** A word that speaks for an emotion by less than a third of what the most telling one does is none to point at. */
const leastShare = 3;

/**
 * Emotions of an English text, the likeliest first. A trained model (tools/sentiment/train-emotions.ts;
 * docs/evaluation.md has its figures and where it does not hold) of n-grams and of the words of our own lists.
 */
export function emotionsOf(text: string): Shown[] {
  const sentences = sentencesOf(text.slice(0, longest));
  const bar = atLeast + forMore * Math.log(Math.min(many, Math.max(1, sentences.length)));
  const loudest = new Map<Emotion, Scored>();
  for (const one of sentences.flatMap((sentence) => shownIn(sentence, bar))) {
    const known = loudest.get(one.emotion);
    if (known === undefined || one.score > known.score) loudest.set(one.emotion, one);
  }
  return [...loudest.values()]
    .toSorted((a, b) => b.score - a.score)
    .map(({ emotion, sentence }) => ({ emotion, sentence }));
}

type Scored = Shown & { score: number };

function shownIn(sentence: string, bar: number): Scored[] {
  const read = readSentence(sentence);
  const scored = shippedEmotions().map((weights, at) => ({
    shown: { emotion: weights.emotion, sentence, score: scoreOf(read, weights) },
    isListed: (read.listed[at] ?? 0) > 0,
  }));
  const highest = Math.max(...scored.map(({ shown }) => shown.score));
  return scored
    .filter(({ shown, isListed }) => shown.score > bar && (isListed || shown.score >= highest - atMostBehind))
    .map(({ shown }) => shown);
}

/** The words of it without which it would show the emotion least, in their order. */
export function wordsThatShow({ emotion, sentence }: Shown, most = 3): string[] {
  const weights = shippedEmotions().find((one) => one.emotion === emotion);
  if (weights === undefined) return [];
  const words = sentence.split(/\s+/u).slice(0, mostWords);
  const whole = scoreOf(readSentence(words.join(" ")), weights);
  const lossOf = (at: number) => whole - scoreOf(readSentence(words.toSpliced(at, 1).join(" ")), weights);
  const weighed = words.map((word, at) => ({ word: trimMarks(word), at, loss: lossOf(at) }));
  const first = new Map(weighed.toReversed().map((one) => [one.word.toLowerCase(), one]));
  const least = Math.max(...weighed.map(({ loss }) => loss)) / leastShare;
  return [...first.values()]
    .filter(({ word, loss }) => word !== "" && loss > 0 && loss >= least)
    .toSorted((a, b) => b.loss - a.loss)
    .slice(0, most)
    .toSorted((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

type Read = { terms: Terms; listed: readonly number[] };

function readSentence(sentence: string): Read {
  return { terms: termsOf(tokensOf(sentence), emotionPlaces), listed: listedWordsOf(sentence) };
}

/** Logarithm of the odds of the emotion against none. */
function scoreOf({ terms, listed }: Read, weights: WeightsOfEmotion): number {
  return listed.reduce(
    (sum, words, at) => sum + words * (weights.listed[at] ?? 0),
    sumOf(weights.table, terms),
  );
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/u)
    .filter((sentence) => /\p{L}/u.test(sentence))
    .slice(0, mostSentences);
}

function trimMarks(word: string): string {
  return word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}
