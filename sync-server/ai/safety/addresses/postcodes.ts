import { end, start } from "./pieces.ts";

// Postcodes, where what stands around them says that they are none of the many other numbers.

const town = String.raw`\p{Lu}[\p{L}\p{M}'’\-]{1,24}(?:\s(?:am|an der|im|in|ob der|sur|la|le|de|del|den|aan)\s\p{Lu}[\p{L}\p{M}'’\-]{1,24}|\s(?!Und|Ich|Wir|Bitte|Et|Je)\p{Lu}[\p{L}\p{M}'’\-]{2,24})?`;

/** "SW1A 2AA"; the second half never has C, I, K, M, O or V. In small letters only apart, and "b2 4th floor" is none. */
const british = String.raw`[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}${end}|[a-z]{1,2}\d[a-z\d]?\s\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2}${end}`;
/** "1012 AB", with a town behind it: 2026 UK plans are none. */
const dutch = String.raw`[1-9]\d{3}\s?(?!SA|SD|SS|US|EU|UK|AM|PM|AD|BC|HP|KW|GB|MB|TV|PC)[A-Z]{2}\s${town}${end}`;
/** Five digits and a town stand for many things: behind a country's letter, "in" or "PLZ", or where a line begins. */
const nouns = String.raw`(?!(?:Euro|EUR|USD|GBP|CHF|Dollars?|Pounds?|Pfund|Franken|Francs|Kunden|Einwohner|Quadrat|Kilometer|Meter|Mitarbeiter|Leute|Menschen|Anrufe|Personen|Stück|Exemplare|Stunden|Units|People|Customers|Calls))`;
const continental = String.raw`(?:[A-Z]{1,2}-\d{4,5}|(?<=(?:^|\n|(?:in|nach|aus|à|a|en|PLZ|CP|postcode|code postal):?\s)\s{0,2})\d{5})\s${nouns}${town}${end}`;
const american = String.raw`(?<state>[A-Z]{2})\s(?<zip>\d{5})(?:-\d{4})?${end}`;

export const postcode = new RegExp(`${start}(?:${[british, dutch, continental, american].join("|")})`, "gv");

/** Behind a street: its postcode and town need no other sign. */
export const behindStreet = new RegExp(
  String.raw`^,?\s{1,2}(?:[A-Z]{1,2}-)?\d{4,5}\s${nouns}${town}${end}`,
  "v",
);

/** First three digits of ZIP codes by state (USPS), so that "OK 20000" is no address. */
const zips: ReadonlyMap<string, readonly (readonly [number, number])[]> = new Map(
  `AL 350-369 AK 995-999 AZ 850-865 AR 716-729 CA 900-961 CO 800-816 CT 60-69 DE 197-199 DC 200-205 FL 320-349 GA 300-319
  GA 398-399 HI 967-968 ID 832-838 IL 600-629 IN 460-479 IA 500-528 KS 660-679 KY 400-427 LA 700-714 ME 39-49 MD 206-219
  MA 10-27 MA 55-55 MI 480-499 MN 550-567 MS 386-397 MO 630-658 MT 590-599 NE 680-693 NV 889-898 NH 30-38 NJ 70-89
  NM 870-884 NY 5-5 NY 100-149 NC 270-289 ND 580-588 OH 430-459 OK 730-749 OR 970-979 PA 150-196 PR 6-9 RI 28-29
  SC 290-299 SD 570-577 TN 370-385 TX 750-799 TX 885-885 UT 840-847 VT 50-59 VA 201-201 VA 220-246 WA 980-994 WV 247-268
  WI 530-549 WY 820-831`
    .matchAll(/([A-Z]{2}) (\d+)-(\d+)/gu)
    .reduce((byState, [, state = "", from, to]) => {
      byState.set(state, [...(byState.get(state) ?? []), [Number(from), Number(to)]]);
      return byState;
    }, new Map<string, [number, number][]>()),
);

export function isZipOf(state: string, zip: string): boolean {
  const area = Number(zip.slice(0, 3));
  return zips.get(state)?.some(([from, to]) => area >= from && area <= to) ?? false;
}
