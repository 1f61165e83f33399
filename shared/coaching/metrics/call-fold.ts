import { hearQuestion, nothingAsked, type Asking } from "../text/questions.ts";
import type { SpokenWord } from "../text/words.ts";
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

const tallies = {
  overtalk,
  interruptions,
  monologues,
  patience,
  deadAir,
  pace,
  questionsAsked,
  fillerWords,
  sentiment,
} as const;

type TallyName = keyof typeof tallies;
type Tallied = { readonly [Name in TallyName]: (typeof tallies)[Name]["start"] };
const tallyNames = Object.keys(tallies) as TallyName[];

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
  tallied: each((name) => tallies[name].start),
};

/** The next word in the order of time. Takes constant time. */
export function stepCall(state: CallState, word: SpokenWord): CallState {
  const isAnswer = state.asking[otherOf(word.speaker)].wordsSince !== null;
  const { voices, beat } = hearVoice(state.voices, word, isAnswer);
  const { asking, asks } = hearQuestion(state.asking[word.speaker], word);
  const turns = stepTurns(state.turns, beat);
  const step: Step = { beat, voices, turns, asks };
  return {
    voices,
    turns,
    asking: { ...state.asking, [word.speaker]: asking },
    speech: addSpeech(state.speech, beat),
    tallied: each((name) => tallyOf(name).step(state.tallied[name], step)),
  };
}

/**
 * The figures of a call that has lasted `durationMs`, or until its last word where that ends later.
 * `turns` = how often a turn began (count); `interactivity` = (turns − 1) ÷ minutes of the call: how often it changed
 * hands.
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
    ...Object.assign({}, ...tallyNames.map((name) => tallyOf(name).read(state.tallied[name], whole))),
  };
}

// Each tally reads the state that it made itself; the compiler cannot follow that by name.
function tallyOf(name: TallyName): Tally<unknown> {
  return tallies[name] as Tally<unknown>;
}

function each(make: (name: TallyName) => unknown): Tallied {
  return Object.fromEntries(tallyNames.map((name) => [name, make(name)])) as Tallied;
}
