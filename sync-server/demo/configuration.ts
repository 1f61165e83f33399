import { usualBreakReasons, usualPhoneRules, usualQueue } from "../../shared/calls/phone-rules.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { listSettings } from "../../shared/entities/list-settings.ts";
import type { CustomField, Filter, Setting, View } from "../../shared/entities/setting.ts";
import { demoCallLists, demoWindows } from "./call-lists.ts";
import { ana, ben } from "./people.ts";
import { demoPlaybooks } from "./playbooks.ts";
import { areas } from "./words/companies.ts";

export const demoTimeZone = "America/New_York";

/** Everything that explains Northgate's records, except its people and teams. */
export function northgateSettings(madeAt: Instant): Setting[] {
  const stamp = { rev: 1, createdAt: madeAt, updatedAt: madeAt, kept: [] };
  return given(madeAt).map((setting) => ({ ...setting, ...stamp }) as Setting);
}

type Given<S = Setting> = S extends Setting ? Omit<S, "rev" | "createdAt" | "updatedAt" | "kept"> : never;

function given(madeAt: Instant): Given[] {
  return [
    { id: "business" as RecordId, kind: "business", order: 0, ...business },
    ...listSettings("stage", leadStages, "leads"),
    ...listSettings("stage", dealStages, "deals"),
    ...fields.map((field, order): Given<CustomField> => {
      const id = `field:${field.collection}:${field.key}` as RecordId;
      return { id, kind: "field", order, required: false, default: null, archived: false, ...field };
    }),
    ...listSettings("disposition", dispositions),
    ...listSettings("queue", [
      { key: "sales", label: "Sales", userIds: [ana, ben], teamIds: [], ...usualQueue },
    ]),
    ...listSettings("break-reason", usualBreakReasons),
    ...listSettings("greeting", greetings),
    {
      id: "phone-rules" as RecordId,
      kind: "phone-rules",
      order: 0,
      ...usualPhoneRules,
      windows: [...demoWindows],
      // The demo's carrier charges nothing for it.
      detectMachines: true,
    },
    ...listSettings("call-list", demoCallLists),
    ...demoPlaybooks(madeAt),
    ...views.map(({ key, ...view }, order): Given<View> => {
      return {
        id: `view:${key}` as RecordId,
        kind: "view",
        order,
        ownerId: null,
        columns,
        layout: "list",
        ...view,
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
  { pipeline: "leads", key: "new", label: "New", outcome: "open" },
  { pipeline: "leads", key: "contacted", label: "Contacted", outcome: "open" },
  { pipeline: "leads", key: "qualified", label: "Qualified", outcome: "open" },
  { pipeline: "leads", key: "tour", label: "Tour", outcome: "open" },
  { pipeline: "leads", key: "offer", label: "Offer", outcome: "open" },
  { pipeline: "leads", key: "won", label: "Won", outcome: "won" },
  { pipeline: "leads", key: "lost", label: "Lost", outcome: "lost" },
] as const;

const dealStages = [
  { pipeline: "deals", key: "proposal", label: "Proposal", outcome: "open" },
  { pipeline: "deals", key: "terms", label: "Terms", outcome: "open" },
  { pipeline: "deals", key: "contract", label: "Contract", outcome: "open" },
  { pipeline: "deals", key: "signed", label: "Signed", outcome: "won" },
  { pipeline: "deals", key: "dropped", label: "Dropped", outcome: "lost" },
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
  { key: "tour-booked", label: "Tour booked", followUp: false },
  { key: "call-back", label: "Call back", followUp: true },
  { key: "send-information", label: "Send information", followUp: true },
  { key: "not-now", label: "Not now", followUp: true },
  { key: "not-a-fit", label: "Not a fit", followUp: false },
  { key: "no-answer", label: "No answer", followUp: false },
  { key: "voicemail-left", label: "Voicemail left", followUp: false },
  { key: "do-not-call-again", label: "Do not call again", followUp: false, doNotCall: true },
] as const;

const greetings = [
  {
    use: "drop",
    key: "short",
    label: "Call me back",
    text: "Hello, this is Northgate Workspaces. Nothing urgent: please call us back when you have a minute. Thank you.",
    sound: "",
  },
  {
    use: "drop",
    key: "tour",
    label: "About the tour",
    text: "Hello, this is Northgate Workspaces about your tour. We will try again tomorrow morning. Thank you.",
    sound: "",
  },
  {
    use: "mailbox",
    key: "mailbox",
    label: "Mailbox",
    text: "This is Northgate Workspaces. All of us are talking. Please leave your name and your number after the tone, and we call you back today.",
    sound: "",
  },
] as const;

const closed = ["won", "lost"];
const mineAndOpen: Filter[] = [
  { field: "ownerId", op: "is", values: ["me"] },
  { field: "stage", op: "is-not", values: closed },
];

const columns = ["company", "stage", "score", "lastContactAt", "nextTask", "ownerId", "phone"];
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
