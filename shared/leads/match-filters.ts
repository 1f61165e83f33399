import type { Lead } from "../entities/lead.ts";
import { readField } from "../sync/fields.ts";
import { nextTaskField, type FieldKind } from "./lead-fields.ts";
import { lower, type PlannedFilter, type Range, type Test } from "./plan-filters.ts";

/** What stands in memory beside a lead and can be filtered by: when its next open task is due. */
export type Derived = { nextTaskDueAt: string | null };

type Value = string | number | boolean | readonly string[] | null;

/**
 * Whether a lead passes all filters. Pure: the replica asks it after every change, SQL answers the same for whole
 * tables (filter-sql.ts), and a property test holds the two together.
 */
export function matchesFilters(
  lead: Readonly<Record<string, unknown>> | Lead,
  filters: readonly PlannedFilter[],
  derived: Derived,
): boolean {
  return filters.every(({ field, kind, negated, test }) => {
    if (test.test === "never") return false;
    const value =
      field === nextTaskField
        ? derived.nextTaskDueAt
        : valueOf(readField(lead as Record<string, unknown>, field), kind);
    return passes(value, test, kind) !== negated;
  });
}

/** A value of another type than its field's counts as empty, here and in SQL. */
function valueOf(raw: unknown, kind: FieldKind): Value {
  switch (kind) {
    case "number":
      return typeof raw === "number" ? raw : null;
    case "boolean":
      return typeof raw === "boolean" ? raw : null;
    case "list":
      return Array.isArray(raw) ? raw.filter((item): item is string => typeof item === "string") : [];
    default:
      return typeof raw === "string" && raw !== "" ? raw : null;
  }
}

function passes(value: Value, test: Test, kind: FieldKind): boolean {
  switch (test.test) {
    case "equals":
      return equals(value, test, kind);
    case "contains":
      return asList(value).some((item) => test.texts.some((text) => lower(item).includes(text)));
    case "empty":
      return isEmpty(value);
    case "range":
      return (
        !Array.isArray(value) &&
        !isEmpty(value) &&
        test.ranges.some((range) => inRange(value as string | number, range))
      );
    case "never":
      return false;
  }
}

function equals(
  value: Value,
  { values, orEmpty }: Extract<Test, { test: "equals" }>,
  kind: FieldKind,
): boolean {
  if (orEmpty && isEmpty(value)) return true;
  if (Array.isArray(value)) return value.some((item) => values.includes(item as string));
  if (value === null) return kind === "boolean" && values.includes(false);
  return values.includes(value as string | number | boolean);
}

function inRange(value: string | number, { from, to }: Range): boolean {
  if (
    from &&
    (typeof from.value !== typeof value || value < from.value || (from.open && value === from.value))
  )
    return false;
  if (to && (typeof to.value !== typeof value || value > to.value || (to.open && value === to.value)))
    return false;
  return true;
}

function isEmpty(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function asList(value: Value): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[];
  return typeof value === "string" ? [value] : [];
}
