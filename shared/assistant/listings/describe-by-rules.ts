import type { Listing } from "../../entities/listing.ts";
import type { QuestionAbout } from "../question.ts";
import { customFacts, listed, priceWords, sizeWords, withArticle } from "./listing-words.ts";

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

function sizesOf(listing: Listing): string {
  const sizes = sizeWords(listing);
  return sizes === "" ? "" : `It has ${sizes}.`;
}

function featuresOf({ features }: Listing, tone: QuestionAbout<"listing">["tone"]): string {
  if (features.length === 0) return "";
  const names = listed(features.map((feature, at) => (at === 0 ? feature : lowerFirst(feature))));
  return tone === "friendly" ? `What you will like: ${names}.` : `Features: ${names}.`;
}

function moreOf(listing: Listing): string {
  return customFacts(listing)
    .map((fact) => `${fact}.`)
    .join(" ");
}

/** "Fibre" becomes "fibre"; "24/7" and "TV" stay. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLocaleLowerCase() + text.slice(1) : text;
}
