import { addDays, addHours, format, isAfter, isBefore, startOfDay } from "date-fns";
import type { Call } from "../../../shared/entities/call.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { DealRow, TaskRow } from "../../../shared/rpc/contract/work.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { fields } from "../blank-fields.ts";
import { base } from "./people.ts";

type Row = Record<string, unknown>;
export type FakeWork = {
  tasks: TaskRow[];
  deals: DealRow[];
  listings: Listing[];
  calls: (Call & { leadName: string | null })[];
};

export const leadNames = [
  "Wei Chen",
  "Tobias Lindgren",
  "Amara Nwosu",
  "Caitlin O’Rourke",
  "Maria Kowalski",
  "Samuel Adeyemi",
  "Ines Moreau",
  "Dmitri Sokolov",
  "Priscilla Vandermeer-Oyelaran of Saint-Germain-des-Prés",
  "نور السيد",
  "Grant Ellison",
];

export function createFakeWork(now: Date): FakeWork {
  const today = startOfDay(now);
  const at = (days: number, hour: number, minute = 0) =>
    new Date(addDays(today, days).getTime() + (hour * 60 + minute) * 60_000).toISOString();
  const day = (days: number) => dueOfDay(format(addDays(today, days), "yyyy-MM-dd"));
  return { tasks: tasksOf(at, day), deals: dealsOf(), listings: listingsOf(), calls: callsOf(now) };
}

function tasksOf(
  at: (days: number, hour: number, minute?: number) => string,
  day: (days: number) => string,
): TaskRow[] {
  const task = (title: string, lead: number | null, own: Row = {}) => ({
    ...base,
    id: `task-${title.replaceAll(/\W+/gu, "-").toLowerCase()}`,
    ...fields.task({
      title,
      assigneeId: "ana",
      teamId: "new",
      leadId: lead === null ? null : `lead-${lead}`,
    }),
    leadName: lead === null ? null : leadNames[lead],
    dealName: null,
    waiting: false,
    ...own,
  });
  return [
    task("First call", 10, { dueAt: at(-1, 11), priority: "high" }),
    task("Send the service charge breakdown", 8, { dueAt: day(-3), allDay: true }),
    task("Call back about the fourth floor", 0, { dueAt: at(0, 23, 30), priority: "urgent", waiting: true }),
    task("Chase signature", 3, {
      dueAt: at(0, 23, 45),
      notes: "Her assistant has the papers.\nAsk for Fiona.",
    }),
    task("Review lease", 2, { dueAt: at(0, 23, 50) }),
    task("Expense report", null, { dueAt: day(0), allDay: true, recurrence: "FREQ=MONTHLY" }),
    task("Draft proposal", 4, { dueAt: at(1, 10, 30), remindAt: at(1, 10) }),
    task("Team call", null, { dueAt: at(2, 9), recurrence: "FREQ=WEEKLY;BYDAY=MO,TH" }),
    task("Parking question", 6, { dueAt: at(4, 10) }),
    task("اتصل بشأن العقد", 9, { dueAt: at(5, 15) }),
    task("Second tour with the whole of the finance department, their architect, and whoever signs", 7, {
      dueAt: at(24, 9),
    }),
    task("Read up on the Fulton Market zoning change", null),
    task("Check parking, 6 spaces", 4, { dueAt: at(3, 12), snoozedUntil: at(2, 9) }),
    task("Send floor plans", 1, { dueAt: at(0, 9), doneAt: at(0, 9, 40) }),
    task("Book the meeting room", null, { doneAt: at(-1, 16) }),
  ] as unknown as TaskRow[];
}

function dealsOf(): DealRow[] {
  const deal = (
    id: number,
    name: string,
    stage: string,
    value: number | null,
    lead: number,
    own: Row = {},
  ) => ({
    ...base,
    id: `deal-${id}`,
    name,
    leadId: `lead-${lead}`,
    leadName: leadNames[lead],
    listingId: id % 2 === 0 ? "listing-1" : null,
    listingTitle: id % 2 === 0 ? "Fourth floor, 210 Canal St" : null,
    stage,
    value,
    currency: "USD",
    expectedCloseOn: "2026-12-18",
    probability: 40 + 5 * (id % 8),
    ownerId: id % 3 === 0 ? "ben" : "ana",
    teamId: "new",
    notes: "",
    custom: {},
    waiting: false,
    ...own,
  });
  return [
    deal(1, "Two floors near the loop", "interest", 312_000, 0),
    deal(2, "Fourth floor, 210 Canal St", "offer", 486_000, 4, { waiting: true }),
    deal(3, "Ground floor showroom with a loading bay and its own entrance on Randolph", "interest", null, 8),
    deal(4, "Serviced suite, 12 desks", "tour", 96_000, 2, { expectedCloseOn: "2026-11-02" }),
    deal(5, "Headquarters, 300 desks", "contract", 2_150_000, 5, { currency: "EUR" }),
    deal(6, "Swing space for six months", "tour", 54_500, 6, { probability: null, expectedCloseOn: null }),
    deal(7, "Canal St, fifth floor", "won", 402_000, 3),
    deal(8, "Lakeview suite", "interest", 120_000, 7),
  ] as unknown as DealRow[];
}

function listingsOf(): Listing[] {
  const titles = [
    "Fourth floor, 210 Canal St",
    "Fifth floor, 210 Canal St",
    "Suite 900, Lakeview Tower",
    "Ground floor showroom, Randolph St",
    "Serviced suite, 12 desks",
    "Warehouse loft, Fulton Market",
    "Penthouse floor with a terrace on three sides and a view of the lake",
    "Garden office",
  ];
  return titles.map((title, index) => ({
    ...base,
    id: `listing-${index + 1}`,
    title,
    address: `${210 + index * 14} ${index % 2 ? "Wells" : "Canal"} St`,
    city: index % 3 === 0 ? "Evanston" : "Chicago",
    type: index % 3 === 2 ? "Suite" : "Office floor",
    status: (
      ["available", "reserved", "available", "draft", "available", "sold", "available", "available"] as const
    )[index],
    price: index === 3 ? null : 96_000 + index * 58_500,
    currency: "USD",
    bedrooms: null,
    bathrooms: 2 + (index % 3),
    parking: index * 2,
    landSize: 320 + index * 145,
    features: ["Loading bay", "Raised floor", "Shower"].slice(0, index % 4),
    description: "Corner unit, light from two sides.\nService charge includes heating.",
    ownerId: index % 2 ? "ben" : "ana",
    custom: { floor: index + 1, fit_out: "Fitted" },
  })) as unknown as Listing[];
}

function callsOf(now: Date): FakeWork["calls"] {
  const reasons = ["completed", "completed", "no-answer", "completed", "voicemail"] as const;
  return [4, 1, 6, 7, 5].map((lead, index) => {
    const startedAt = addHours(now, -0.2 - index * 0.9);
    const endReason = reasons[index] ?? "completed";
    return {
      ...base,
      id: `call-${index}`,
      leadId: `lead-${lead}`,
      leadName: leadNames[lead] ?? null,
      agentId: "ana",
      teamId: "new",
      direction: index % 2 ? "inbound" : "outbound",
      from: "+13125550100",
      to: "+13125550147",
      startedAt: startedAt.toISOString(),
      answeredAt: endReason === "completed" ? startedAt.toISOString() : null,
      endedAt: new Date(startedAt.getTime() + (130 + index * 97) * 1000).toISOString(),
      endReason,
      disposition: "",
      notes: "",
      summary: "",
      sentiment: "",
      recording: "",
    };
  }) as unknown as FakeWork["calls"];
}

export function scopeOf(task: TaskRow, now: Date): "today" | "upcoming" | "someday" | "snoozed" | "done" {
  if (task.doneAt) return "done";
  if (task.snoozedUntil && isAfter(new Date(task.snoozedUntil), now)) return "snoozed";
  if (!task.dueAt) return "someday";
  return isBefore(new Date(task.dueAt), addDays(startOfDay(now), 1)) ? "today" : "upcoming";
}
