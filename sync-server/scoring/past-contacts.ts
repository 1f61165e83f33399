import { factsAt } from "../../shared/scoring/conversion/lead-facts.ts";
import type { KnownLead } from "./read-histories.ts";
import type { Contact } from "./learning/learner.ts";

/** A call is said to have led to what was won within so long. */
const horizonMs = 30 * 86_400_000;

export type DatedContact = Contact & { at: number };

/**
 * The calls of a lead as something to learn from: what was known when each began, and whether the lead was won within
 * 30 days. A call that is younger says nothing yet, whatever has come of it: taking only those that were won already
 * would make the last weeks look better than they are. What came after it was won is no try to win it.
 */
export function pastContacts(known: KnownLead, nowMs: number): DatedContact[] {
  return known.touches.flatMap((touch) => {
    if (touch.kind !== "call" || touch.at > nowMs - horizonMs) return [];
    if (known.wonAt !== null && touch.at >= known.wonAt) return [];
    const converted = known.wonAt !== null && known.wonAt - touch.at <= horizonMs;
    return [{ at: touch.at, converted, facts: factsAt(known, touch.at) }];
  });
}

/**
 * How many contacts had come to something when another was made: those of 30 days before.
 * @param contacts oldest first
 */
export function knownAmong(contacts: readonly DatedContact[]): (start: number) => number {
  let known = 0;
  const counts = contacts.map(({ at }) => {
    while ((contacts[known]?.at ?? Infinity) + horizonMs <= at) known += 1;
    return known;
  });
  return (start) => counts[start] ?? contacts.length;
}
