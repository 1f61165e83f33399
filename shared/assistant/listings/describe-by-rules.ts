import type { Listing } from "../../entities/listing.ts";
import type { QuestionAbout } from "../question.ts";

/** What a listing is, from its facts alone, in English. Says nothing that no field says. */
export function listingByRules({ tone, length }: QuestionAbout<"listing">, listing: Listing): string {
  const parts = [openingOf(listing, tone), sizesOf(listing), featuresOf(listing, tone)];
  if (length === "short") return parts.slice(0, 2).filter(Boolean).join(" ");
  const price = listing.price === null ? "" : `Price: ${priceWords(listing)}.`;
  const invitation = { friendly: "Come and see it.", neutral: "Viewings by appointment.", formal: "We would be glad to arrange a viewing." }[tone]; // prettier-ignore
  const rest = length === "long" ? [moreOf(listing), price, invitation] : [price];
  return [...parts, ...rest].filter((part) => part !== "").join(length === "long" ? "\n\n" : " ");
}

function openingOf({ title, type, address, city }: Listing, tone: QuestionAbout<"listing">["tone"]): string {
  const what = type === "" ? title : `${title}: ${withArticle(type.toLocaleLowerCase())}`;
  const where = [address, city].filter((part) => part !== "" && !title.includes(part)).join(", ");
  const opening = where === "" ? what : `${what}, ${where}`;
  return tone === "friendly" ? `Have a look at ${opening}.` : `${opening}.`;
}

function withArticle(noun: string): string {
  return /^[aeiou]/u.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function sizesOf({ bedrooms, bathrooms, parking, landSize }: Listing): string {
  const sizes = [
    counted(bedrooms, "bedroom", "bedrooms"),
    counted(bathrooms, "bathroom", "bathrooms"),
    counted(parking, "parking space", "parking spaces"),
    landSize === null ? "" : `${group(landSize)} m²`,
  ].filter((size) => size !== "");
  return sizes.length === 0 ? "" : `It has ${listed(sizes)}.`;
}

function featuresOf({ features }: Listing, tone: QuestionAbout<"listing">["tone"]): string {
  if (features.length === 0) return "";
  const names = listed(features.map((feature, at) => (at === 0 ? feature : lowerFirst(feature))));
  return tone === "friendly" ? `What you will like: ${names}.` : `Features: ${names}.`;
}

/** The tenant's own fields, by the names they gave them. */
function moreOf({ custom }: Listing): string {
  return Object.entries(custom)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([key, value]) => `${key.replaceAll("_", " ")}: ${String(value)}`)
    .map((fact) => `${fact.charAt(0).toLocaleUpperCase()}${fact.slice(1)}.`)
    .join(" ");
}

function priceWords({ price, currency }: Listing): string {
  return `${group(price ?? 0)} ${currency}`;
}

function counted(count: number | null, one: string, many: string): string {
  if (count === null || count === 0) return "";
  return `${count} ${count === 1 ? one : many}`;
}

function group(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+(?!\d))/gu, ",");
}

/** "Fibre" becomes "fibre"; "24/7" and "TV" stay. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase() + text.slice(1) : text;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
