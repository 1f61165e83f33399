import { hearQuestion, nothingAsked, type Asking } from "../text/questions.ts";
import type { SpokenWord } from "../text/words.ts";
import type { Apart } from "./apart.ts";
import type { CallMetrics } from "./catalogue.ts";
import { deadAir } from "./dead-air.ts";
import { fillerWords } from "./filler-words.ts";
import { interruptions } from "./interruptions.ts";
import { monologues } from "./monologues.ts";
import { overtalk } from "./overtalk.ts";
import { pace } from "./pace.ts";
import { patience } from "./patience.ts";
import { questionsAsked } from "./questions-asked.ts";
import { sentiment } from "./sentiment.ts";
import { addSpeech, noSpeech, readSpeech, type Speech } from "./speech.ts";
import { msPerMinute, type Step, type Tally, type Whole } from "./tally.ts";
import { noTurns, stepTurns, type Turns } from "./turns.ts";
import { hearVoice, lastEndMs, noVoices, otherOf, type Voices } from "./voices.ts";

type StateOf<T> = T extends Tally<infer State> ? State : never;

type Tallied = {
  readonly overtalk: StateOf<typeof overtalk>;
  readonly interruptions: StateOf<typeof interruptions>;
  readonly monologues: StateOf<typeof monologues>;
  readonly patience: StateOf<typeof patience>;
  readonly deadAir: StateOf<typeof deadAir>;
  readonly pace: StateOf<typeof pace>;
  readonly questionsAsked: StateOf<typeof questionsAsked>;
  readonly fillerWords: StateOf<typeof fillerWords>;
  readonly sentiment: StateOf<typeof sentiment>;
};

/** All that must be known of the words so far to take the next: of a size that does not grow with the call. */
export type CallState = {
  voices: Voices;
  turns: Turns;
  asking: { agent: Asking; customer: Asking };
  speech: Speech;
  tallied: Tallied;
};

export const callStart: CallState = {
  voices: noVoices,
  turns: noTurns,
  asking: { agent: nothingAsked, customer: nothingAsked },
  speech: noSpeech,
  tallied: {
    overtalk: overtalk.start,
    interruptions: interruptions.start,
    monologues: monologues.start,
    patience: patience.start,
    deadAir: deadAir.start,
    pace: pace.start,
    questionsAsked: questionsAsked.start,
    fillerWords: fillerWords.start,
    sentiment: sentiment.start,
  },
};

/**
 * The next word in the order of time. Takes constant time.
 * @param apart when the two do not hear each other
 */
export function stepCall(state: CallState, word: SpokenWord, apart: Apart): CallState {
  const isAnswer = state.asking[otherOf(word.speaker)].wordsSince !== null;
  const { voices, beat } = hearVoice(state.voices, word, isAnswer, apart);
  const { asking, asks } = hearQuestion(state.asking[word.speaker], word);
  const turns = stepTurns(state.turns, beat);
  const step: Step = { beat, voices, turns, asks };
  return {
    voices,
    turns,
    asking: { ...state.asking, [word.speaker]: asking },
    speech: addSpeech(state.speech, beat),
    tallied: tally(state.tallied, step),
  };
}

/**
 * The figures of a call that has lasted `durationMs`, or until its last word where that ends later.
 * `turns` = how often a turn began (count); `interactivity` = (turns − 1) ÷ minutes of the call (per minute): how often it
 * changed hands. Gong names that without a formula; this one is ours.
 */
export function readCall(state: CallState, durationMs: number): CallMetrics {
  const endMs = lastEndMs(state.voices);
  if (endMs === null) return { durationMs };
  const wholeMs = Math.max(durationMs, endMs);
  const { agent: agentMs, customer: customerMs } = state.speech;
  const whole: Whole = { durationMs: wholeMs, agentMs, customerMs, turns: state.turns.count };
  return {
    durationMs: wholeMs,
    ...readSpeech(state.speech, wholeMs),
    turns: whole.turns,
    ...(wholeMs > 0 && { interactivity: Math.max(0, whole.turns - 1) / (wholeMs / msPerMinute) }),
    ...readTallies(state.tallied, whole),
  };
}

// Written out: it runs for every word, and so the compiler sees that each tally gets its own state.
function tally(tallied: Tallied, step: Step): Tallied {
  return {
    overtalk: overtalk.step(tallied.overtalk, step),
    interruptions: interruptions.step(tallied.interruptions, step),
    monologues: monologues.step(tallied.monologues, step),
    patience: patience.step(tallied.patience, step),
    deadAir: deadAir.step(tallied.deadAir, step),
    pace: pace.step(tallied.pace, step),
    questionsAsked: questionsAsked.step(tallied.questionsAsked, step),
    fillerWords: fillerWords.step(tallied.fillerWords, step),
    sentiment: sentiment.step(tallied.sentiment, step),
  };
}

function readTallies(tallied: Tallied, whole: Whole): CallMetrics {
  return {
    ...overtalk.read(tallied.overtalk, whole),
    ...interruptions.read(tallied.interruptions, whole),
    ...monologues.read(tallied.monologues, whole),
    ...patience.read(tallied.patience, whole),
    ...deadAir.read(tallied.deadAir, whole),
    ...pace.read(tallied.pace, whole),
    ...questionsAsked.read(tallied.questionsAsked, whole),
    ...fillerWords.read(tallied.fillerWords, whole),
    ...sentiment.read(tallied.sentiment, whole),
  };
}
