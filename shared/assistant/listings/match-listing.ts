import type { CustomValue } from "../../entities/fields.ts";
import type { Lead } from "../../entities/lead.ts";
import type { Listing } from "../../entities/listing.ts";
import { byChance } from "./standing-out.ts";

/** How well one listing fits one person, and why; scores below `worthShowing` are no matches. */
export type Match = { listingId: string; score: number; reasons: string[]; against: string[] };
export const worthShowing = 50;

/** One thing that is known of what they want, against what a listing has. */
type Sign = { points: number; reason: string };

/** Of something of which nothing is known; two things that fit make it worth showing, five of them the best. */
const start = 30;
const mostReasons = 3;
const mostFeatures = 2;

/**
 * What fields, tags and notes of a person say against the facts of a listing.
 * @param nearness of their words to the listing's, as it stands out among what is on offer; null = nobody has compared them
 * @param currency of the organisation, in which a budget is: a price in another one is not compared with it
 * @returns null for what cannot be had (sold, a draft)
 */
export function matchListing(
  lead: Lead,
  listing: Listing,
  nearness: number | null,
  currency: string,
): Match | null {
  if (listing.status === "sold" || listing.status === "draft") return null;
  const signs = [
    listing.currency === currency ? budgetSign(lead, listing) : null,
    placeSign(lead, listing),
    ...sizeSigns(lead, listing),
    ...featureSigns(lead, listing),
    nearnessSign(nearness),
    listing.status === "reserved" ? { points: -10, reason: "reserved" } : null,
  ].filter((sign) => sign !== null);
  const score = signs.reduce((sum, { points }) => sum + points, start);
  const told = (wanted: (sign: Sign) => boolean) =>
    signs
      .filter((sign) => sign.reason !== "" && wanted(sign))
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
      .slice(0, mostReasons)
      .map(({ reason }) => reason);
  return {
    listingId: listing.id,
    score: Math.max(0, Math.min(100, Math.round(score))),
    reasons: told(({ points }) => points > 0),
    against: told(({ points }) => points < 0),
  };
}

function budgetSign({ custom }: Lead, { price }: Listing): Sign | null {
  const budget = custom["budget"];
  if (typeof budget !== "number" || budget <= 0 || price === null) return null;
  const over = Math.round((price / budget - 1) * 100);
  if (over <= -50) return { points: 5, reason: "far below their budget" };
  if (over <= 0) return { points: 20, reason: "within their budget" };
  if (over <= 10) return { points: 5, reason: `${over} % over their budget` };
  return { points: -Math.min(40, 10 + over / 2), reason: `${over} % over their budget` };
}

/** Where they want to be, as they said it; else where they are. */
function placeSign(lead: Lead, listing: Listing): Sign | null {
  const where = fold(`${listing.title} ${listing.address} ${listing.city} ${listing.description}`);
  const wanted = Object.entries(lead.custom)
    .filter(([key]) => /area|location|city|suburb|district|region/u.test(key))
    .flatMap(([, value]) => textsOf(value));
  const found = wanted.find((area) => isNamed(where, area));
  if (found) return { points: 18, reason: `in ${found}` };
  if (lead.city === "" || listing.city === "") return null;
  if (fold(lead.city) === fold(listing.city)) return { points: 10, reason: `in ${listing.city}` };
  return { points: -25, reason: `in ${listing.city}, they are in ${lead.city}` };
}

/** Fields that mean the same on either side; a tenant's own of equal names are found besides. */
const pairs: readonly (readonly [lead: string, listing: string, unit: string])[] = [
  ["headcount", "desks", "desks"],
  ["bedrooms", "bedrooms", "bedrooms"],
  ["bathrooms", "bathrooms", "bathrooms"],
  ["parking", "parking", "parking spaces"],
  ["size", "landSize", "m²"],
];

function sizeSigns(lead: Lead, listing: Listing): (Sign | null)[] {
  const has: Readonly<Record<string, unknown>> = { ...listing.custom, ...listing };
  const named = pairs.map(([of]) => of);
  const own = Object.keys(lead.custom).filter((key) => key in listing.custom && !named.includes(key));
  const all = [...pairs, ...own.map((key) => [key, key, key.replaceAll("_", " ")] as const)];
  return all.map(([of, on, unit]) => sizeSign(numberIn(lead.custom[of]), has[on], unit));
}

function sizeSign(wanted: number | null, has: unknown, unit: string): Sign | null {
  if (wanted === null || wanted <= 0 || typeof has !== "number") return null;
  const share = has / wanted;
  const reason = `${has} ${unit} for ${wanted}`;
  if (share >= 0.95 && share <= 1.6) return { points: 12, reason };
  if (share > 1.6) return { points: share > 3 ? -10 : 0, reason };
  return { points: -Math.min(25, 50 * (1 - share)), reason };
}

/** "6 spaces" wants six. */
function numberIn(value: CustomValue | undefined): number | null {
  if (typeof value === "number") return value;
  const found = typeof value === "string" ? /\d+(?:\.\d+)?/u.exec(value) : null;
  return found ? Number(found[0]) : null;
}

function featureSigns(lead: Lead, { features }: Listing): Sign[] {
  const said = fold([lead.notes, ...lead.tags, ...Object.values(lead.custom).flatMap(textsOf)].join(" "));
  return features.filter((feature) => isNamed(said, feature)).slice(0, mostFeatures).map((feature) => ({ points: 4, reason: feature.toLocaleLowerCase() })); // prettier-ignore
}

/** Only what is clearly nearer than by chance counts. */
function nearnessSign(nearness: number | null): Sign | null {
  if (nearness === null || nearness <= byChance) return null;
  const points = Math.min(20, 40 * (nearness - byChance));
  return { points, reason: points >= 6 ? "near to what they said" : "" };
}

function textsOf(value: CustomValue): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return Array.isArray(value) ? value : [];
}

/** In whole words: "loop" is not in "loophole". */
function isNamed(text: string, name: string): boolean {
  const wanted = fold(name);
  return wanted.length > 1 && ` ${text} `.includes(` ${wanted} `);
}

function fold(text: string): string {
  return text.toLocaleLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim(); // prettier-ignore
}

/** The best first; of equals the newer listing. */
export function rankMatches(matches: readonly (Match | null)[], most: number): Match[] {
  return matches
    .filter((match) => match !== null)
    .filter(({ score, reasons }) => score >= worthShowing && reasons.length > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
}
