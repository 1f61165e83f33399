import { nextTaskField, type FieldKind } from "../../../shared/leads/lead-fields.ts";
import type { Parameters } from "../live/parameters.ts";
import type { Bound, PlannedFilter, Range, Test } from "../../../shared/leads/plan-filters.ts";

/** Filters that only memory can answer; all others are left to SQL. */
export function isDerived({ field }: { field: string }): boolean {
  return field === nextTaskField;
}

/**
 * The condition under which a row `doc` passes all filters but derived ones; the same as `matchesFilters`.
 * Only placeholders and checked field names enter the text.
 */
export function filterSql(filters: readonly PlannedFilter[], parameters: Parameters): string {
  const conditions = filters
    .filter((filter) => !isDerived(filter))
    .map((filter) => conditionOf(filter, parameters));
  return conditions.length === 0 ? "true" : conditions.join(" and ");
}

function conditionOf({ field, kind, negated, test }: PlannedFilter, parameters: Parameters): string {
  if (test.test === "never") return "false";
  const condition = `coalesce(${testSql(jsonOf(field), kind, test, parameters)}, false)`;
  return negated ? `not ${condition}` : condition;
}

/** A field as jsonb. Field names are part of the statement, so nothing but plain names gets in. */
export function jsonOf(field: string): string {
  const [, custom, own] = /^(?:custom\.([a-z][a-z0-9_]{0,62})|([a-zA-Z]{1,40}))$/u.exec(field) ?? [];
  if (custom === undefined && own === undefined) throw new Error(`not a field: ${field}`);
  return custom === undefined ? `(doc->'${own}')` : `(doc->'custom'->'${custom}')`;
}

function testSql(
  json: string,
  kind: FieldKind,
  test: Exclude<Test, { test: "never" }>,
  parameters: Parameters,
): string {
  switch (test.test) {
    case "equals":
      return equalsSql(json, kind, test, parameters);
    case "contains":
      return containsSql(json, kind, test.texts, parameters);
    case "empty":
      return emptySql(json, kind);
    case "range":
      return rangesSql(json, kind, test.ranges, parameters);
  }
}

function equalsSql(
  json: string,
  kind: FieldKind,
  { values, orEmpty }: Extract<Test, { test: "equals" }>,
  parameters: Parameters,
): string {
  const alternatives = [oneOfSql(json, kind, values, parameters)];
  if (orEmpty) alternatives.push(emptySql(json, kind));
  if (kind === "boolean" && values.includes(false)) alternatives.push(emptySql(json, kind));
  return `(${alternatives.join(" or ")})`;
}

/** Compared as their own type: as jsonb, 100,000 comparisons take three times as long. */
function oneOfSql(json: string, kind: FieldKind, values: readonly unknown[], parameters: Parameters): string {
  if (kind === "number") {
    const numbers = parameters.add(values.filter((value) => typeof value === "number"));
    return `(${numberOf(json)} = any(${numbers}::float8[]))`;
  }
  if (kind === "boolean") {
    const flags = parameters.add(values.filter((value) => typeof value === "boolean"));
    return `(jsonb_typeof(${json}) = 'boolean' and ${json}::bool = any(${flags}::bool[]))`;
  }
  const texts = parameters.add(values.filter((value) => typeof value === "string"));
  if (kind !== "list") return `(${textOf(json)} = any(${texts}::text[]))`;
  return `(jsonb_typeof(${json}) = 'array' and ${json} ?| ${texts}::text[])`;
}

function containsSql(
  json: string,
  kind: FieldKind,
  texts: readonly string[],
  parameters: Parameters,
): string {
  if (kind === "number" || kind === "boolean") return "false";
  const patterns = parameters.add(texts.map((text) => `%${text.replaceAll(/[\\%_]/gu, "\\$&")}%`));
  if (kind !== "list")
    return `(${textOf(json)} <> '' and lower(${textOf(json)}) like any(${patterns}::text[]))`;
  return `(jsonb_typeof(${json}) = 'array' and exists (select from jsonb_array_elements(${json}) item
    where jsonb_typeof(item) = 'string' and lower(item #>> '{}') like any(${patterns}::text[])))`;
}

function emptySql(json: string, kind: FieldKind): string {
  if (kind !== "list")
    return `(coalesce(jsonb_typeof(${json}), '') <> '${jsonTypeOf(kind)}' or ${json} = '""'::jsonb)`;
  return `(coalesce(jsonb_typeof(${json}), '') <> 'array' or not exists (
    select from jsonb_array_elements(${json}) item where jsonb_typeof(item) = 'string'))`;
}

function rangesSql(json: string, kind: FieldKind, ranges: readonly Range[], parameters: Parameters): string {
  if (ranges.length === 0 || kind === "list" || kind === "boolean") return "false";
  const value = kind === "number" ? numberOf(json) : `nullif(${textOf(json)}, '') collate "C"`;
  const type = kind === "number" ? "float8" : "text";
  const side = (bound: Bound, operator: string) =>
    `${value} ${operator}${bound.open ? "" : "="} ${parameters.add(bound.value)}::${type}`;
  const parts = ranges.map(({ from, to }) =>
    [...(from ? [side(from, ">")] : []), ...(to ? [side(to, "<")] : [])].join(" and "),
  );
  return `(${parts.map((part) => `(${part})`).join(" or ")})`;
}

/** By what rows `doc` are sorted; nothing and the empty text are null, but for a box: not ticked is no. */
export function orderSql(field: string, kind: FieldKind): string {
  const json = jsonOf(field);
  if (kind === "number") return numberOf(json);
  if (kind === "boolean") return `coalesce(${json} = 'true'::jsonb, false)`;
  return `nullif(lower(${textOf(json)}), '')`;
}

/** Of a jsonb value; null where it is of another type. */
function textOf(json: string): string {
  return `(case when jsonb_typeof(${json}) = 'string' then ${json} #>> '{}' end)`;
}

function numberOf(json: string): string {
  return `(case when jsonb_typeof(${json}) = 'number' then (${json})::float8 end)`;
}

function jsonTypeOf(kind: FieldKind): string {
  if (kind === "number" || kind === "boolean") return kind;
  return kind === "list" ? "array" : "string";
}
