import type { ConsentRule, DialRules } from "./dial-rules.ts";
import type { Announcement, RecordingLaw } from "./dial-verdict.ts";
import { holdsFor, type Whereabouts } from "./locate-person.ts";

/** What must be said before a call is recorded. The office's law holds beside the called person's: the stricter one. */
export function announcementFor(place: Place, rules: DialRules): Announcement {
  if (!rules.records) return { kind: "none", because: "Calls are not recorded." };
  return [...placesOf(place), placeOf(rules.office)]
    .map((one) => announcementBy(ruleFor(one, rules.consent)))
    .reduce((a, b) => (stricterOf(a.kind, b.kind) === a.kind ? a : b));
}

function announcementBy({ consent, source }: ConsentRule): Announcement {
  return { kind: consent === "one-party" ? "none" : consent, because: source };
}

/** Of two places whose people hear each other. */
export function stricterOf(one: RecordingLaw, other: RecordingLaw): RecordingLaw {
  const byStrictness = ["none", "inform", "ask"] as const;
  return byStrictness.indexOf(other) > byStrictness.indexOf(one) ? other : one;
}

/** Where no rule says anything, saying it is never wrong. */
const unknown: ConsentRule = { where: "*", consent: "inform", source: "No rule is known for this place." };

type Place = Pick<Whereabouts, "country" | "regions">;

function ruleFor(place: Place, rules: readonly ConsentRule[]): ConsentRule {
  const matching = rules.filter(({ where }) => holdsFor(where, place));
  return matching.toSorted((a, b) => b.where.length - a.where.length)[0] ?? unknown;
}

/** One place for each region: each has a law of its own. */
function placesOf({ country, regions }: Place): Place[] {
  return regions.length === 0 ? [{ country, regions }] : regions.map((region) => placeOf(region));
}

function placeOf(where: string): Place {
  return { country: where.slice(0, 2), regions: where.length > 2 ? [where] : [] };
}
