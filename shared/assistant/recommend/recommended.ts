import type { Recommendation } from "../../entities/activity.ts";
import type { RecordId } from "../../entities/id.ts";
import { mayBeCalled } from "../../leads/may-be-called.ts";
import { isAnswered, lastWordAt } from "../chats.ts";
import type { LeadStory } from "../story.ts";

/** What a click on a recommendation does. `callId`: what is written is about that call; null = about none. */
export type RecommendedDeed =
  | { do: "call" }
  | { do: "write"; callId: RecordId | null }
  | { do: "task"; title: string; dueInDays: number };

/** `key` names the fact behind it: the same fact is recommended once, another one anew. */
export type Recommended = Pick<Recommendation, "kind" | "title" | "reason" | "priority" | "confidence"> & {
  key: string;
  expiresAt: string;
  deed: RecommendedDeed;
};

/** When whoever is advised first saw what a key names, ISO; null = not yet. */
export type SeenAt = (key: string) => string | null;

const dayMs = 86_400_000;

export function daysSince(at: string, { now }: Pick<LeadStory, "now">): number {
  return (Date.parse(now) - Date.parse(at)) / dayMs;
}

export function later(at: string, days: number): string {
  return new Date(Date.parse(at) + days * dayMs).toISOString();
}

/** Getting in touch, the quickest way that is open. */
export function reach({ lead }: Pick<LeadStory, "lead">): RecommendedDeed {
  return mayBeCalled(lead) ? { do: "call" } : { do: "write", callId: null };
}

/** Whether somebody has spoken with them after that, on the telephone or in a chat. */
export function isReachedAfter({ calls, chats }: LeadStory, at: string): boolean {
  if (calls.some(({ startedAt, answeredAt }) => startedAt > at && answeredAt)) return true;
  return chats.some((chat) => isAnswered(chat) && lastWordAt(chat) > at);
}

/** Whether somebody wrote to them after that: what is still a draft or came back has not been read. */
export function isWrittenAfter({ messages }: LeadStory, at: string): boolean {
  return messages.some((one) => one.direction === "outbound" && hasLeft(one) && one.at > at);
}

export function hasLeft({ status }: LeadStory["messages"][number]): boolean {
  return status !== "draft" && status !== "bounced";
}
