import type { CustomValue } from "../../../shared/entities/fields.ts";
import type { Filter, FilterOp } from "../../../shared/entities/setting.ts";
import type { FieldKind, RecordField } from "../record-fields/index.ts";

/** What the value of a filter is typed with. */
export type ValueEditor = "none" | "choices" | "text" | "number" | "money" | "day" | "days";

type OpTable = readonly [FilterOp, string][];

const presence: OpTable = [
  ["empty", "is empty"],
  ["not-empty", "is not empty"],
];
const choiceOps: OpTable = [["is", "is"], ["is-not", "is not"], ...presence];
const textOps: OpTable = [["contains", "contains"], ["is", "is"], ["is-not", "is not"], ...presence];
const numberOps: OpTable = [
  ["at-least", "at least"],
  ["at-most", "at most"],
  ["over", "over"],
  ["under", "under"],
  ["is", "is"],
  ...presence,
];
const timeOps: OpTable = [
  ["within-days", "within days"],
  ["older-than-days", "older than days"],
  ["at-least", "from"],
  ["at-most", "until"],
  ...presence,
];

const opsByKind: Record<FieldKind, OpTable> = {
  text: textOps,
  phone: textOps,
  email: textOps,
  url: textOps,
  number: numberOps,
  money: numberOps,
  score: numberOps,
  date: timeOps,
  instant: timeOps,
  select: choiceOps,
  "multi-select": choiceOps,
  stage: choiceOps,
  person: choiceOps,
  team: choiceOps,
  tags: [["contains", "include"], ...presence],
  boolean: [["is", "is"]],
};

export function opsOf(kind: FieldKind): OpTable {
  return opsByKind[kind];
}

/** "at least": the operator within a chip's sentence. */
export function opWords(kind: FieldKind, op: FilterOp): string {
  if (op === "within-days") return "within";
  if (op === "older-than-days") return "over";
  return opsByKind[kind].find(([key]) => key === op)?.[1] ?? op;
}

export function editorOf(kind: FieldKind, op: FilterOp): ValueEditor {
  if (op === "empty" || op === "not-empty") return "none";
  if (op === "within-days" || op === "older-than-days") return "days";
  if (kind === "money") return "money";
  if (kind === "number" || kind === "score") return "number";
  if (kind === "date" || kind === "instant") return "day";
  return opsByKind[kind] === choiceOps || kind === "boolean" ? "choices" : "text";
}

const firstValues: Partial<Record<FieldKind, CustomValue[]>> = {
  instant: [7],
  date: [30],
  boolean: [true],
  score: [55],
  person: ["me"],
};

/** The filter that a field begins with; without a value it is not asked for yet. */
export function startFilter(field: Pick<RecordField, "path" | "kind">): Filter {
  const [op] = opsByKind[field.kind][0] ?? ["is"];
  return { field: field.path, op, values: firstValues[field.kind] ?? [] };
}

/** The same filter by another operator; its values stay where they still mean something. */
export function changeOp(filter: Filter, kind: FieldKind, op: FilterOp): Filter {
  const keeps = editorOf(kind, op) === editorOf(kind, filter.op);
  return { ...filter, op, values: keeps ? filter.values : [] };
}

/** Whether a filter says something: one that is being typed does not empty the list. */
export function isComplete(filter: Filter, kind: FieldKind): boolean {
  return editorOf(kind, filter.op) === "none" || filter.values.length > 0;
}

/** Those that say something, over fields that there are or were. */
export function completeFilters(filters: readonly Filter[], fields: readonly RecordField[]): Filter[] {
  const kinds = new Map(fields.map((field) => [field.path, field.kind]));
  return filters.filter((filter) => isComplete(filter, kinds.get(filter.field) ?? "text"));
}

/** Those over fields of the tenant's own that are not offered any more: nothing fits them. */
export function goneFilters(
  filters: readonly Filter[],
  fields: readonly Pick<RecordField, "path">[],
): Filter[] {
  const offered = new Set(fields.map(({ path }) => path));
  return filters.filter(({ field }) => field.startsWith("custom.") && !offered.has(field));
}

export function toggleValue(filter: Filter, value: CustomValue): Filter {
  const has = filter.values.includes(value);
  return {
    ...filter,
    values: has ? filter.values.filter((other) => other !== value) : [...filter.values, value],
  };
}
