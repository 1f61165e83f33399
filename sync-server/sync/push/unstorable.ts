import type { Edit, Refusal } from "../../../shared/sync/edit.ts";

/** PostgreSQL keeps no NUL and no half of a surrogate pair, though JSON can carry both: desks clean text as it is typed. */
export function findUnstorable(edit: Edit): Refusal | null {
  const values = valuesOf(edit);
  const field = Object.keys(values).find((name) => !isStorable(name) || !isStorable(values[name]));
  if (field === undefined) return null;
  const message = "The text holds characters that cannot be stored.";
  return { code: "invalid", message, ...(isStorable(field) ? { field } : {}) };
}

function valuesOf(edit: Edit): Readonly<Record<string, unknown>> {
  if (edit.kind === "create") return edit.fields;
  if (edit.kind === "update") return edit.changes;
  return edit.kind === "report" ? { line: edit.events } : {};
}

function isStorable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\u0000");
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, part]) => isStorable(key) && isStorable(part));
}
