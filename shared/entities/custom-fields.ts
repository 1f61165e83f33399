import type { CustomValue } from "./fields.ts";
import type { CustomField } from "./setting.ts";

/** Whether nothing is in a field, which is what a required one must not be. A "no" is something. */
export function isEmptyValue(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** What a new record has in the tenant's own fields where nobody says otherwise, by key. */
export function customDefaults(
  fields: Iterable<Pick<CustomField, "key" | "default">>,
): Record<string, CustomValue> {
  const given = [...fields].filter((field) => !isEmptyValue(field.default));
  return Object.fromEntries(given.map((field) => [field.key, field.default]));
}

/** What somebody must be asked for before there can be a record: what is required and not given by itself. */
export function isNeeded({ required, default: value }: Pick<CustomField, "required" | "default">): boolean {
  return required && isEmptyValue(value);
}
