import { english } from "./english.ts";
import { german } from "./german.ts";
import { start } from "./pieces.ts";
import { behindStreet, isZipOf, postcode } from "./postcodes.ts";
import { box, french, southern } from "./romance.ts";
import { russian } from "./russian.ts";

const street = new RegExp(`${start}(?:${[english, german, french, southern, russian, box].join("|")})`, "gv");

/** From the first character to the one behind the last. */
export type Span = { from: number; to: number };

/**
 * Postal addresses in what people write, without a list of streets: house number and street as in English, German,
 * Dutch, French, Spanish, Italian and Russian, postcodes (GB, DE, AT, CH, NL, FR, ES, IT with their town, US with its state) and
 * post boxes. A street without a number is none, as whole neighbourhoods live there. What stands together is one.
 *
 * @param stays whether an address is no secret
 * @returns in order, none of them overlapping
 */
export function findAddresses(text: string, stays: (address: string) => boolean = () => false): Span[] {
  const spans = [...streetsIn(text), ...postcodesIn(text)]
    .filter(({ from, to }) => !stays(text.slice(from, to)))
    .toSorted((a, b) => a.from - b.from);
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && isTogether(text.slice(last.to, span.from))) last.to = Math.max(last.to, span.to);
    else joined.push({ ...span });
  }
  return joined;
}

function streetsIn(text: string): Span[] {
  return Array.from(text.matchAll(street), ({ 0: found, index: from }) => {
    const to = from + found.length;
    const behind = behindStreet.exec(text.slice(to, to + longestBehind))?.[0] ?? "";
    return { from, to: to + behind.length };
  });
}

function postcodesIn(text: string): Span[] {
  return Array.from(text.matchAll(postcode))
    .filter(({ groups }) => groups?.["state"] === undefined || isZipOf(groups["state"], groups["zip"] ?? ""))
    .map(({ 0: found, index: from }) => ({ from, to: from + found.length }));
}

const longestBehind = 80;

function isTogether(between: string): boolean {
  return /^,?\s{0,2}$/u.test(between);
}
