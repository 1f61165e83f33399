import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, BrokeOff, TaskTraits } from "../port.ts";
import type { Completed } from "../provider-port.ts";
import type { Heard } from "./listen.ts";

/** How much a model may write: of its answer, and of what it thinks before. Both are held back, and billed. */
export type Room = { answerTokens: number; reasoningTokens: number };

/**
 * Why an answer does not hold, with what was given where a model gave any. `isFull`: it had all the room that its context
 * leaves, so that it would be asked the very same again.
 */
export type NotHeld = AiFailure & { given?: Heard; isFull?: boolean };

export function usualRoom(
  { maxOutputTokens, reasoning }: Pick<ModelRoute, "maxOutputTokens" | "reasoning">,
  task: Pick<TaskTraits, "maxOutputTokens">,
): Room {
  return {
    answerTokens: Math.min(task.maxOutputTokens, maxOutputTokens),
    reasoningTokens: reasoning.tokens,
  };
}

const timesMore = 2;
/** Of a model that thought its room away, more than any is known to think at a usual effort for a short answer. */
const leastToThink = 8_000;

/**
 * The room for asking once more, where a model had none left to say anything: it thinks, and nobody knew how much.
 * @returns null where that is not why it failed
 */
export function moreToThink({ given, isFull }: NotHeld, room: Room): Room | null {
  if (isFull || !isCut(given) || given?.text.trim() !== "") return null;
  return toThink(room);
}

function toThink(room: Room): Room {
  return { ...room, reasoningTokens: Math.max(leastToThink, room.reasoningTokens * timesMore) };
}

/** The same where its data broke off at what it may write. @returns null where it may not write more */
export function moreToWrite(route: ModelRoute, { given, isFull }: NotHeld, room: Room): Room | null {
  return isFull || !isCut(given) ? null : toWrite(route, room);
}

function toWrite(route: ModelRoute, room: Room): Room | null {
  const answerTokens = Math.min(room.answerTokens * timesMore, route.maxOutputTokens);
  const reasoningTokens = room.reasoningTokens * timesMore;
  return answerTokens + reasoningTokens > room.answerTokens + room.reasoningTokens
    ? { answerTokens, reasoningTokens }
    : null;
}

/** The same where it broke off when it was asked before, elsewhere. @returns null where it may not write more */
export function roomAfter(by: BrokeOff["by"], route: ModelRoute, room: Room): Room | null {
  return by === "thinking" ? toThink(room) : toWrite(route, room);
}

/** What an answer broke off for, since its model may not write more; null = it did not. */
export function brokeOffBy({ text, stoppedBy }: Completed): BrokeOff["by"] | null {
  if (stoppedBy !== "length") return null;
  return text.trim() === "" ? "thinking" : "writing";
}

export function isCut(given: Heard | undefined): boolean {
  return given?.stoppedBy === "length";
}

/** What a model failed of that was asked as often as it is. */
export const cutOff: AiFailure = {
  code: "invalid",
  message: "The model's answer was longer than it may be, and broke off.",
};
export const thoughtAway: AiFailure = {
  code: "invalid",
  message: "The model used up what it may write by thinking, and gave no answer.",
};
