import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import type { GivenRecord } from "../sync/index.ts";

const stages = [
  ["new", "New", "open"],
  ["contacted", "Contacted", "open"],
  ["qualified", "Qualified", "open"],
  ["offer", "Offer", "open"],
  ["won", "Won", "won"],
  ["lost", "Lost", "lost"],
] as const;
const dispositions = [
  ["interested", "Interested", true],
  ["call-back", "Call back", true],
  ["not-interested", "Not interested", false],
  ["no-answer", "No answer", false],
  ["voicemail-left", "Voicemail left", false],
] as const;
const breakReasons = [
  ["lunch", "Lunch"],
  ["coffee", "Coffee"],
  ["meeting", "Meeting"],
  ["training", "Training"],
] as const;
const weekday = { opens: "09:00", closes: "17:00" };

/** What a new tenant begins with, so that its first agent can work before its admin has configured anything. */
export function firstSettings(name: string): GivenRecord[] {
  return [
    {
      id: "business",
      kind: "business",
      order: 0,
      name,
      industry: "",
      terms: {
        lead: "lead",
        leads: "leads",
        deal: "deal",
        deals: "deals",
        listing: "listing",
        listings: "listings",
      },
      timeZone: "America/New_York",
      country: "US",
      currency: "USD",
      hours: [weekday, weekday, weekday, weekday, weekday, null, null],
      holidays: [],
    },
    ...(["leads", "deals"] as const).flatMap((pipeline) =>
      stages.map(([key, label, outcome], order) => {
        const id = `stage:${pipeline}:${key}`;
        return { id, kind: "stage", order, pipeline, key, label, outcome, archived: false };
      }),
    ),
    ...dispositions.map(([key, label, followUp], order) => {
      return { id: `disposition:${key}`, kind: "disposition", order, key, label, followUp, archived: false };
    }),
    ...breakReasons.map(([key, label], order) => {
      return { id: `break-reason:${key}`, kind: "break-reason", order, key, label, archived: false };
    }),
    { id: "phone-rules", kind: "phone-rules", order: 0, ...usualPhoneRules },
    {
      id: "view:all-leads",
      kind: "view",
      order: 0,
      name: "All leads",
      ownerId: null,
      filters: [],
      sort: { field: "name", direction: "asc" },
      columns: ["company", "stage", "lastContactAt", "nextTask", "ownerId", "phone"],
      layout: "list",
    },
  ];
}
