import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import type { Completed } from "../provider-port.ts";

/** How much a model may write: of its answer, and of what it thinks before. Both are held back, and billed. */
export type Room = { answerTokens: number; reasoningTokens: number };

/** Why an answer does not hold, with what was given where a model gave any. */
export type NotHeld = AiFailure & { given?: Completed };

export function usualRoom(
  { maxOutputTokens, reasoning }: Pick<ModelRoute, "maxOutputTokens" | "reasoning">,
  task: Pick<TaskTraits, "maxOutputTokens">,
): Room {
  return {
    answerTokens: Math.min(task.maxOutputTokens, maxOutputTokens),
    reasoningTokens: reasoning.tokens,
  };
}

/** Of a model that thought its room away, more than any is known to think at a usual effort for a short answer. */
const leastToThink = 8_000;
const timesMore = 2;

/**
 * The room for asking once more, where a model had none left to say anything: it thinks, and nobody knew how much.
 * @returns null where that is not why it failed
 */
export function moreToThink({ given }: NotHeld, room: Room): Room | null {
  if (given?.stoppedBy !== "length" || given.text.trim() !== "") return null;
  return { ...room, reasoningTokens: Math.max(leastToThink, room.reasoningTokens * timesMore) };
}

/** Of one that was asked as often as it is. */
export const thoughtAway: AiFailure = {
  code: "invalid",
  message: "The model used up what it may write by thinking, and gave no answer.",
};
