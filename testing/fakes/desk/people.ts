import type { Setting } from "../../../shared/entities/setting.ts";

export const base = {
  rev: 1,
  createdAt: "2026-01-05T08:00:00.000Z",
  updatedAt: "2026-01-05T08:00:00.000Z",
  kept: [],
};

const person = (userId: string, name: string, role: string, teamIds: string[]) => ({
  ...base,
  id: `person:${userId}`,
  kind: "person",
  order: 0,
  userId,
  name,
  email: `${userId}@northgate.example`,
  role,
  teamIds,
  active: true,
});

const stage = (pipeline: string, key: string, label: string, order: number, outcome = "open") => ({
  ...base,
  id: `stage:${pipeline}:${key}`,
  kind: "stage",
  order,
  pipeline,
  key,
  label,
  outcome,
  archived: false,
});

const field = (
  collection: string,
  key: string,
  label: string,
  type: string,
  order: number,
  options: string[] = [],
) => ({
  ...base,
  id: `field:${collection}:${key}`,
  kind: "field",
  order,
  collection,
  key,
  label,
  type,
  required: false,
  default: null,
  options,
  archived: false,
});

/** The demo tenant's settings, as its desks know them. */
export const fakeSettings = [
  person("ana", "Ana Ruiz", "agent", ["new"]),
  person("ben", "Ben Okafor", "agent", ["accounts"]),
  person("max", "Max Feldmann", "manager", ["new", "accounts"]),
  person("mei", "Mei Tanaka", "agent", ["new"]),
  person("priya", "Priya Nair", "agent", ["accounts"]),
  { ...base, id: "team:new", kind: "team", order: 0, teamId: "new", name: "New business" },
  { ...base, id: "team:accounts", kind: "team", order: 1, teamId: "accounts", name: "Accounts" },
  ...["New", "Contacted", "Qualified", "Tour", "Offer"].map((label, order) =>
    stage("leads", label.toLowerCase(), label, order),
  ),
  stage("leads", "won", "Won", 5, "won"),
  stage("leads", "lost", "Lost", 6, "lost"),
  ...["Interest", "Tour", "Offer", "Contract"].map((label, order) =>
    stage("deals", label.toLowerCase(), label, order),
  ),
  stage("deals", "won", "Won", 4, "won"),
  stage("deals", "lost", "Lost", 5, "lost"),
  ...[
    ["tour-booked", "Tour booked"],
    ["call-back", "Call back"],
    ["send-information", "Send information"],
    ["not-now", "Not now"],
    ["not-a-fit", "Not a fit"],
    ["no-answer", "No answer"],
    ["voicemail-left", "Voicemail left"],
    ["do-not-call-again", "Do not call again"],
  ].map(([key, label], order) => ({
    ...base,
    id: `disposition:${key}`,
    kind: "disposition",
    order,
    key,
    label,
    followUp: key === "call-back",
    archived: false,
  })),
  ...[
    ["spring-call-backs", "Spring call-backs"],
    ["new-enquiries", "New enquiries from the expo in Chicago and the open day"],
  ].map(([key, label], order) => ({
    ...base,
    ...{ id: `call-list:${key}`, kind: "call-list", order, key, label, userIds: [], teamIds: [] },
    ...{ mode: "preview", previewSeconds: 15, priority: 5, maxAttempts: 4, businessHoursOnly: false },
    retryMinutes: { "no-answer": 240, busy: 60, voicemail: 1_440, failed: null },
    ...{ paused: false, archived: false },
  })),
  ...["Lunch", "Training"].map((label, order) => ({
    ...base,
    ...{ id: `break-reason:${label.toLowerCase()}`, kind: "break-reason", order },
    ...{ key: label.toLowerCase(), label, archived: false },
  })),
  ...[
    [
      "short",
      "Short message",
      "Hello, this is Northgate Workspaces. Please call us back when you have a minute.",
    ],
    [
      "tour",
      "About the tour",
      "Hello, this is Northgate Workspaces about your tour. We call again tomorrow.",
    ],
  ].map(([key, label, text], order) => ({
    ...base,
    ...{ id: `greeting:${key}`, kind: "greeting", order, key, label, text },
    ...{ use: "drop", sound: "", archived: false },
  })),
  field("leads", "budget", "Budget", "money", 0),
  field("leads", "headcount", "Headcount", "number", 1),
  field("leads", "lease_ends", "Lease ends", "date", 2),
  field("leads", "area", "Preferred area", "text", 3),
  field("deals", "contract_years", "Contract, years", "number", 0),
  field("listings", "floor", "Floor", "number", 0),
  field("listings", "fit_out", "Fit-out", "select", 1, ["Shell", "Fitted", "Furnished"]),
  {
    ...base,
    id: "business",
    kind: "business",
    order: 0,
    name: "Northgate Workspaces",
    industry: "Office space",
    terms: {},
    timeZone: "America/Chicago",
    country: "US",
    currency: "USD",
    hours: Array.from({ length: 7 }, (_, day) => (day < 5 ? { opens: "09:00", closes: "18:00" } : null)),
    holidays: [],
  },
] as unknown as Setting[];
