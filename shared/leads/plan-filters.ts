import type { CustomValue } from "../entities/fields.ts";
import type { Filter, FilterOp } from "../entities/setting.ts";
import { addDays, startOfDay } from "../time/zone.ts";
import { leadFieldKind, type CustomFields, type FieldKind } from "./lead-fields.ts";

/** What a filter means depends on who looks and on which day it is where the tenant works. */
export type FilterContext = {
  me: string;
  /** The tenant's day, YYYY-MM-DD, and its IANA zone. */
  today: string;
  zone: string;
  fields: CustomFields;
};

/** One comparison over one field. `from` is included, `to` is not; a bound left out is open. */
export type Test =
  | { test: "equals"; values: readonly (string | number | boolean)[]; orEmpty: boolean }
  | { test: "contains"; texts: readonly string[] }
  | { test: "empty" }
  | { test: "range"; ranges: readonly Range[] }
  | { test: "never" };
export type Range = { from?: Bound; to?: Bound };
export type Bound = { value: string | number; open: boolean };

/** A filter whose values are worked out, so that SQL and memory only compare. */
export type PlannedFilter = { field: string; kind: FieldKind; negated: boolean; test: Test };

/**
 * Several filters all hold; several values of one are alternatives. Empty values match only `empty`, `is-not` and
 * a null among the values; an unset boolean counts as false. `within-days` looks both ways: at most that many
 * calendar days from today.
 */
export function planFilters(filters: readonly Filter[], context: FilterContext): PlannedFilter[] {
  return filters.map((filter) => {
    const kind = leadFieldKind(filter.field, context.fields);
    if (!kind) return { field: filter.field, kind: "text", negated: false, test: { test: "never" } };
    const negated = filter.op === "is-not" || filter.op === "not-empty";
    return { field: filter.field, kind, negated, test: planTest(filter, kind, context) };
  });
}

function planTest({ field, op, values }: Filter, kind: FieldKind, context: FilterContext): Test {
  switch (op) {
    case "is":
    case "is-not":
      return planEquals(field, kind, values, context);
    case "contains":
      return { test: "contains", texts: texts(values).map(lower) };
    case "empty":
    case "not-empty":
      return { test: "empty" };
    case "within-days":
      return {
        test: "range",
        ranges: dayCounts(values, kind).map((days) => daysAround(days, kind, context)),
      };
    case "older-than-days":
      return {
        test: "range",
        ranges: dayCounts(values, kind).map((days) => daysBefore(days, kind, context)),
      };
    default:
      return { test: "range", ranges: values.flatMap((value) => compareRange(op, value, kind, context)) };
  }
}

function planEquals(
  field: string,
  kind: FieldKind,
  values: readonly CustomValue[],
  context: FilterContext,
): Test {
  const orEmpty = values.some((value) => value === null || value === "");
  // A day named for an instant means any time of that day.
  if (kind === "instant" && texts(values).every(isDay) && !orEmpty) {
    return { test: "range", ranges: texts(values).map((day) => wholeDay(day, context.zone)) };
  }
  const plain = values.flatMap((value) =>
    isPlain(value) ? [value === "me" && isOwner(field) ? context.me : value] : [],
  );
  return { test: "equals", values: plain, orEmpty };
}

function isOwner(field: string): boolean {
  return field === "ownerId";
}

function isPlain(value: CustomValue): value is string | number | boolean {
  return value !== null && value !== "" && !Array.isArray(value);
}

function compareRange(op: FilterOp, value: CustomValue, kind: FieldKind, { zone }: FilterContext): Range[] {
  if (kind === "number" ? typeof value !== "number" : typeof value !== "string") return [];
  const bound = value as string | number;
  const day = kind === "instant" && isDay(bound) ? wholeDay(bound, zone) : null;
  const start = day?.from?.value ?? bound;
  const end = day?.to?.value ?? bound;
  // Of a day, `over` begins at its end and `at-most` reaches to its end.
  if (op === "at-least") return [{ from: { value: start, open: false } }];
  if (op === "over") return [{ from: { value: end, open: day === null } }];
  if (op === "under") return [{ to: { value: start, open: true } }];
  return [{ to: { value: end, open: day !== null } }];
}

function daysAround(days: number, kind: FieldKind, { today, zone }: FilterContext): Range {
  const first = addDays(today, -days);
  const after = addDays(today, days + 1);
  return {
    from: { value: edge(first, kind, zone), open: false },
    to: { value: edge(after, kind, zone), open: true },
  };
}

function daysBefore(days: number, kind: FieldKind, { today, zone }: FilterContext): Range {
  return { to: { value: edge(addDays(today, -days), kind, zone), open: true } };
}

function wholeDay(day: string, zone: string): Range {
  return {
    from: { value: edge(day, "instant", zone), open: false },
    to: { value: edge(addDays(day, 1), "instant", zone), open: true },
  };
}

/** Where a day begins, in the form in which values of that kind are kept. */
function edge(day: string, kind: FieldKind, zone: string): string {
  return kind === "instant" ? new Date(startOfDay(day, zone)).toISOString() : day;
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/u.test(value) && !Number.isNaN(Date.parse(value));
}

function texts(values: readonly CustomValue[]): string[] {
  return values.filter((value): value is string => typeof value === "string");
}

/** Whole days, of fields that hold times; more than a century is as good as always. */
function dayCounts(values: readonly CustomValue[], kind: FieldKind): number[] {
  if (kind !== "instant" && kind !== "day") return [];
  return values.flatMap((value) =>
    typeof value === "number" ? [Math.min(Math.max(Math.trunc(value), 0), 36_500)] : [],
  );
}

/** Lower case as PostgreSQL's `lower` does it: one code point for one, whatever the language. */
export function lower(text: string): string {
  let out = "";
  for (const character of text) {
    // İ is the one letter that JavaScript makes two of; PostgreSQL keeps the first, as Unicode's simple mapping says.
    const [small = character] = character.toLowerCase();
    out += small;
  }
  return out;
}

/** Fields with relative days change their answer at midnight. */
export function dependsOnToday(filters: readonly Filter[]): boolean {
  return filters.some(({ op }) => op === "within-days" || op === "older-than-days");
}
