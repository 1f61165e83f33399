import type { Listing } from "../../entities/listing.ts";
import type { QuestionAbout, Tone } from "../question.ts";
import { joinLandingPage, metaCharacters } from "./landing-page.ts";
import { capital, customFacts, priceWords, sizeWords, withArticle } from "./listing-words.ts";

const fewestPoints = 3;
const mostPoints = 5;
/** More of them would leave no room for sizes and price. */
const mostFeatures = 3;

/** A listing's landing page from its facts alone, in English. Says nothing that no field says. */
export function landingByRules({ tone }: QuestionAbout<"landing">, listing: Listing): string {
  const subheading = subheadingOf(listing);
  const points = pointsOf(listing);
  return joinLandingPage({
    headline: tone === "friendly" ? `Come and see ${listing.title}` : listing.title,
    subheading,
    points,
    action: actions[tone],
    meta: cutAtWord([listing.title, subheading, ...points].join(". "), metaCharacters),
  });
}

const actions: Record<Tone, string> = {
  friendly: "Come and see it",
  neutral: "Arrange a viewing",
  formal: "Request a viewing",
};

/** "An office floor in Chicago" as far as it is known. */
function subheadingOf({ type, address, city }: Listing): string {
  const what = type === "" ? "On offer" : capital(withArticle(type.toLocaleLowerCase()));
  const where = [address, city].filter((part) => part !== "").join(", ");
  return where === "" ? what : `${what} at ${where}`;
}

function pointsOf(listing: Listing): string[] {
  const sizes = sizeWords(listing);
  const facts = [
    ...listing.features.slice(0, mostFeatures),
    sizes === "" ? "" : capital(sizes),
    listing.price === null ? "" : `Price: ${priceWords(listing)}`,
    ...customFacts(listing),
  ].filter((fact) => fact !== "");
  // Where little is known, people are invited to ask rather than told what nobody knows.
  return [...facts, ...invitations.slice(0, Math.max(0, fewestPoints - facts.length))].slice(0, mostPoints);
}

const invitations = ["Viewings by appointment", "More details on request", "Questions answered in person"];

function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - 1);
  const end = room.lastIndexOf(" ");
  return `${(end > 0 ? room.slice(0, end) : room).replace(/[.,:;]+$/u, "")}…`;
}
