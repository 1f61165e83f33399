import type { Segment } from "../../../shared/entities/call.ts";
import type { Dice } from "../random.ts";
import type { Caller } from "./callers.ts";
import type { Said } from "./write-dialogue.ts";

export type Placed = Pick<Segment, "speaker" | "text" | "startMs" | "endMs" | "timing">;

const customerWpm = 154;
/** What a recogniser keeps of a call ends a little before the line does. */
const tailMs = 900;
/** People do not talk faster or slower than this because a call is short or long. */
const stretch = { most: 1.12, least: 0.8 };

/** Says a dialogue on a call's clock, word by word: pauses, now and then a long one, and whoever cuts in. */
export function placeDialogue(
  said: readonly Said[],
  caller: Caller,
  durationMs: number,
  dice: Dice,
): Placed[] {
  const placed: Placed[] = [];
  let freeAt = dice.int(600, 1_500);
  for (const [index, one] of said.entries()) {
    const before = said[index - 1];
    const startMs = Math.max(0, freeAt + (before ? pauseBefore(one, before, caller, dice) : 0));
    const timing = timesOf(one, caller, dice);
    const endMs = startMs + (timing.at(-2) ?? 0) + (timing.at(-1) ?? 0);
    placed.push({ ...one, startMs, endMs, timing });
    freeAt = endMs;
  }
  const factor = (durationMs - tailMs) / freeAt;
  return placed.map((one) => scale(one, Math.min(stretch.most, Math.max(stretch.least, factor)))).filter(({ endMs }) => endMs < durationMs); // prettier-ignore
}

function pauseBefore(one: Said, before: Said, { cutsIn }: Caller, dice: Dice): number {
  if (one.speaker === before.speaker) return dice.int(200, 500);
  // "Mm-hm" comes while the other one talks.
  if (one.text.split(" ").length < 3 && dice.chance(0.5)) return -dice.int(300, 700);
  if (one.speaker === "agent" && dice.chance(cutsIn)) return -dice.int(500, 1_100);
  if (dice.chance(0.03)) return dice.int(4_000, 9_000);
  return dice.int(250, 1_100);
}

function timesOf({ speaker, text }: Said, { wpm }: Caller, dice: Dice): number[] {
  const words = text.split(" ");
  const letters = words.reduce((sum, { length }) => sum + length + 1, 0);
  const lengthMs = (words.length * 60_000) / ((speaker === "agent" ? wpm : customerWpm) * (0.93 + dice.next() * 0.14)); // prettier-ignore
  let at = 0;
  return words.flatMap((word) => {
    const wordMs = Math.round((lengthMs * (word.length + 1)) / letters);
    const start = at;
    at += wordMs;
    return [start, Math.max(60, wordMs - 30)];
  });
}

function scale({ startMs, timing, ...one }: Placed, factor: number): Placed {
  const times = timing.map((ms) => Math.round(ms * factor));
  const start = Math.round(startMs * factor);
  return { ...one, startMs: start, endMs: start + (times.at(-2) ?? 0) + (times.at(-1) ?? 0), timing: times };
}
