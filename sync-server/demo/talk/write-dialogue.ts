import type { Speaker } from "../../../shared/coaching/utterance.ts";
import type { Dice } from "../random.ts";
import { fillIn } from "../words/fill-in.ts";
import type { Caller } from "./callers.ts";
import type { Lines, Piece } from "./lines.ts";

export type Said = { speaker: Speaker; text: string };

export type Conversation = {
  lines: Lines;
  caller: Caller;
  /** Of the call; empty = nobody has said. */
  disposition: string;
  names: { agent: string; first: string };
  /** How much is said, about. */
  words: number;
};

/** Nobody books a tour without saying when. */
const needed: Readonly<Record<string, string>> = { "tour-booked": "next-step" };
const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/** Puts a call together: what its playbook wants, done or skipped, with objections and talk between. */
export function writeDialogue(conversation: Conversation, dice: Dice): Said[] {
  const { lines, disposition, names } = conversation;
  const [opening = [], ...steps] = Object.entries(lines.items).map(([key, item]) => stepOf(conversation, key, item, dice)); // prettier-ignore
  const last = steps.pop() ?? [];
  const ending = dice.pick(lines.endings[disposition] ?? lines.endings.other);
  const fixed = [...steps, ...objectionsIn(conversation, dice)];
  const left = conversation.words - wordsIn([opening, ...fixed, last, ending]);
  const middle = mix(fixed, fillersFor(conversation, left, dice), dice);
  const known = { ...names, day: dice.pick(days), pay: String(dice.int(12, 60)) };
  return [opening, ...middle, last, ending].flat().map((line) => toSaid(fillIn(line, dice, known)));
}

function stepOf(
  { caller, disposition }: Conversation,
  key: string,
  { done, skipped }: Lines["items"][string],
  dice: Dice,
): Piece {
  const isDone = needed[disposition] === key || dice.chance(follow(caller, disposition));
  const pieces = isDone ? done : skipped;
  return pieces.length === 0 ? [] : dice.pick(pieces);
}

/** Calls that lead somewhere are the ones that were held well; those that lead nowhere were not, mostly. */
function follow({ follows }: Caller, disposition: string): number {
  if (disposition === "tour-booked") return Math.min(0.97, follows + 0.12);
  return disposition === "not-a-fit" ? follows * 0.8 : follows;
}

/** A short call has no room for two. */
const wordsOfTwo = 420;

function objectionsIn({ lines, caller, words }: Conversation, dice: Dice): Piece[] {
  const most = Math.min(lines.objections.length, words > wordsOfTwo ? 2 : 1);
  const raised = dice.sample(lines.objections, dice.int(0, most));
  return raised.map(({ raised: said, answered, brushed }) => [
    said,
    ...(dice.chance(caller.listens) ? answered : brushed),
  ]);
}

function fillersFor({ lines, caller }: Conversation, words: number, dice: Dice): Piece[] {
  const pools = { listening: shuffled(lines.listening, dice), talking: shuffled(lines.talking, dice) };
  const fillers: Piece[] = [];
  for (let left = words; left > 15;) {
    const wanted = dice.chance(caller.listens) ? pools.listening : pools.talking;
    const piece = wanted.pop();
    if (piece === undefined) return fillers;
    fillers.push(piece);
    left -= wordsIn([piece]);
  }
  return fillers;
}

/** The playbook's steps keep their order; talk comes between them. */
function mix(steps: readonly Piece[], fillers: readonly Piece[], dice: Dice): Piece[] {
  const mixed = [...steps];
  for (const filler of fillers) mixed.splice(dice.int(0, mixed.length), 0, filler);
  return mixed;
}

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  return items.map((item) => ({ item, at: dice.next() })).sort((a, b) => a.at - b.at).map(({ item }) => item); // prettier-ignore
}

function wordsIn(pieces: readonly Piece[]): number {
  return pieces.flat().reduce((sum, line) => sum + line.split(" ").length - 1, 0);
}

function toSaid(line: string): Said {
  return { speaker: line.startsWith("A") ? "agent" : "customer", text: line.slice(2) };
}
