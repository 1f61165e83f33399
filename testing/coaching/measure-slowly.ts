import { keepListening } from "../../shared/coaching/text/backchannels.ts";
import { hearQuestion, nothingAsked } from "../../shared/coaching/text/questions.ts";
import { wordsOf, type SpokenWord } from "../../shared/coaching/text/words.ts";
import type { Apart } from "../../shared/coaching/metrics/apart.ts";
import type { Speaker, Utterance } from "../../shared/coaching/utterance.ts";
import { fold } from "../../shared/text/fold.ts";

/** One side of the call, a cell for each millisecond: is it speech, and is it more than backchannels? */
type Track = { speech: Uint8Array; spurts: SlowSpurt[] };
type SlowSpurt = { from: number; to: number; speaks: boolean; firstSpeaking: SpokenWord | null };

/**
 * What docs/metrics.md says, worked out the slow way: every millisecond of the call is looked at, nothing goes on from
 * word to word. For tests to hold the real thing against.
 */
export function measureSlowly(utterances: readonly Utterance[], durationMs: number, apart: Apart = []) {
  const words = wordsInOrder(utterances);
  const lengthMs = Math.max(durationMs, ...words.map(({ endMs }) => endMs));
  const tracks = {
    agent: layTrack("agent", words, lengthMs),
    customer: layTrack("customer", words, lengthMs),
  };
  const { agent, customer } = tracks;
  const count = (isIn: (ms: number) => boolean) => {
    let cells = 0;
    for (let ms = 0; ms < lengthMs; ms += 1) if (isIn(ms)) cells += 1;
    return cells;
  };
  const pairs = agent.spurts.flatMap((a) => customer.spurts.map((b) => ({ a, b, shared: sharedMs(a, b) })));
  const overlapping = pairs.filter(({ a, b, shared }) => a.speaks && b.speaks && shared > 0);
  const turns = turnsOf(words, tracks);
  return {
    agentMs: count((ms) => agent.speech[ms] === 1),
    customerMs: count((ms) => customer.speech[ms] === 1),
    silenceMs: count((ms) => agent.speech[ms] === 0 && customer.speech[ms] === 0),
    overtalkMs: overlapping.reduce((sum, { shared }) => sum + shared, 0),
    overlaps: overlapping.length,
    turns: turns.length,
    longestMonologueMs: longestOf("agent", turns, words, apart),
    longestCustomerMs: longestOf("customer", turns, words, apart),
    interruptionsByAgent: interruptionsOf("agent", turns, tracks, words),
    interruptionsByCustomer: interruptionsOf("customer", turns, tracks, words),
    ...deadAirOf(words, apart),
  };
}

/** How often both are heard at once, backchannels too. */
export function countSharedRuns(utterances: readonly Utterance[], durationMs: number): number {
  const words = wordsInOrder(utterances);
  const lengthMs = Math.max(durationMs, ...words.map(({ endMs }) => endMs));
  const [agent, customer] = (["agent", "customer"] as const).map(
    (side) => layTrack(side, words, lengthMs).speech,
  );
  const shared = agent?.map((cell, ms) => cell * (customer?.[ms] ?? 0));
  return shared?.filter((cell, ms) => cell === 1 && (shared[ms - 1] ?? 0) === 0).length ?? 0;
}

function wordsInOrder(utterances: readonly Utterance[]): SpokenWord[] {
  return utterances
    .flatMap((utterance) => wordsOf(utterance).map((word) => ({ ...word, speaker: utterance.speaker })))
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || a.speaker.localeCompare(b.speaker));
}

const bridgeMs = 200;

function layTrack(speaker: Speaker, all: readonly SpokenWord[], lengthMs: number): Track {
  const words = all.filter((word) => word.speaker === speaker);
  const speech = new Uint8Array(lengthMs);
  for (const { startMs, endMs } of words) speech.fill(1, startMs, endMs);
  fillGaps(speech);
  const spurts: SlowSpurt[] = [];
  for (let ms = 0; ms < lengthMs; ms += 1) {
    if (speech[ms] === 0 || (ms > 0 && speech[ms - 1] === 1)) continue;
    const to = speech.indexOf(0, ms);
    spurts.push(describe({ from: ms, to: to === -1 ? lengthMs : to }, words, all));
  }
  return { speech, spurts };
}

/** Pauses within speech, not those before its first or after its last word. */
function fillGaps(speech: Uint8Array): void {
  let last = speech.indexOf(1);
  for (let ms = last; ms !== -1 && ms < speech.length; ms += 1) {
    if (speech[ms] === 0) continue;
    if (ms - last - 1 <= bridgeMs) speech.fill(1, last, ms);
    last = ms;
  }
}

function describe(
  { from, to }: { from: number; to: number },
  words: readonly SpokenWord[],
  all: readonly SpokenWord[],
): SlowSpurt {
  // prettier-ignore
  const own = words.filter(({ startMs }) => startMs >= from && startMs < to);
  const speaking = isAnswer(own[0], all) ? own[0] : firstSpeaking(own);
  return { from, to, speaks: speaking !== undefined, firstSpeaking: speaking ?? null };
}

function firstSpeaking(words: readonly SpokenWord[]): SpokenWord | undefined {
  return words.find((_, at) => {
    const sofar = words.slice(0, at + 1).map(({ text }) => fold(text));
    let listening: ReturnType<typeof keepListening> = { open: "" };
    for (const word of sofar) listening = listening && keepListening(listening, word);
    return listening === null;
  });
}

/** The other has asked in their last sentence and does not talk. */
function isAnswer(word: SpokenWord | undefined, all: readonly SpokenWord[]): boolean {
  if (word === undefined) return false;
  const others = all.filter((other) => other.speaker !== word.speaker && all.indexOf(other) < all.indexOf(word)); // prettier-ignore
  if (others.some(({ endMs }) => endMs > word.startMs)) return false;
  const asking = others.reduce((state, other) => hearQuestion(state, other).asking, nothingAsked);
  return asking.wordsSince !== null;
}

type SlowTurn = { by: Speaker; from: number; spurt: SlowSpurt | null; untilWord: number; fromWord: number };

function turnsOf(words: readonly SpokenWord[], tracks: Record<Speaker, Track>): SlowTurn[] {
  const turns: SlowTurn[] = [];
  for (const [at, word] of words.entries()) {
    const { speaker, startMs } = word;
    const spurt = tracks[speaker].spurts.find(({ from, to }) => from <= startMs && startMs < to);
    const before = turns.at(-1);
    if (spurt === undefined || before?.by === speaker || !speaksBy(spurt, at, words)) continue;
    const isNew = word === spurt.firstSpeaking;
    const others = words.slice(0, at).filter((other) => other.speaker !== speaker);
    if (!isNew && others.some(({ endMs }) => startMs - endMs <= bridgeMs)) continue;
    if (before) before.untilWord = at;
    turns.push({ by: speaker, from: isNew ? spurt.from : startMs, spurt: isNew ? spurt : null, fromWord: at, untilWord: words.length }); // prettier-ignore
  }
  return turns;
}

function speaksBy({ firstSpeaking: first }: SlowSpurt, at: number, words: readonly SpokenWord[]): boolean {
  return first !== null && words.indexOf(first) <= at;
}

/** The longest run of a turn's words without 5 s, or a hold, between two of them. */
function longestOf(
  by: Speaker,
  turns: readonly SlowTurn[],
  words: readonly SpokenWord[],
  apart: Apart,
): number {
  let longest = 0;
  for (const turn of turns.filter((each) => each.by === by)) {
    let [from, until] = [turn.from, turn.from];
    // What was said before it turned out to be a turn belongs to it, as far as it may still be heard.
    for (const word of words.slice(0, turn.fromWord + 1))
      if (word.speaker === by && word.startMs >= turn.from) until = Math.max(until, word.endMs);
    if (turn.spurt === null) until = Math.max(until, ...words.slice(0, turn.fromWord).filter((word) => word.speaker === by).map(({ endMs }) => endMs)); // prettier-ignore
    longest = Math.max(longest, until - from);
    for (const word of words.slice(turn.fromWord + 1, turn.untilWord)) {
      if (word.speaker !== by) continue;
      const wasApart = apart.some((span) => span.fromMs < word.startMs && span.toMs > until);
      if (wasApart || word.startMs - until >= 5_000) from = word.startMs;
      until = Math.max(until, word.endMs);
      longest = Math.max(longest, until - from);
    }
  }
  return longest;
}

function interruptionsOf(
  by: Speaker,
  turns: readonly SlowTurn[],
  tracks: Record<Speaker, Track>,
  words: readonly SpokenWord[],
): number {
  const others = tracks[by === "agent" ? "customer" : "agent"].spurts;
  return turns.filter(({ by: who, spurt }) => {
    if (who !== by || spurt === null) return false;
    const first = words.findIndex(({ speaker, startMs }) => speaker === by && startMs >= spurt.from);
    return others.some(
      (other) =>
        speaksBy(other, first, words) && spurt.from - other.from >= 200 && sharedMs(spurt, other) >= 300,
    );
  }).length;
}

function sharedMs(a: SlowSpurt, b: SlowSpurt): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** Every millisecond between two words is looked at: does it belong to a run of quiet in which they hear each other? */
function deadAirOf(words: readonly SpokenWord[], apart: Apart) {
  const dead: number[] = [];
  for (const [at, { startMs }] of words.entries()) {
    const endMs = Math.max(...words.slice(0, at).map((word) => word.endMs));
    let run = 0;
    for (let ms = endMs; ms <= startMs && Number.isFinite(endMs); ms += 1) {
      const isQuiet = ms < startMs && !apart.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);
      if (isQuiet) run += 1;
      else if (run >= 5_000) dead.push(run);
      if (!isQuiet) run = 0;
    }
  }
  return { deadAirCount: dead.length, deadAirMs: dead.reduce((sum, gap) => sum + gap, 0) };
}
