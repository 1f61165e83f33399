import { setFields, longTextFields, type AnyRecord } from "../entities/collections.ts";
import type { FieldValue } from "../entities/fields.ts";

/** A record as the merge sees it: fields by name, with the tenant's own under `custom`. */
export type Doc = Pick<AnyRecord, "id" | "rev" | "createdAt" | "updatedAt" | "kept"> &
  Record<string, unknown>;

const customPrefix = "custom.";

export function readField(doc: Readonly<Record<string, unknown>>, path: string): FieldValue {
  if (!path.startsWith(customPrefix)) return (doc[path] ?? null) as FieldValue;
  const custom = (doc["custom"] ?? {}) as Record<string, FieldValue>;
  return custom[path.slice(customPrefix.length)] ?? null;
}

/** A copy of `doc` with one field set. An empty custom field is removed: absent and null mean the same. */
export function writeField<D extends Record<string, unknown>>(doc: D, path: string, value: FieldValue): D {
  if (!path.startsWith(customPrefix)) return { ...doc, [path]: value };
  const key = path.slice(customPrefix.length);
  const { [key]: _previous, ...others } = (doc["custom"] ?? {}) as Record<string, FieldValue>;
  return { ...doc, custom: value === null ? others : { ...others, [key]: value } };
}

/** The fields of a record by their paths: the tenant's own as `custom.budget`, each for itself. */
export function byPath(fields: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const { custom, ...own } = fields;
  const inner = Object.entries((custom ?? {}) as Record<string, FieldValue>);
  return { ...own, ...Object.fromEntries(inner.map(([key, value]) => [customPrefix + key, value])) };
}

export type MergeRule = "whole" | "lines" | "set";

/** How two people's edits of one field come together. */
export function mergeRuleOf(path: string): MergeRule {
  if (longTextFields.has(path)) return "lines";
  if (setFields.has(path)) return "set";
  return "whole";
}

/** Deep equality of JSON values; the order of keys does not count. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keysOfA = Object.keys(a);
  return (
    keysOfA.length === Object.keys(b).length &&
    keysOfA.every(
      (key) =>
        key in b && sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
