import type { FieldValue } from "../../../shared/entities/fields.ts";

/** What PostgreSQL cannot store in jsonb: NUL, and halves of surrogate pairs (these become U+FFFD). */
export function cleanValue(value: FieldValue): FieldValue {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "");
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanValue(key) as string, cleanValue(inner)]),
  );
}
