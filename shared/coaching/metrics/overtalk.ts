import type { Speaker } from "../utterance.ts";
import type { Tally } from "./tally.ts";
import { otherOf, type Beat } from "./voices.ts";

type Amount = { ms: number; count: number };

type Overtalk = {
  told: Amount;
  /** Within the current spurt of a side, which may still be a backchannel, against what the other did say. */
  agent: Amount;
  customer: Amount;
  /** Of two current spurts that may both be backchannels. */
  either: Amount;
  /** The two current spurts share something already. */
  isCounted: boolean;
};

const none: Amount = { ms: 0, count: 0 };

/**
 * `overlaps` = pairs of spurts that share time (count); `overtalkMs` = time in which both speak (ms); `overtalkShare` =
 * overtalk ÷ call (as Revenue.io). Spurts that are nothing but backchannels are left out, in whole.
 */
export const overtalk: Tally<Overtalk> = {
  start: { told: none, agent: none, customer: none, either: none, isCounted: false },
  step: (before, { beat }) => {
    if (!beat.begins && !beat.speaksNow && beat.sharedMs === 0) return before;
    return share(decide(begin(before, beat), beat), beat);
  },
  read: ({ told: { ms, count } }, { durationMs }) => ({
    overlaps: count,
    overtalkMs: ms,
    ...(durationMs > 0 && { overtalkShare: ms / durationMs }),
  }),
};

/** The spurt before never turned out to be more than a backchannel, or has been told. */
function begin(before: Overtalk, { begins, word }: Beat): Overtalk {
  return begins ? { ...before, [word.speaker]: none, either: none, isCounted: false } : before;
}

function decide(before: Overtalk, { speaksNow, word }: Beat): Overtalk {
  if (!speaksNow) return before;
  const [own, other] = [word.speaker, otherOf(word.speaker)];
  return {
    ...before,
    told: add(before.told, before[own]),
    [own]: none,
    [other]: add(before[other], before.either),
    either: none,
  };
}

function share(before: Overtalk, beat: Beat): Overtalk {
  if (beat.sharedMs === 0) return before;
  const where = placeOf(beat);
  const amount = { ms: beat.sharedMs, count: before.isCounted ? 0 : 1 };
  return { ...before, [where]: add(before[where], amount), isCounted: true };
}

function placeOf({ own, other, word }: Beat): "told" | "either" | Speaker {
  const [isOpen, isOtherOpen] = [own.listening !== null, other?.listening !== null];
  if (isOpen && isOtherOpen) return "either";
  if (isOpen) return word.speaker;
  return isOtherOpen ? otherOf(word.speaker) : "told";
}

function add(a: Amount, b: Amount): Amount {
  return { ms: a.ms + b.ms, count: a.count + b.count };
}
