import type { Activity, Appointment, Message, Ticket } from "../entities/activity.ts";
import type { Call } from "../entities/call.ts";
import type { Deal } from "../entities/deal.ts";
import type { CallReport, Chat } from "../entities/insight.ts";
import type { Lead } from "../entities/lead.ts";
import type { Stage } from "../entities/setting.ts";
import type { Task } from "../entities/task.ts";
import { dayOf } from "../time/zone.ts";
import { lastWordAt, tellChat } from "./chats.ts";

/**
 * What is known of one person, as whoever asks may see it: read on the server for a model, and on the desk for the
 * rules alone. Everything in it was said or typed by people, some of them customers.
 */
export type LeadStory = {
  /** When it was read. */
  now: string;
  /** IANA. */
  timeZone: string;
  /** Who asks, and for whom they work: both sign what is written. */
  agent: string;
  business: string;
  /** Of the organisation: what names no currency is in this one. */
  currency: string;
  /** All of us who had a part in it, by name: nobody is told them, no model reads them. Empty on a desk, which asks none. */
  colleagues: readonly string[];
  /** Addresses of listings in its deals, with their towns: known to everybody. Empty on a desk, too. */
  offered: readonly string[];
  stages: readonly Pick<Stage, "pipeline" | "key" | "label" | "outcome">[];
  lead: Lead;
  /** Open ones, the next first. Those of a whole day are due at its noon in the tenant's zone. */
  tasks: readonly Task[];
  deals: readonly Deal[];
  /** These are the newest, newest first; so many of them as `newest` says. */
  calls: readonly Call[];
  reports: readonly CallReport[];
  /** With them as visitors of the website, those that people were wanted for. */
  chats: readonly Chat[];
  notes: readonly Activity[];
  messages: readonly Message[];
  /** Planned ones, the next first. */
  appointments: readonly Appointment[];
  /** Those that are over or were called off, newest first. */
  pastAppointments: readonly Appointment[];
  tickets: readonly Ticket[];
};

/** More than that tells a model nothing that it needs, and costs with each question. */
export const newest = {
  tasks: 20,
  deals: 10,
  calls: 10,
  reports: 3,
  chats: 3,
  notes: 12,
  messages: 12,
  appointments: 5,
  pastAppointments: 5,
  tickets: 10,
} as const;

const longestText = 1_500;

/** A story in which one call and its report are told, however many came after it. Another person's call is left out. */
export function withCall(story: LeadStory, call: Call | null, report: CallReport | null): LeadStory {
  if (call === null || call.leadId !== story.lead.id) return story;
  return {
    ...story,
    calls: put(story.calls, call, ({ startedAt }) => startedAt),
    reports: report === null ? story.reports : put(story.reports, report, ({ at }) => at),
  };
}

/** Into its place among what is newest first, once. */
function put<T extends { id: string }>(all: readonly T[], one: T, timeOf: (one: T) => string): T[] {
  return [...all.filter(({ id }) => id !== one.id), one].sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
}

/** Without what people outside have said and written, and what reports and tickets tell of it. */
export function withoutOthers(story: LeadStory): LeadStory {
  const isOurs = ({ direction }: Message) => direction === "outbound";
  const notTheirs = (chat: Chat): Chat => ({
    ...chat,
    told: { ...chat.told, need: "", when: "" },
    turns: chat.turns.filter(({ by }) => by !== "visitor"),
  });
  const { chats, messages } = story;
  return {
    ...story,
    ...{ reports: [], tickets: [], chats: chats.map(notTheirs), messages: messages.filter(isOurs) },
  };
}

/** A story as a model is told it: no ids, nothing that is empty, no text longer than it needs. */
export function tellStory(story: LeadStory) {
  const { lead, deals, calls, reports, notes, messages } = story;
  return {
    today: todayOf(story),
    agent: story.agent,
    business: story.business,
    person: withoutEmpty({
      ...pick(lead, ["name", "company", "title", "city", "source", "score", "tags", "lastContactAt", "doNotCall"]), // prettier-ignore
      stage: stageLabel(story, "leads", lead.stage),
      notes: cut(lead.notes),
      fields: lead.custom,
    }),
    openTasks: story.tasks.map((task) => ({
      ...pick(task, ["title", "priority"]),
      dueAt: task.dueAt !== null && task.allDay ? dayOf(Date.parse(task.dueAt), story.timeZone) : task.dueAt,
    })),
    deals: deals.map((deal) => ({
      ...pick(deal, ["name", "value", "currency", "expectedCloseOn", "probability"]),
      stage: stageLabel(story, "deals", deal.stage),
    })),
    calls: calls.map((call) => ({
      ...pick(call, ["direction", "startedAt", "disposition"]),
      answered: call.answeredAt !== null,
      notes: cut(call.notes),
      summary: cut(call.summary),
      ...aboutCall(reports.find(({ callId }) => callId === call.id)),
    })),
    chats: story.chats.map(tellChat),
    notes: notes.map(({ at, text }) => ({ at, text: cut(text) })),
    messages: messages.map((message) => ({
      ...pick(message, ["channel", "direction", "at", "subject"]),
      text: cut(message.text),
    })),
    appointments: story.appointments.map((one) => ({
      ...pick(one, ["title", "startAt", "place"]),
      notes: cut(one.notes),
    })),
    pastAppointments: story.pastAppointments.map((one) => ({
      ...pick(one, ["title", "startAt", "place"]),
      outcome: cameOf[one.status],
      notes: cut(one.notes),
    })),
    tickets: story.tickets.map((ticket) => ({
      ...pick(ticket, ["title", "status", "priority"]),
      text: cut(ticket.text),
    })),
  };
}

/** What became of an appointment that is over. */
export const cameOf = {
  planned: "nobody has said what came of it",
  done: "it took place",
  missed: "it was missed",
  cancelled: "it was called off",
} as const satisfies Record<Appointment["status"], string>;

function aboutCall(report: CallReport | undefined) {
  if (!report) return {};
  const { summary, keyPoints, actions, objections, sentiment, followUp } = report;
  return {
    ...{ summary: cut(summary), keyPoints, sentiment, followUp },
    agreed: actions.map(({ text, dueInDays }) => ({ text, dueInDays })),
    objections: objections.map(({ text, answered }) => ({ text, answered })),
  };
}

/** YYYY-MM-DD, where the tenant is: "in two days" counts from there. */
export function todayOf({ now, timeZone }: Pick<LeadStory, "now" | "timeZone">): string {
  return dayOf(Date.parse(now), timeZone);
}

/** Stages that nobody knows any more are open. */
export function outcomeOf(deal: Deal, { stages }: Pick<LeadStory, "stages">): Stage["outcome"] {
  return stages.find(({ pipeline, key }) => pipeline === "deals" && key === deal.stage)?.outcome ?? "open";
}

/** Neither won nor lost, the newest first. */
export function openDealsOf(story: Pick<LeadStory, "deals" | "stages">): Deal[] {
  return story.deals.filter((deal) => outcomeOf(deal, story) === "open");
}

/** When somebody spoke, wrote or met last, from either side; null = never. */
export function lastContactOf({ lead, calls, messages, chats, pastAppointments }: LeadStory): string | null {
  const spoken = calls.filter(({ answeredAt }) => answeredAt !== null).map(({ startedAt }) => startedAt);
  const met = pastAppointments.filter(({ status }) => status === "done").map(({ startAt }) => startAt);
  const written = [...messages.map(({ at }) => at), ...chats.map(lastWordAt)];
  const all = [lead.lastContactAt, ...spoken, ...met, ...written];
  return (
    all
      .filter((at) => at !== null)
      .toSorted()
      .at(-1) ?? null
  );
}

export function stageLabel({ stages }: Pick<LeadStory, "stages">, pipeline: Stage["pipeline"], key: string) {
  return stages.find((stage) => stage.pipeline === pipeline && stage.key === key)?.label ?? key;
}

function pick<T, K extends keyof T>(record: T, fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Pick<T, K>;
}

function withoutEmpty<T extends object>(record: T): Partial<T> {
  const isSaid = (value: unknown) => value !== null && value !== "" && value !== undefined;
  return Object.fromEntries(Object.entries(record).filter(([, value]) => isSaid(value))) as Partial<T>;
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
