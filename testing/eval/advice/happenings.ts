import type { LeadStory } from "../../../shared/assistant/story.ts";
import type { RecommendedDeed } from "../../../shared/assistant/recommend/recommend.ts";
import type { Appointment, Message, Ticket } from "../../../shared/entities/activity.ts";
import { daysAgo, someAppointment, someCall, someLead, someStory, someTask } from "../../fakes/some-story.ts";
import type { Part } from "../held-out.ts";

/** What happened with somebody, and what a team's lead would have done about it first; none of these = nothing. */
export type Advised = {
  part: Part;
  name: string;
  story: LeadStory;
  wanted: readonly RecommendedDeed["do"][];
};

export function told(part: Part, name: string, wanted: Advised["wanted"], own: Partial<LeadStory>): Advised {
  return { part, name, wanted, story: someStory({ lead: came(20), ...own }) };
}

export const nothingSaid = { calls: [], reports: [], deals: [] };
export const planned = { tasks: [someTask({ dueAt: daysAgo(-2) })] };
export const missed = (days: number, id = "missed") => someCall({ id: id as never, direction: "inbound", startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore
export const tried = (days: number, id = "tried") => someCall({ id: id as never, startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore
export const spoke = (days: number, id = "spoke") => someCall({ id: id as never, startedAt: daysAgo(days), answeredAt: daysAgo(days) }); // prettier-ignore
export const letter = (direction: Message["direction"], days: number, own: Partial<Message> = {}): Message => ({
  ...{ id: `letter-${direction}-${days}`, rev: 1, createdAt: daysAgo(days), updatedAt: daysAgo(days), kept: [] },
  ...{ leadId: "lead-1", channel: "email", direction, at: daysAgo(days), byId: null, ownerId: null, teamId: null },
  ...{ subject: "The floor", text: "When can we see it?", status: direction === "inbound" ? "received" : "sent" },
  ...{ openedCount: 0, ...own },
} as unknown as Message); // prettier-ignore
export const ticket = {
  ...{ id: "ticket-1", rev: 1, createdAt: daysAgo(5), updatedAt: daysAgo(5), kept: [], leadId: "lead-1" },
  ...{ title: "The heating is cold", status: "open", priority: "urgent", assigneeId: null, teamId: null, text: "" },
} as unknown as Ticket; // prettier-ignore
export const tomorrow = {
  ...{ id: "appointment-1", rev: 1, createdAt: daysAgo(3), updatedAt: daysAgo(3), kept: [], leadId: "lead-1" },
  ...{ title: "Viewing", startAt: daysAgo(-1), endAt: daysAgo(-1.05), place: "210 Canal St", status: "planned" },
  ...{ assigneeId: null, teamId: null, notes: "" },
} as unknown as Appointment; // prettier-ignore

/** Somebody with a telephone, who came so many days ago. */
export const came = (days: number, own: object = {}) =>
  someLead({ phone: "+1 312 555 0140", source: "Website", createdAt: daysAgo(days), ...own });
export const visit = (days: number, status: Appointment["status"]): Appointment =>
  someAppointment({ startAt: daysAgo(days), endAt: daysAgo(days - 0.05), status });

export function closed(outcome: "won" | "lost"): LeadStory["stages"] {
  return [{ pipeline: "leads", key: outcome === "won" ? "customer" : "gone", label: "Closed", outcome }];
}
