import { fold } from "../../text/fold.ts";
import { wordsOf, type Word } from "./words.ts";

/** What one speaker has said since their last sentence began, as far as it tells questions. */
export type Asking = {
  endMs: number;
  /** The two words before, folded; "" = the sentence had not begun. */
  before: string;
  twoBefore: string;
  ended: boolean;
  /** Words since the last question began; null = none in this sentence. */
  wordsSince: number | null;
};

export const nothingAsked: Asking = {
  endMs: 0,
  before: "",
  twoBefore: "",
  ended: true,
  wordsSince: null,
};

/** After so long a pause a new sentence begins, where no sign says so. */
const sentencePauseMs = 600;
/** "Can you tell me what your name is" is one question. */
const wordsApart = 4;

/**
 * Hears the next word of a speaker. A question is a sentence that ends with a question mark; or, since recognisers
 * often set no signs, an English question word with its auxiliary ("how can I", "which account would you") or an
 * auxiliary before its subject ("could you", "is there"), wherever it stands. Indirect ones ("I know what is …") are
 * none.
 */
export function hearQuestion(asking: Asking, word: Word): { asking: Asking; asks: boolean } {
  const begins = asking.ended || word.startMs - asking.endMs >= sentencePauseMs;
  const before = begins ? nothingAsked : asking;
  const folded = fold(word.text);
  const isFree = before.wordsSince === null || before.wordsSince >= wordsApart;
  const opens = isFree && opensQuestion(folded, before);
  const asks = opens || (word.ends === "?" && before.wordsSince === null);
  const wordsSince = asks ? 0 : (before.wordsSince ?? -1) + 1;
  return {
    asks,
    asking: {
      endMs: Math.max(asking.endMs, word.endMs),
      before: folded,
      twoBefore: before.before,
      ended: word.ends !== "",
      wordsSince: asks || before.wordsSince !== null ? wordsSince : null,
    },
  };
}

export function countQuestions(text: string): number {
  let [asking, count] = [nothingAsked, 0];
  for (const word of wordsOf({ text, startMs: 0, endMs: 0, timing: [] })) {
    const heard = hearQuestion(asking, word);
    asking = heard.asking;
    if (heard.asks) count += 1;
  }
  return count;
}

const set = (words: string) => new Set(words.split(/\s+/u));

const openers =
  set(`and so okay ok um uh well now or but alright all right yeah yes then oh hi hello sir ma'am maam
  please sorry sure great thanks perfect first`);
const questionWords = set("what where when who why how which whose");
const shortened = set("what's where's when's who's why's how's whats");
const auxiliaries =
  set(`is are was were do does did can could would will should have has had am may might shall
  isn't aren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't`);
const measures = set("much many long often soon far old about come else");
const subjects = set("i you we they he she it");
const helpers =
  set(`can could would will do did does have has may should shall don't doesn't didn't can't couldn't
  won't wouldn't haven't hasn't`);
const beings = set("is are was were am isn't aren't wasn't weren't");
const things = set("there it that this you he she they your the everything anything anyone we i");
/** After these a question is told, not asked; or the auxiliary belongs to what stands before it. */
const tells = set("know knows knew understand see sure wonder remember if that's thats exactly");
const belongs = set("i you we they he she it what that which who than as neither nor if all where");

function opensQuestion(word: string, { before, twoBefore }: Asking): boolean {
  if (shortened.has(word)) return !tells.has(before);
  if (questionWords.has(before) && (auxiliaries.has(word) || measures.has(word)))
    return !tells.has(twoBefore);
  if (questionWords.has(twoBefore) && auxiliaries.has(word)) return !subjects.has(before);
  if (helpers.has(before) && subjects.has(word)) return !belongs.has(twoBefore);
  if (beings.has(before) && word === "there") return !belongs.has(twoBefore);
  if (beings.has(before) && things.has(word)) return opensSentence(twoBefore);
  return before === "anything" && word === "else" && (opensSentence(twoBefore) || twoBefore === "there");
}

function opensSentence(before: string): boolean {
  return before === "" || openers.has(before);
}
