import { defaultWindows } from "../../shared/calls/compliance/default-rules.ts";
import type { WindowRule } from "../../shared/calls/compliance/dial-rules.ts";
import type { Call } from "../../shared/entities/call.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { CallList } from "../../shared/entities/setting.ts";
import type { schema } from "../database/index.ts";
import { ana, ben, demoTenant } from "./people.ts";

type Own = Omit<CallList, "id" | "kind" | "order" | "rev" | "createdAt" | "updatedAt" | "kept" | "archived">;

const retryMinutes = { "no-answer": 240, busy: 60, voicemail: 1_440, failed: null };
const usual = { userIds: [ana, ben], teamIds: [], previewSeconds: 15, maxAttempts: 4, retryMinutes, businessHoursOnly: false, paused: false }; // prettier-ignore

/** One list that its agents read before they dial, and one that dials by itself. */
export const demoCallLists: readonly Own[] = [
  { ...usual, key: "spring-call-backs", label: "Spring call-backs", mode: "preview", priority: 5 },
  { ...usual, key: "new-enquiries", label: "New enquiries", mode: "power", priority: 7 },
];

/**
 * The people of the demo are made up and live by the clocks of North America: it may call them at any hour, so that it
 * can be tried wherever and whenever somebody looks at it. No real tenant begins like this.
 */
export const demoWindows: readonly WindowRule[] = defaultWindows.map(({ where }) => ({
  where,
  days: Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]),
  onHolidays: "open",
  source: "the demo’s people are made up",
}));

type Entry = typeof schema.callListEntries.$inferInsert;

const springSize = 40;
const enquiriesSize = 12;
/** Place in the spring list of the one who named a time. */
const promisedPlace = 5;
const promisedAfterMs = 2 * 3_600_000;

/** Whom the demo's lists hold: Ana's and Ben's own leads, some of them tried before, one promised a time. */
export function demoEntries(leads: readonly Lead[], calls: readonly Call[], now: Instant): Entry[] {
  const own = leads.filter(
    ({ ownerId, phone, doNotCall }) => (ownerId === ana || ownerId === ben) && phone !== "" && !doNotCall,
  );
  const missed = new Map(
    calls.flatMap((call) =>
      call.direction === "outbound" && call.answeredAt === null && call.leadId !== null
        ? [[call.leadId as string, call] as const]
        : [],
    ),
  );
  const spring = own.filter(({ stage }) => stage === "contacted").slice(0, springSize);
  const enquiries = own.filter(({ stage }) => stage === "new").slice(0, enquiriesSize);
  return [
    ...spring.map((lead, index) =>
      index === promisedPlace
        ? entry("spring-call-backs", lead, undefined, now, new Date(Date.parse(now) + promisedAfterMs))
        : entry("spring-call-backs", lead, missed.get(lead.id), now, null),
    ),
    ...enquiries.map((lead) => entry("new-enquiries", lead, undefined, now, null)),
  ];
}

function entry(
  listKey: string,
  { id }: Lead,
  missed: Call | undefined,
  now: Instant,
  promised: Date | null,
): Entry {
  const addedAt = new Date(now);
  return {
    ...{ tenantId: demoTenant.id, id: `entry:${listKey}:${id}`, listKey, leadId: id, priority: 5 },
    ...{ state: "waiting", notBefore: promised, because: promised ? "asked" : "new" },
    attempts: missed ? 1 : 0,
    lastOutcome: missed ? "no-answer" : null,
    lastAt: missed ? new Date(missed.startedAt) : null,
    lastCallId: missed?.id ?? null,
    ...{ addedBy: ana, addedAt, changedAt: addedAt },
  };
}
