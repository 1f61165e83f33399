import type { LeadStory } from "../../../shared/assistant/story.ts";
import type { RecommendedDeed } from "../../../shared/assistant/recommend/recommend.ts";
import type { Appointment, Message, Ticket } from "../../../shared/entities/activity.ts";
import {
  daysAgo,
  someCall,
  someDeal,
  someLead,
  someReport,
  someStory,
  someTask,
} from "../../fakes/some-story.ts";
import type { Part } from "../held-out.ts";

/** What happened with somebody, and what a team's lead would have done about it first; none of these = nothing. */
export type Advised = {
  part: Part;
  name: string;
  story: LeadStory;
  wanted: readonly RecommendedDeed["do"][];
};

const nothingSaid = { calls: [], reports: [], deals: [] };
const planned = { tasks: [someTask({ dueAt: daysAgo(-2) })] };
const missed = (days: number, id = "missed") => someCall({ id: id as never, direction: "inbound", startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore
const tried = (days: number, id = "tried") => someCall({ id: id as never, startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore
const spoke = (days: number, id = "spoke") => someCall({ id: id as never, startedAt: daysAgo(days), answeredAt: daysAgo(days) }); // prettier-ignore
const letter = (direction: Message["direction"], days: number): Message => ({
  ...{ id: `letter-${direction}-${days}`, rev: 1, createdAt: daysAgo(days), updatedAt: daysAgo(days), kept: [] },
  ...{ leadId: "lead-1", channel: "email", direction, at: daysAgo(days), byId: null, ownerId: null, teamId: null },
  ...{ subject: "The floor", text: "When can we see it?", status: direction === "inbound" ? "received" : "sent" },
  openedCount: 0,
} as unknown as Message); // prettier-ignore
const ticket = {
  ...{ id: "ticket-1", rev: 1, createdAt: daysAgo(5), updatedAt: daysAgo(5), kept: [], leadId: "lead-1" },
  ...{ title: "The heating is cold", status: "open", priority: "urgent", assigneeId: null, teamId: null, text: "" },
} as unknown as Ticket; // prettier-ignore
const tomorrow = {
  ...{ id: "appointment-1", rev: 1, createdAt: daysAgo(3), updatedAt: daysAgo(3), kept: [], leadId: "lead-1" },
  ...{ title: "Viewing", startAt: daysAgo(-1), endAt: daysAgo(-1.05), place: "210 Canal St", status: "planned" },
  ...{ assigneeId: null, teamId: null, notes: "" },
} as unknown as Appointment; // prettier-ignore

/** A Saturday's noon in the rules' stories: that many days and hours before. */
const atHour = (days: number, hour: number) => daysAgo(days + (12 - hour) / 24);

export const stories: readonly Advised[] = [
  of("open", "they called and reached nobody", ["call"], { ...planned, ...nothingSaid, calls: [missed(1)] }),
  of("open", "a promise is late", ["write"], { ...nothingSaid, calls: [spoke(4)], tasks: [someTask({ dueAt: daysAgo(4) })] }), // prettier-ignore
  of("open", "promised in the last call, not written", ["write"], planned),
  of("open", "silent for three weeks, a deal open", ["call"], {
    ...planned,
    reports: [],
    calls: [spoke(21)],
  }),
  of("open", "nothing planned", ["task"], { reports: [], calls: [spoke(2)] }),
  of("open", "won long ago", [], { ...nothingSaid, lead: someLead({ stage: "customer" }), stages: closed("won") }), // prettier-ignore
  of("open", "called and reached nobody, but wants no calls", ["write", "task"], { ...nothingSaid, lead: someLead({ doNotCall: true }), calls: [missed(1)] }), // prettier-ignore
  of("open", "all is well", [], { ...planned, reports: [], calls: [spoke(2)] }),
  of("held-out", "they wrote yesterday, nobody answered", ["write"], { ...planned, ...nothingSaid, calls: [spoke(6)], messages: [letter("inbound", 1)] }), // prettier-ignore
  of("held-out", "called back the same day and spoken", [], { ...planned, ...nothingSaid, calls: [spoke(2.9), missed(3)] }), // prettier-ignore
  of("held-out", "called back, and nobody there", ["call"], { ...planned, ...nothingSaid, calls: [tried(0.5), missed(1)] }), // prettier-ignore
  of("held-out", "an appointment tomorrow", [], { reports: [], calls: [spoke(2)], appointments: [tomorrow] }),
  of("held-out", "two calls missed today, and a promise late", ["call"], { ...nothingSaid, calls: [missed(0.1), missed(0.3, "before")], tasks: [someTask({ dueAt: daysAgo(5) })] }), // prettier-ignore
  of("held-out", "silent for a month, wants no calls", ["write", "task"], { ...planned, reports: [], lead: someLead({ doNotCall: true }), calls: [spoke(30)] }), // prettier-ignore
  of("held-out", "promised, and written since", [], { ...planned, messages: [letter("outbound", 1)] }),
  of("held-out", "lost", [], { ...nothingSaid, lead: someLead({ stage: "gone" }), stages: closed("lost"), calls: [missed(1)] }), // prettier-ignore
  of("held-out", "silent for three months, no deal", ["call"], { ...planned, ...nothingSaid, calls: [spoke(90)] }), // prettier-ignore
  of("held-out", "answers in the evening alone", ["call"], {
    ...planned,
    ...{ reports: [], deals: [] },
    calls: [
      ...[spoke(0, "a"), spoke(0, "b")].map((call, at) => ({ ...call, startedAt: atHour(3 + at, 18), answeredAt: atHour(3 + at, 18) })), // prettier-ignore
      ...[tried(0, "c"), tried(0, "d"), tried(0, "e")].map((call, at) => ({ ...call, startedAt: atHour(5 + at, 9) })), // prettier-ignore
    ],
  }),
  of("held-out", "an urgent ticket open for days, nothing planned", ["task", "write", "call"], { ...nothingSaid, calls: [spoke(5)], tickets: [ticket] }), // prettier-ignore
  of("held-out", "came from the website an hour ago", ["call"], { ...nothingSaid, lead: someLead({ source: "Website", createdAt: daysAgo(0.05) }) }), // prettier-ignore
  of("held-out", "the deal should have been closed last week", ["call", "write"], { ...planned, reports: [], calls: [spoke(3)], deals: [someDeal({ expectedCloseOn: "2026-11-14" })] }), // prettier-ignore
  of("held-out", "a contract is out, silent for sixteen days", ["call"], { ...planned, reports: [], calls: [spoke(16)], deals: [someDeal({ stage: "contract" })] }), // prettier-ignore
  of("held-out", "they wrote, and were answered", [], { ...planned, ...nothingSaid, calls: [spoke(6)], messages: [letter("outbound", 1), letter("inbound", 2)] }), // prettier-ignore
  of("held-out", "called ten days ago, nobody called back", ["call"], { ...planned, ...nothingSaid, calls: [missed(10)] }), // prettier-ignore
  of("held-out", "promised two weeks ago, spoken since", [], { ...planned, reports: [someReport({ at: daysAgo(13), callId: "before" as never })], calls: [spoke(1), spoke(13, "before")] }), // prettier-ignore
];

function of(part: Part, name: string, wanted: Advised["wanted"], own: Partial<LeadStory>): Advised {
  return { part, name, wanted, story: someStory(own) };
}

function closed(outcome: "won" | "lost"): LeadStory["stages"] {
  return [{ pipeline: "leads", key: outcome === "won" ? "customer" : "gone", label: "Closed", outcome }];
}
