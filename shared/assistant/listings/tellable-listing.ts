import { phoneIn } from "../../bot/phone-in.ts";
import type { CustomValue } from "../../entities/fields.ts";
import type { Listing } from "../../entities/listing.ts";
import { peopleInFields } from "../../entities/people-in-fields.ts";
import type { CustomField, FieldType } from "../../entities/setting.ts";

/** The price of a listing is a field of every listing: another sum may be what it cost, or the least that is taken. */
const nobodys: ReadonlySet<FieldType> = new Set(["phone", "email", "money"]);
const written: ReadonlySet<FieldType> = new Set(["text", "select"]);
const email = /[^\s@]@[^\s@]+\.\p{L}{2}/u;

/**
 * A listing as it may be told outside, to whoever writes a public text of it: its own fields under their labels, in
 * their order. Left out are those of people and of other prices, and what the organisation has no field for (any more).
 * @param fields of listings, archived ones not among them
 */
export function tellableListing(
  listing: Listing,
  fields: Iterable<Pick<CustomField, "key" | "label" | "type">>,
): Listing {
  const custom: Record<string, CustomValue> = {};
  for (const { key, label, type } of fields) {
    const value = listing.custom[key];
    if (value === undefined || value === null || value === "" || nobodys.has(type)) continue;
    if (typeof value === "string" && written.has(type) && tellsOfPeople(key, value)) continue;
    custom[label] = value;
  }
  return { ...listing, custom };
}

function tellsOfPeople(key: string, text: string): boolean {
  return email.test(text) || phoneIn(text, null) !== "" || peopleInFields({ [key]: text }).length > 0;
}
