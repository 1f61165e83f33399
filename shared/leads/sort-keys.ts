import { fold } from "../text/fold.ts";
import { leadFieldKind, nextTaskField, type CustomFields } from "./lead-fields.ts";

/** What a lead is sorted by; null comes last in both directions. */
export type SortKey = string | number | null;

export type SortContext = {
  fields: CustomFields;
  /** Stages in the order of the pipeline. */
  stageOrder: ReadonlyMap<string, number>;
  ownerNames: ReadonlyMap<string, string>;
};

/**
 * Turns the raw value of a sort's field into its key: stages by their place in the pipeline, owners by name,
 * texts folded, times as milliseconds.
 */
export function sortKeyOf(field: string, raw: unknown, context: SortContext): SortKey {
  if (field === "stage") return context.stageOrder.get(String(raw)) ?? null;
  if (field === "ownerId") return textKey(context.ownerNames.get(String(raw)) ?? "");
  switch (leadFieldKind(field, context.fields)) {
    case "number":
      return typeof raw === "number" ? raw : null;
    case "boolean":
      return raw === true ? 1 : 0;
    case "instant":
    case "day":
      return typeof raw === "string" ? timeKey(raw) : null;
    case "list":
      return Array.isArray(raw) ? textKey(raw.join(" ")) : null;
    case "text":
      return typeof raw === "string" ? textKey(raw) : null;
    default:
      return null;
  }
}

/** Nulls last whatever the direction; equal keys are for the caller to part by id. */
export function compareKeys(a: SortKey, b: SortKey, direction: "asc" | "desc"): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === (direction === "asc") ? -1 : 1;
}

export function sortsByNextTask(field: string): boolean {
  return field === nextTaskField;
}

function textKey(text: string): string | null {
  return text === "" ? null : fold(text);
}

function timeKey(text: string): number | null {
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
