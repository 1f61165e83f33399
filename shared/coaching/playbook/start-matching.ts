import type { Word } from "../text/words.ts";
import { supersedes } from "../transcript/transcript.ts";
import type { Speaker, Utterance } from "../utterance.ts";
import {
  always,
  candidateOf,
  createGate,
  quote,
  type Candidate,
  type Fired,
  type MayFire,
} from "./candidate.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";
import { findMeanings, type Alike } from "./meanings.ts";
import { findPatterns, type PatternMatch } from "./pattern-search.ts";
import { findPhrases, type PhraseMatch } from "./phrase-search.ts";
import { createSpokenTrack, type Token } from "./spoken-track.ts";
import { startTicking, type Surroundings } from "./ticking.ts";
import { createWaitingRoom } from "./waiting.ts";

export type { Fired, MayFire, Surroundings };

/** `mayFire` = always, where it is left out. */
export type Matching = {
  /** Takes what was said, partial or final, in any order. A revised telling takes nothing back, and fires nothing twice. */
  hear(utterance: Utterance, mayFire?: MayFire): Fired[];
  /** What an utterance is alike to in meaning, whenever whoever compares has come to know it. */
  compare(utterance: Utterance, alike: Alike, mayFire?: MayFire): Fired[];
  /** For what no word sets off: quiet, figures. About once a second. */
  tick(nowMs: number, surroundings: Surroundings, mayFire?: MayFire): Fired[];
  /** A card that was told was seen by nobody: it comes again whenever it is called for, and not after its rest alone. */
  giveBack(card: Pick<Fired, "key" | "atMs">): void;
  /** Somebody saw a card that had been called for then, by what need not be heard again: it rests since. */
  letThrough(card: Pick<Fired, "key" | "atMs">): void;
};

/** Of one call. */
export function startMatching(playbook: CompiledPlaybook): Matching {
  const tracks = { agent: createSpokenTrack(), customer: createSpokenTrack() };
  const rooms = { agent: createWaitingRoom(tracks.agent), customer: createWaitingRoom(tracks.customer) };
  const told = new Map<string, Utterance>();
  const ticking = startTicking(playbook);
  const gate = createGate();
  let heardMs = 0;

  function search(utterance: Utterance): Candidate[] {
    const { speaker } = utterance;
    const { tokens, put } = tracks[speaker];
    const change = put(utterance);
    heardMs = Math.max(heardMs, change.endMs);
    const phrases = findPhrases(tokens, change, playbook.phrasesByLast[speaker], playbook.longestMatch);
    rooms[speaker].take(phrases.filter(({ rule }) => rule.notNear.length > 0));
    return [
      ...phrases
        .filter(({ rule }) => rule.notNear.length === 0)
        .flatMap((match) => spoken(tokens, match, speaker)),
      ...findPatterns(tokens, change, playbook.patterns[speaker]).flatMap((match) => matched(match, speaker)),
    ];
  }

  /** In the order in which one could know of them: what is told at once and what is told word by word fire the same. */
  function settle(found: readonly Candidate[], nowMs: number, mayFire: MayFire): Fired[] {
    const waited = speakers.flatMap((speaker) =>
      rooms[speaker]
        .leave(nowMs)
        .flatMap(({ match, knownMs }) => spoken(tracks[speaker].tokens, match, speaker, knownMs)),
    );
    return passAll([...waited, ...found].toSorted(byTime), mayFire);
  }

  function passAll(found: readonly Candidate[], mayFire: MayFire): Fired[] {
    return found.filter(({ fired }) => mayFire(fired)).flatMap(gate.pass);
  }

  return {
    hear(utterance, mayFire = always) {
      const known = told.get(utterance.id);
      if (known && !supersedes(utterance, known)) return [];
      told.set(utterance.id, utterance);
      if (known && known.speaker !== utterance.speaker) tracks[known.speaker].remove(utterance.id);
      const found = search(utterance);
      return settle(found, heardMs, mayFire);
    },
    compare: (utterance, alike, mayFire = always) =>
      passAll(findMeanings(playbook, utterance, alike), mayFire),
    tick: (nowMs, surroundings, mayFire = always) =>
      settle(ticking(nowMs, surroundings, mayFire), Math.max(heardMs, nowMs), mayFire),
    giveBack: gate.giveBack,
    letThrough: gate.letThrough,
  };
}

const speakers = ["agent", "customer"] as const;

function spoken(
  tokens: readonly Token[],
  { rule, from, to }: PhraseMatch,
  speaker: Speaker,
  knownMs?: number,
): Candidate[] {
  const words = tokens.slice(from, to + 1).map(({ word }) => word);
  const found = candidateOf(rule.trigger, { ...saidIn(words), speaker, of: rule.phrase });
  return knownMs === undefined ? found : found.map((candidate) => ({ ...candidate, knownMs }));
}

function matched({ rule, words }: PatternMatch, speaker: Speaker): Candidate[] {
  // Where it ends may move with the next word; where it begins does not.
  const atMs = words[0]?.endMs ?? 0;
  return candidateOf(rule.trigger, { ...saidIn(words), atMs, speaker });
}

function saidIn(words: readonly Word[]): Pick<Fired, "fromMs" | "atMs" | "phrase"> {
  return { fromMs: words[0]?.startMs ?? 0, atMs: words.at(-1)?.endMs ?? 0, phrase: quote(words) };
}

function byTime(one: Candidate, other: Candidate): number {
  return one.knownMs - other.knownMs || one.fired.atMs - other.fired.atMs;
}
