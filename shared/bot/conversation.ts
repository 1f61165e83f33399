import { z } from "zod";
import { Instant } from "../entities/fields.ts";
import { readTold, toldNothing, type Told } from "./told.ts";

// One conversation with a visitor: who speaks, and when that changes. Pure, and folded anew from its events each time.
//
// - An event counts once, whatever arrives again: it is known by its `id`.
// - The order is that of `seq`, which the server gives under the conversation's lock; arrival does not matter.
// - Who does not hold the conversation does not speak in it: the bot is silent from the hand-off on, but for one word
//   of thanks (`thanksId`) until somebody takes it, and of two people only the one who took it is heard.
// - What has ended stays ended.

/** Why a person is wanted. */
export const HandOffReason = z.enum([
  "asked",
  "unsure",
  "outside",
  "failed",
  "upset",
  "urgent",
  "limit",
  "qualified",
  "call-back",
  "support",
]);
export type HandOffReason = z.infer<typeof HandOffReason>;

export const Outcome = z.enum(["answered", "lead", "call-back", "no-reply", "spam"]);
export type Outcome = z.infer<typeof Outcome>;

/** What the bot asks for, one thing at a time. */
export const Slot = z.enum(["need", "name", "contact", "phone", "when", "trouble"]);
export type Slot = z.infer<typeof Slot>;

const head = { id: z.string().min(1).max(100), seq: z.int().min(1), at: Instant };
const words = z.string().max(8_000);

export const ChatEvent = z.discriminatedUnion("type", [
  z.strictObject({ ...head, type: z.literal("opened"), botName: z.string(), opening: words }),
  z.strictObject({ ...head, type: z.literal("visitor-said"), text: words }),
  z.strictObject({
    ...head,
    type: z.literal("bot-said"),
    text: words,
    /** What it waits for; the visitor's next words are the answer. */
    asks: Slot.nullable(),
    /** It did not understand: twice in a row is once too often. */
    missed: z.boolean(),
    by: z.enum(["rules", "model"]),
  }),
  z.strictObject({ ...head, type: z.literal("handed-off"), why: HandOffReason }),
  z.strictObject({ ...head, type: z.literal("taken"), agentId: z.string(), agentName: z.string() }),
  /** Whoever holds it gives it to `toId`; `agentId` is who did that. */
  z.strictObject({
    ...head,
    type: z.literal("passed"),
    agentId: z.string(),
    toId: z.string(),
    toName: z.string(),
  }),
  /** It waits for anybody again; `agentId` null = who held it has left the organisation. */
  z.strictObject({ ...head, type: z.literal("returned"), agentId: z.string().nullable() }),
  z.strictObject({ ...head, type: z.literal("person-said"), agentId: z.string(), text: words }),
  z.strictObject({
    ...head,
    type: z.literal("ended"),
    by: z.enum(["visitor", "person", "silence"]),
    /** Of whoever held it; null = nobody said. */
    outcome: Outcome.nullable(),
  }),
]);
export type ChatEvent = z.infer<typeof ChatEvent>;

/** Of the `bot-said` that thanks for a contact while nobody is there: the id makes it one. */
export const thanksId = "thanked";

/** An event that has no place yet. */
export type NewEvent = ChatEvent extends infer E ? (E extends ChatEvent ? Omit<E, "seq"> : never) : never;

export type Turn = {
  seq: number;
  at: string;
  by: "visitor" | "bot" | "person";
  /** Of the person; null = the visitor or the bot. */
  agentId: string | null;
  text: string;
};

/** Who speaks with the visitor. */
export type Phase =
  | { name: "bot" }
  | { name: "waiting"; since: string; why: HandOffReason }
  | { name: "person"; since: string; why: HandOffReason; agentId: string; agentName: string }
  | { name: "ended"; at: string; by: "visitor" | "person" | "silence"; outcome: Outcome | null };

export type Conversation = {
  phase: Phase;
  botName: string;
  openedAt: string;
  /** When something was said or done last. */
  lastAt: string;
  turns: readonly Turn[];
  /** What the visitor has let us know of themselves. */
  told: Told;
  /** What the bot waits for. */
  asks: Slot | null;
  /** Answers of the bot in a row that did not understand. */
  misses: number;
  answers: number;
  /** Who held it last, also after its end. */
  agentId: string | null;
  why: HandOffReason | null;
  /** How often it has changed hands: names each change, so that one who had it before can have it again. */
  hands: number;
};

/** What the events come to, in any order and however often each is there. Null = it was never opened. */
export function foldConversation(events: Iterable<ChatEvent>): Conversation | null {
  let conversation: Conversation | null = null;
  const seen = new Set<string>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1))) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    conversation = nextConversation(conversation, event) ?? conversation;
  }
  return conversation;
}

/** The conversation after an event; null where it does not fit and changes nothing. */
export function nextConversation(before: Conversation | null, event: ChatEvent): Conversation | null {
  if (event.type === "opened") return before === null ? open(event) : null;
  if (before === null || before.phase.name === "ended") return null;
  const after = { ...before, lastAt: event.at };
  switch (event.type) {
    case "visitor-said":
      return hear(after, event);
    case "bot-said":
      if (before.phase.name === "waiting" && event.id === thanksId)
        return { ...after, turns: [...before.turns, turnOf(event, "bot", null)] };
      return before.phase.name === "bot" ? answer(after, event) : null;
    case "handed-off":
      if (before.phase.name !== "bot") return null;
      return {
        ...after,
        asks: null,
        why: event.why,
        hands: before.hands + 1,
        phase: { name: "waiting", since: event.at, why: event.why },
      };
    case "taken":
      return take(after, event);
    case "passed":
      return pass(after, event);
    case "returned":
      return giveBack(after, event);
    case "person-said":
      if (before.phase.name !== "person" || before.phase.agentId !== event.agentId) return null;
      return { ...after, turns: [...before.turns, turnOf(event, "person", event.agentId)] };
    case "ended":
      return { ...after, phase: { name: "ended", at: event.at, by: event.by, outcome: event.outcome } };
  }
}

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

function open({ id: _id, botName, opening, at, seq }: EventOf<"opened">): Conversation {
  return {
    phase: { name: "bot" },
    ...{ botName, openedAt: at, lastAt: at },
    turns: [{ seq, at, by: "bot", agentId: null, text: opening }],
    told: toldNothing,
    ...{ asks: null, misses: 0, answers: 0, agentId: null, why: null, hands: 0 },
  };
}

function hear(after: Conversation, event: EventOf<"visitor-said">): Conversation {
  const told = readTold(after.told, event.text, after.asks);
  return { ...after, told, turns: [...after.turns, turnOf(event, "visitor", null)] };
}

function answer(after: Conversation, event: EventOf<"bot-said">): Conversation {
  return {
    ...after,
    turns: [...after.turns, turnOf(event, "bot", null)],
    asks: event.asks,
    misses: event.missed ? after.misses + 1 : 0,
    answers: after.answers + 1,
  };
}

/** Of two who reach for it, the first has it. */
function take(after: Conversation, { agentId, agentName, at }: EventOf<"taken">): Conversation | null {
  if (after.phase.name !== "waiting") return null;
  return {
    ...after,
    agentId,
    hands: after.hands + 1,
    phase: { name: "person", since: at, why: after.phase.why, agentId, agentName },
  };
}

/** To oneself it changes nothing. */
function pass(after: Conversation, { toId, toName, at }: EventOf<"passed">): Conversation | null {
  const { phase, hands } = after;
  if (phase.name !== "person" || phase.agentId === toId) return null;
  return { ...after, agentId: toId, hands: hands + 1, phase: { ...phase, since: at, agentId: toId, agentName: toName } }; // prettier-ignore
}

function giveBack(after: Conversation, { at }: EventOf<"returned">): Conversation | null {
  const { phase, hands } = after;
  if (phase.name !== "person") return null;
  return { ...after, agentId: null, hands: hands + 1, phase: { name: "waiting", since: at, why: phase.why } };
}

function turnOf(
  { seq, at, text }: Pick<Turn, "seq" | "at" | "text">,
  by: Turn["by"],
  agentId: string | null,
): Turn {
  return { seq, at, by, agentId, text };
}
