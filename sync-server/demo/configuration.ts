import { usualPhoneRules, usualQueue } from "../../shared/calls/phone-rules.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import type { CustomField, Filter, Setting, SettingOf, Stage, View } from "../../shared/entities/setting.ts";
import { demoCallLists, demoWindows } from "./call-lists.ts";
import { ana, ben } from "./people.ts";
import { areas } from "./words/companies.ts";

export const demoTimeZone = "America/New_York";

/** Everything that explains Northgate's records, except its people and teams. */
export function northgateSettings(madeAt: Instant): Setting[] {
  const base = (id: string, order: number) => ({
    id: id as RecordId,
    rev: 1,
    createdAt: madeAt,
    updatedAt: madeAt,
    kept: [],
    order,
  });
  return [
    { ...base("business", 0), kind: "business", ...business },
    ...leadStages.map(([key, label, outcome], index): Stage => {
      return {
        ...base(`stage:leads:${key}`, index),
        kind: "stage",
        pipeline: "leads",
        key,
        label,
        outcome,
        archived: false,
      };
    }),
    ...dealStages.map(([key, label, outcome], index): Stage => {
      return {
        ...base(`stage:deals:${key}`, index),
        kind: "stage",
        pipeline: "deals",
        key,
        label,
        outcome,
        archived: false,
      };
    }),
    ...fields.map((field, index): CustomField => {
      return {
        ...base(`field:${field.collection}:${field.key}`, index),
        kind: "field",
        required: false,
        default: null,
        archived: false,
        ...field,
      };
    }),
    ...dispositions.map(([key, label, followUp], index): SettingOf<"disposition"> => {
      return {
        ...base(`disposition:${key}`, index),
        kind: "disposition",
        key,
        label,
        followUp,
        archived: false,
      };
    }),
    {
      ...base("queue:sales", 0),
      kind: "queue",
      key: "sales",
      label: "Sales",
      userIds: [ana, ben],
      teamIds: [],
      ...usualQueue,
      archived: false,
    },
    ...breakReasons.map(([key, label], index): SettingOf<"break-reason"> => {
      return { ...base(`break-reason:${key}`, index), kind: "break-reason", key, label, archived: false };
    }),
    ...greetings.map(([use, key, label, text], index): SettingOf<"greeting"> => {
      const own = { ...base(`greeting:${key}`, index), kind: "greeting" as const, archived: false };
      return { ...own, use, key, label, text, sound: "" };
    }),
    {
      ...base("phone-rules", 0),
      kind: "phone-rules",
      ...usualPhoneRules,
      windows: [...demoWindows],
      // The demo's carrier charges nothing for it.
      detectMachines: true,
    },
    ...demoCallLists.map((list, index): SettingOf<"call-list"> => {
      return { ...base(`call-list:${list.key}`, index), kind: "call-list", ...list, archived: false };
    }),
    ...views.map((view, index): View => {
      return {
        ...base(`view:${view.key}`, index),
        kind: "view",
        name: view.name,
        ownerId: null,
        filters: view.filters,
        sort: view.sort,
        columns: ["company", "stage", "score", "lastContactAt", "nextTask", "ownerId", "phone"],
        layout: "list",
      };
    }),
  ];
}

const officeHours = { opens: "08:30", closes: "18:00" };
const business = {
  name: "Northgate Workspaces",
  industry: "Flexible office space",
  terms: {
    lead: "lead",
    leads: "leads",
    deal: "deal",
    deals: "deals",
    listing: "floor",
    listings: "floors",
  },
  timeZone: demoTimeZone,
  country: "US",
  currency: "USD",
  hours: [
    officeHours,
    officeHours,
    officeHours,
    officeHours,
    { opens: "08:30", closes: "16:00" },
    { opens: "10:00", closes: "14:00" },
    null,
  ],
  holidays: [
    { on: "2026-11-26", name: "Thanksgiving" },
    { on: "2026-12-25", name: "Christmas Day" },
    { on: "2027-01-01", name: "New Year’s Day" },
    { on: "2027-07-05", name: "Independence Day, observed" },
  ],
};

const leadStages = [
  ["new", "New", "open"],
  ["contacted", "Contacted", "open"],
  ["qualified", "Qualified", "open"],
  ["tour", "Tour", "open"],
  ["offer", "Offer", "open"],
  ["won", "Won", "won"],
  ["lost", "Lost", "lost"],
] as const;

const dealStages = [
  ["proposal", "Proposal", "open"],
  ["terms", "Terms", "open"],
  ["contract", "Contract", "open"],
  ["signed", "Signed", "won"],
  ["dropped", "Dropped", "lost"],
] as const;

type FieldSpec = Pick<CustomField, "collection" | "key" | "label" | "type" | "options">;
const fields: FieldSpec[] = [
  { collection: "leads", key: "budget", label: "Budget", type: "money", options: [] },
  { collection: "leads", key: "headcount", label: "Headcount", type: "number", options: [] },
  { collection: "leads", key: "move_in", label: "Move-in", type: "date", options: [] },
  { collection: "leads", key: "lease_ends", label: "Lease ends", type: "date", options: [] },
  {
    collection: "leads",
    key: "preferred_area",
    label: "Preferred area",
    type: "multi-select",
    options: [...areas],
  },
  { collection: "leads", key: "parking", label: "Parking", type: "text", options: [] },
  { collection: "leads", key: "decision", label: "Decision", type: "text", options: [] },
  { collection: "listings", key: "desks", label: "Desks", type: "number", options: [] },
  { collection: "listings", key: "floor", label: "Floor", type: "number", options: [] },
  { collection: "deals", key: "term_months", label: "Term, months", type: "number", options: [] },
];

const dispositions = [
  ["tour-booked", "Tour booked", false],
  ["call-back", "Call back", true],
  ["send-information", "Send information", true],
  ["not-now", "Not now", true],
  ["not-a-fit", "Not a fit", false],
  ["no-answer", "No answer", false],
  ["voicemail-left", "Voicemail left", false],
  ["do-not-call-again", "Do not call again", false],
] as const;

const greetings = [
  [
    "drop",
    "short",
    "Call me back",
    "Hello, this is Northgate Workspaces. Nothing urgent: please call us back when you have a minute. Thank you.",
  ],
  [
    "drop",
    "tour",
    "About the tour",
    "Hello, this is Northgate Workspaces about your tour. We will try again tomorrow morning. Thank you.",
  ],
  [
    "mailbox",
    "mailbox",
    "Mailbox",
    "This is Northgate Workspaces. All of us are talking. Please leave your name and your number after the tone, and we call you back today.",
  ],
] as const;

const breakReasons = [
  ["lunch", "Lunch"],
  ["coffee", "Coffee"],
  ["meeting", "Meeting"],
  ["training", "Training"],
] as const;

const closed = ["won", "lost"];
const mineAndOpen: Filter[] = [
  { field: "ownerId", op: "is", values: ["me"] },
  { field: "stage", op: "is-not", values: closed },
];

const views: { key: string; name: string; filters: Filter[]; sort: View["sort"] }[] = [
  {
    key: "hot-this-week",
    name: "Hot this week",
    filters: [
      { field: "score", op: "at-least", values: [55] },
      { field: "stage", op: "is-not", values: ["lost"] },
      { field: "custom.budget", op: "over", values: [250_000] },
    ],
    sort: { field: "score", direction: "desc" },
  },
  {
    key: "my-open-leads",
    name: "My open leads",
    filters: mineAndOpen,
    sort: { field: "score", direction: "desc" },
  },
  {
    key: "call-backs-today",
    name: "Call-backs today",
    filters: [
      { field: "ownerId", op: "is", values: ["me"] },
      { field: "nextTask", op: "within-days", values: [0] },
    ],
    sort: { field: "nextTask", direction: "asc" },
  },
  {
    key: "quiet-14-days",
    name: "Quiet 14 days",
    filters: [...mineAndOpen, { field: "lastContactAt", op: "older-than-days", values: [14] }],
    sort: { field: "lastContactAt", direction: "asc" },
  },
  { key: "all-leads", name: "All leads", filters: [], sort: { field: "name", direction: "asc" } },
];
