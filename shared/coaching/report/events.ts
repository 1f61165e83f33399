import { callStart, stepCall, type CallState } from "../metrics/call-fold.ts";
import { togetherIn, type Apart } from "../metrics/apart.ts";
import { deadAirIn } from "../metrics/dead-air.ts";
import { wordsInOrder } from "../metrics/live-metrics.ts";
import { lastEndMs } from "../metrics/voices.ts";
import type { SpokenWord } from "../text/words.ts";
import type { Speaker, Utterance } from "../utterance.ts";

export type Span = { atMs: number; endMs: number };

/** Where the figures of a call come from: the same machine, watched word by word. */
export type Events = {
  /** Stretches with the floor, in order; of one speaker one after the other where dead air is between them. */
  stretches: (Span & { speaker: Speaker })[];
  interruptions: (Span & { by: Speaker })[];
  deadAir: Span[];
  lastWordMs: number;
};

/** @param apart when the two do not hear each other: a hold is no dead air */
export function findEvents(utterances: readonly Utterance[], apart: Apart): Events {
  const events: Events = { stretches: [], interruptions: [], deadAir: [], lastWordMs: 0 };
  let state = callStart;
  for (const word of wordsInOrder(utterances)) {
    const before = state;
    state = stepCall(before, word, apart);
    noteStretch(events, state);
    noteInterruptions(events, before, state);
    noteDeadAir(events, before, word, apart);
  }
  events.lastWordMs = lastEndMs(state.voices) ?? 0;
  return events;
}

function noteStretch({ stretches }: Events, { turns: { holder, sinceMs, untilMs } }: CallState): void {
  if (holder === null) return;
  const last = stretches.at(-1);
  if (last?.speaker === holder && last.atMs === sinceMs) last.endMs = untilMs;
  else stretches.push({ speaker: holder, atMs: sinceMs, endMs: untilMs });
}

function noteInterruptions({ interruptions }: Events, before: CallState, after: CallState): void {
  for (const by of ["agent", "customer"] as const) {
    const open = before.tallied.interruptions[by].open ?? after.tallied.interruptions[by].open;
    if (after.tallied.interruptions[by].count === before.tallied.interruptions[by].count) continue;
    const atMs = open?.ownMs ?? after.voices[by]?.startMs ?? 0;
    interruptions.push({ by, atMs, endMs: Math.max(atMs, after.voices[by]?.endMs ?? atMs) });
  }
}

function noteDeadAir(
  { deadAir }: Events,
  { voices }: CallState,
  { startMs }: SpokenWord,
  apart: Apart,
): void {
  const endMs = lastEndMs(voices);
  if (endMs !== null) deadAir.push(...deadAirIn({ quiet: togetherIn(apart, endMs, startMs) }));
}
