import { usualBreakReasons, usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { listSettings } from "../../shared/entities/list-settings.ts";
import type { GivenRecord } from "../sync/index.ts";

const stages = [
  { key: "new", label: "New", outcome: "open" },
  { key: "contacted", label: "Contacted", outcome: "open" },
  { key: "qualified", label: "Qualified", outcome: "open" },
  { key: "offer", label: "Offer", outcome: "open" },
  { key: "won", label: "Won", outcome: "won" },
  { key: "lost", label: "Lost", outcome: "lost" },
];
const dispositions = [
  { key: "interested", label: "Interested", followUp: true },
  { key: "call-back", label: "Call back", followUp: true },
  { key: "not-interested", label: "Not interested", followUp: false },
  { key: "no-answer", label: "No answer", followUp: false },
  { key: "voicemail-left", label: "Voicemail left", followUp: false },
  { key: "do-not-call-again", label: "Do not call again", followUp: false, doNotCall: true },
];
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
    ...["leads", "deals"].flatMap((pipeline) =>
      listSettings(
        "stage",
        stages.map((stage) => ({ pipeline, ...stage })),
        pipeline,
      ),
    ),
    ...listSettings("disposition", dispositions),
    ...listSettings("break-reason", usualBreakReasons),
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
