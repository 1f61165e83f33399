import { fold } from "../../text/fold.ts";
import { keepListening, type Listening } from "../text/backchannels.ts";
import type { SpokenWord } from "../text/words.ts";
import type { Speaker } from "../utterance.ts";
import { meetsApart, togetherIn, togetherMs, type Apart } from "./apart.ts";
import { atOnceMs, bridgeMs } from "./limits.ts";

/** Words of one speaker without a pause of more than `bridgeMs`. */
export type Spurt = {
  startMs: number;
  endMs: number;
  /** Nothing but backchannels so far; null = they speak. */
  listening: Listening | null;
  /** Start of the other's spurt that may go on behind its own start, if they had begun to speak `togetherMs` before. */
  amidMs: number | null;
  /**
   * From the end of what the other had said until it began, without what of it they were apart; 0 inside of it, null =
   * they had said nothing.
   */
  afterOtherMs: number | null;
};

export type Voices = { agent: Spurt | null; customer: Spurt | null };

/** What a word changes about who is heard; all metrics are told by these. */
export type Beat = {
  word: SpokenWord;
  own: Spurt;
  other: Spurt | null;
  /** Its spurt begins with it, or has just turned out to be more than a backchannel. */
  begins: boolean;
  speaksNow: boolean;
  /** Speech of its speaker that it adds, and what of that lies within the other's, in ms. */
  addedMs: number;
  sharedMs: number;
  /** Nobody spoke before it, since anybody has: parts of the time in which the two hear each other. */
  quiet: readonly { atMs: number; endMs: number }[];
  /** Since its speaker's last word the two have been apart: what was said before is another stretch. */
  wasApart: boolean;
};

export const noVoices: Voices = { agent: null, customer: null };

export function otherOf(speaker: Speaker): Speaker {
  return speaker === "agent" ? "customer" : "agent";
}

/**
 * Words come in the order of their starts. A word adds speech from where its speaker's ended; only the other's
 * current spurt can share it, since an earlier one ended more than `bridgeMs` before.
 * @param isAnswer whether the other waits for an answer: then "yes" is more than a backchannel
 * @param apart when the two do not hear each other
 */
export function hearVoice(
  voices: Voices,
  word: SpokenWord,
  isAnswer: boolean,
  apart: Apart,
): { voices: Voices; beat: Beat } {
  const before = voices[word.speaker];
  const other = voices[otherOf(word.speaker)];
  const begins = before === null || word.startMs - before.endMs > bridgeMs;
  const own = begins ? beginSpurt(word, other, isAnswer, apart) : goOn(before, word);
  const fromMs = begins ? word.startMs : before.endMs;
  const beat: Beat = {
    word,
    own,
    other,
    begins,
    speaksNow: own.listening === null && (begins || before.listening !== null),
    addedMs: Math.max(0, own.endMs - fromMs),
    sharedMs: other === null ? 0 : Math.max(0, Math.min(own.endMs, other.endMs) - Math.max(fromMs, other.startMs)), // prettier-ignore
    quiet: quietBefore(voices, word.startMs, apart),
    wasApart: before !== null && meetsApart(apart, before.endMs, word.startMs),
  };
  return { voices: { ...voices, [word.speaker]: own }, beat };
}

/** When the last word so far ends; null = nobody has spoken. */
export function lastEndMs({ agent, customer }: Voices): number | null {
  if (agent === null || customer === null) return (agent ?? customer)?.endMs ?? null;
  return Math.max(agent.endMs, customer.endMs);
}

function beginSpurt(word: SpokenWord, other: Spurt | null, isAnswer: boolean, apart: Apart): Spurt {
  const isInside = other !== null && other.endMs > word.startMs;
  const isAmid = other !== null && other.listening === null && word.startMs - other.endMs <= bridgeMs;
  return {
    startMs: word.startMs,
    endMs: word.endMs,
    listening: isAnswer && !isInside ? null : keepListening({ open: "" }, fold(word.text)),
    amidMs: isAmid && word.startMs - other.startMs >= atOnceMs ? other.startMs : null,
    afterOtherMs: other === null ? null : togetherMs(apart, other.endMs, word.startMs),
  };
}

function goOn(spurt: Spurt, word: SpokenWord): Spurt {
  return {
    ...spurt,
    endMs: Math.max(spurt.endMs, word.endMs),
    listening: spurt.listening && keepListening(spurt.listening, fold(word.text)),
  };
}

function quietBefore(voices: Voices, startMs: number, apart: Apart): Beat["quiet"] {
  const endMs = lastEndMs(voices);
  return endMs === null || endMs >= startMs ? noQuiet : togetherIn(apart, endMs, startMs);
}

const noQuiet: Beat["quiet"] = [];
