import type { DialFacts } from "../../../shared/calls/compliance/dial-facts.ts";
import type { DialVerdict } from "../../../shared/calls/compliance/dial-verdict.ts";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import type { EntryEvent, ListRules } from "../../../shared/calls/outbound/next-entry.ts";

/** The same dial as a list makes it: with attempts that are counted, and without the freedom of a hand. */
export function asCampaign(
  facts: DialFacts,
  { attempts }: Pick<CallListEntry, "attempts">,
  { maxAttempts }: Pick<ListRules, "maxAttempts">,
): DialFacts {
  return { ...facts, how: "campaign", attempts, maxAttempts };
}

/** What it means for an entry that somebody must not be dialled now: another time, or never. */
export function eventOfBlock({ code, untilMs }: Extract<DialVerdict, { kind: "blocked" }>): EntryEvent {
  if (untilMs === null) return { type: "blocked" };
  const because = code === "too-many-dials" || code === "too-soon" ? "cap" : "hours";
  return { type: "put-off", until: new Date(untilMs).toISOString(), because };
}
