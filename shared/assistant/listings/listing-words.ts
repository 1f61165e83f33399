import type { Listing } from "../../entities/listing.ts";

// A listing's facts in English words, for whatever the rules write of it.

export function withArticle(noun: string): string {
  return /^[aeiou]/u.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** "2 bathrooms, 1 parking space and 1,240 m²"; empty = nothing is known. */
export function sizeWords({ bedrooms, bathrooms, parking, landSize }: Listing): string {
  const sizes = [
    counted(bedrooms, "bedroom", "bedrooms"),
    counted(bathrooms, "bathroom", "bathrooms"),
    counted(parking, "parking space", "parking spaces"),
    landSize === null ? "" : `${group(landSize)} m²`,
  ];
  return listed(sizes.filter((size) => size !== ""));
}

/** "240,000 USD". */
export function priceWords({ price, currency }: Listing): string {
  return `${group(price ?? 0)} ${currency}`;
}

/** The tenant's own fields: "Desks: 40". @param listing whose own fields stand under their labels (`tellableListing`) */
export function customFacts({ custom }: Listing): string[] {
  return Object.entries(custom)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([label, value]) => capital(`${label}: ${String(value)}`));
}

export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function counted(count: number | null, one: string, many: string): string {
  if (count === null || count === 0) return "";
  return `${count} ${count === 1 ? one : many}`;
}

function group(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+(?!\d))/gu, ",");
}
