import type { ConsentRule, DialRules } from "./dial-rules.ts";
import type { Announcement, RecordingLaw } from "./dial-verdict.ts";
import { holdsFor, type Whereabouts } from "./locate-person.ts";

/** What must be said before a call is recorded. Our own places' law holds beside the other side's: the strictest. */
export function announcementFor(place: Place, rules: DialRules): Announcement {
  if (!rules.records) return { kind: "none", because: "Calls are not recorded." };
  return [...placesOf(place), ...rules.offices.map(placeOf)]
    .flatMap((one) => rulesFor(one, rules.consent))
    .map(announcementBy)
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

/** The most particular rule; where nobody knows in which region of a country they are, those of all its regions too. */
function rulesFor(place: Place, rules: readonly ConsentRule[]): ConsentRule[] {
  const matching = rules.filter(({ where }) => holdsFor(where, place));
  const own = matching.toSorted((a, b) => b.where.length - a.where.length)[0] ?? unknown;
  if (place.regions.length > 0 || place.country === "") return [own];
  const regional = rules.filter(({ where }) => where.startsWith(`${place.country}-`));
  return [own, ...regional.map((rule) => ({ ...rule, source: `${rule.source}; the region is not known` }))];
}

/** One place for each region: each has a law of its own. */
function placesOf({ country, regions }: Place): Place[] {
  return regions.length === 0 ? [{ country, regions }] : regions.map((region) => placeOf(region));
}

function placeOf(where: string): Place {
  return { country: where.slice(0, 2), regions: where.length > 2 ? [where] : [] };
}
