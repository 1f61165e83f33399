import type { FieldValue } from "../../../shared/entities/fields.ts";

/** Without what PostgreSQL cannot store: NUL, and halves of surrogate pairs (these become U+FFFD). */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

/** The same for every text in a value. */
export function cleanValue(value: FieldValue): FieldValue {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cleanText(key), cleanValue(inner)]));
}
