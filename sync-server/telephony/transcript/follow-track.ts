import type { NoticeOf } from "../notices.ts";
import { estimateStart } from "./place-utterance.ts";

type Told = NoticeOf<"transcript">;

/** One track while it is listened to, on one node. */
export type Track = {
  /** Number of the last that was heard for good; 0 = none. */
  readonly newest: number;
  /** What is being said, as it was last guessed, and since when; null = nothing. */
  readonly guess: { readonly told: Told; readonly since: string } | null;
  /** Names under which guesses went to desks, with the newest number of each, until something final takes them. */
  readonly named: ReadonlyMap<string, number>;
};

export const silentTrack: Track = { newest: 0, guess: null, named: new Map() };

/**
 * Takes one telling. Pure; order and doubles change nothing of what stands in the end: the guess with the highest
 * number, unless something was heard for good at or after it.
 * @returns the same track where nothing is new
 */
export function followTrack(track: Track, told: Told): Track {
  return told.final ? settleTrack(track, told.seq) : guessOn(track, told);
}

/** Something was heard for good on this track, here or at another node. */
export function settleTrack(track: Track, seq: number): Track {
  if (seq <= track.newest) return track;
  const { guess } = track;
  const isOver = guess === null || guess.told.seq <= seq;
  // What goes on was thought to be a part of what has ended.
  return { ...track, newest: seq, guess: isOver ? null : { ...guess, since: estimateStart(guess.told) } };
}

function guessOn(track: Track, told: Told): Track {
  const { newest, guess } = track;
  if (told.seq <= newest || told.seq <= (guess?.told.seq ?? 0)) return track;
  const first = estimateStart(told);
  const since = guess === null || first < guess.since ? first : guess.since;
  return { ...track, guess: { told, since } };
}

/** The guess has gone to desks under this name. */
export function nameTrack(track: Track, id: string): Track {
  if (track.guess === null) return track;
  return { ...track, named: new Map(track.named).set(id, track.guess.told.seq) };
}

/**
 * Something was stored for good.
 * @param ids of what was
 * @param seq how far the track is heard now
 * @returns `orphans`: names that nothing final will have, because finals were stored in another order than they came
 */
export function announceOn(track: Track, ids: readonly string[], seq: number) {
  const waiting = [...settleTrack(track, seq).named].filter(([id]) => !ids.includes(id));
  const named = new Map(waiting.filter(([, told]) => told > seq));
  const orphans = waiting.filter(([, told]) => told <= seq).map(([id]) => id);
  return { track: { ...settleTrack(track, seq), named }, orphans };
}
