import type { LeadStory } from "../../shared/assistant/story.ts";
import type { Appointment } from "../../shared/entities/activity.ts";
import type { Call } from "../../shared/entities/call.ts";
import type { Deal } from "../../shared/entities/deal.ts";
import type { CallReport, Chat } from "../../shared/entities/insight.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import type { Task } from "../../shared/entities/task.ts";
import { fields } from "./blank-fields.ts";

/** A Saturday at noon. */
export const storyNow = "2026-11-21T12:00:00.000Z";

export function daysAgo(days: number): string {
  return new Date(Date.parse(storyNow) - days * 86_400_000).toISOString();
}

const base = { rev: 1, createdAt: daysAgo(20), updatedAt: daysAgo(2), kept: [] };

/** A person about whom there is something to say; `own` takes the place of a part. */
export function someStory(own: Partial<LeadStory> = {}): LeadStory {
  return {
    now: storyNow,
    timeZone: "UTC",
    agent: "Ana Flores",
    business: "Northgate",
    currency: "USD",
    colleagues: [],
    offered: [],
    stages: [
      { pipeline: "leads", key: "new", label: "New", outcome: "open" },
      { pipeline: "deals", key: "proposal", label: "Proposal", outcome: "open" },
      { pipeline: "deals", key: "terms", label: "Terms", outcome: "open" },
      { pipeline: "deals", key: "contract", label: "Contract", outcome: "open" },
      { pipeline: "deals", key: "signed", label: "Signed", outcome: "won" },
      { pipeline: "deals", key: "dropped", label: "Dropped", outcome: "lost" },
    ],
    lead: someLead(),
    tasks: [],
    deals: [someDeal()],
    calls: [someCall()],
    reports: [someReport()],
    chats: [],
    notes: [],
    messages: [],
    appointments: [],
    pastAppointments: [],
    tickets: [],
    ...own,
  };
}

export function someLead(own: Partial<Lead> = {}): Lead {
  return { ...base, ...fields.lead({ name: "Maria Keller", score: 50 }), id: "lead-1", ...own } as Lead;
}

export function someDeal(own: Partial<Deal> = {}): Deal {
  return {
    ...base,
    ...{ id: "deal-1", name: "Second floor", leadId: "lead-1", listingId: null, stage: "terms" },
    ...{ value: 90_000, currency: "USD", expectedCloseOn: "2026-12-10", probability: null },
    ...{ ownerId: null, teamId: null, notes: "", custom: {} },
    ...own,
  } as Deal;
}

export function someCall(own: Partial<Call> = {}): Call {
  return {
    ...base,
    ...{ id: "call-1", leadId: "lead-1", agentId: null, teamId: null, direction: "outbound" },
    ...{ from: "", to: "", startedAt: daysAgo(2), answeredAt: daysAgo(2), endedAt: daysAgo(2) },
    ...{ endReason: "", line: null, disposition: "", notes: "", summary: "", sentiment: "", recording: "" },
    ...own,
  } as Call;
}

export function someReport(own: Partial<CallReport> = {}): CallReport {
  return {
    ...base,
    ...{
      id: "report:call-1",
      kind: "report",
      callId: "call-1",
      leadId: "lead-1",
      agentId: null,
      teamId: null,
    },
    ...{ at: daysAgo(2), metrics: {}, mood: [], playbook: "", playbookVersion: 0, items: [], cards: [] },
    ...{ moments: [], summary: "They need more desks by March.", keyPoints: ["they pay 40,000 now"] },
    actions: [{ key: "a", text: "send the plans by Friday", dueInDays: 3, atMs: null }],
    ...{ objections: [], sentiment: "neutral", strengths: [], improvements: [], followUp: "" },
    ...{ score: null, scorecard: "", criteria: [], wordedBy: "rules", wordsMissing: "" },
    ...own,
  } as CallReport;
}

/** They asked for a person yesterday, one came, and it has ended. */
export function someChat(own: Partial<Chat> = {}): Chat {
  const says = (seq: number, by: Chat["turns"][number]["by"], text: string) =>
    ({ seq, at: daysAgo(1), by, agentId: null, text }) as Chat["turns"][number];
  return {
    ...base,
    ...{ id: "chat:chat-1", kind: "chat", callId: null, leadId: "lead-1", agentId: null, teamId: null },
    ...{ at: daysAgo(1), lastAt: daysAgo(1), botName: "Ria", phase: "ended", why: "asked" },
    waitingSince: daysAgo(1),
    turns: [says(1, "visitor", "We look for a roof terrace."), says(2, "person", "We have one.")],
    told: { name: "Mia Berg", email: "", phone: "", need: "a roof terrace", when: "" },
    ...{ endedBy: "visitor", outcome: "answered" },
    ...own,
  } as Chat;
}

export function someTask(own: Partial<Task> = {}): Task {
  return { ...base, ...fields.task({ leadId: "lead-1" }), id: "task-1", ...own } as Task;
}

export function someAppointment(own: Partial<Appointment> = {}): Appointment {
  return {
    ...base,
    ...{ id: "appointment-1", title: "Viewing of the second floor", leadId: "lead-1", place: "210 Canal St" },
    ...{ startAt: daysAgo(7), endAt: daysAgo(6.95), status: "done", assigneeId: null, teamId: null },
    notes: "",
    ...own,
  } as Appointment;
}

export function someListing(own: Partial<Listing> = {}): Listing {
  return {
    ...base,
    ...{ id: "listing-1", title: "Second floor, 210 Canal St", address: "210 Canal St", city: "Chicago" },
    ...{ type: "Office floor", status: "available", price: 240_000, currency: "USD", bedrooms: null },
    ...{
      bathrooms: 2,
      parking: 1,
      landSize: 1_240,
      features: ["Terrace", "Fibre, two entries", "24/7 access"],
    },
    ...{ description: "", ownerId: null, custom: { desks: 40 } },
    ...own,
  } as Listing;
}
