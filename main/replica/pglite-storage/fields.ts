import { getPrimaryFieldOfPrimaryKey } from "rxdb";
import { quoteText } from "./statements.ts";

export type ScalarType = "string" | "number" | "boolean";

/** The parts of an RxDB schema that decide how a field is stored and compared. */
export type SchemaLike = {
  primaryKey: unknown;
  properties: Record<string, unknown>;
  required?: readonly string[];
  indexes?: readonly unknown[];
};
type SchemaPart = {
  type?: string | readonly string[];
  properties?: Record<string, unknown>;
  required?: readonly string[];
  items?: unknown;
};

/** How SQL reaches one field of a document. */
export type Field =
  /** One value of one type, or NULL. `sql` is what indexes are made of. */
  | { kind: "scalar"; type: ScalarType; sql: string; json: string | null; sortable: boolean }
  /** Any JSON; `depth` counts the dots of its path, which is how far the matcher looks into nested lists. */
  | { kind: "json"; json: string; depth: number }
  /** A path that may run through lists: only RxDB's matcher can follow it. */
  | { kind: "unreachable" };

const unreachable: Field = { kind: "unreachable" };

/**
 * The field behind a path such as `stage` or `custom.budget`.
 * A declared type is trusted, as RxDB's own indexes trust it: documents are checked before they are written.
 */
export function fieldAt(schema: SchemaLike, path: string): Field {
  if (path === getPrimaryFieldOfPrimaryKey(schema.primaryKey as never)) return column("id", "string");
  const own = ownColumns[path];
  if (own) return own;
  if (path.startsWith("_") || path.split(".").includes("__proto__")) return unreachable;
  return walk(schema as SchemaPart, path.split("."), "doc", true, 0);
}

function column(sql: string, type: ScalarType): Field {
  return { kind: "scalar", type, sql, json: null, sortable: true };
}

const ownColumns: Record<string, Field> = {
  _deleted: column("deleted", "boolean"),
  _rev: column("rev", "string"),
  "_meta.lwt": column("lwt", "number"),
};

function walk(
  part: SchemaPart,
  path: readonly string[],
  parent: string,
  required: boolean,
  depth: number,
): Field {
  const [key = "", ...rest] = path;
  const inner = part.properties?.[key] as SchemaPart | undefined;
  const isRequired = required && (part.required ?? []).includes(key);
  if (rest.length === 0) return leaf(inner, parent, key, isRequired, depth);
  const { types } = typesOf(inner);
  if (types.length !== 1 || types[0] !== "object") return unreachable;
  return walk(inner ?? {}, rest, `${parent}->${quoteText(key)}`, isRequired, depth + 1);
}

function leaf(
  part: SchemaPart | undefined,
  parent: string,
  key: string,
  required: boolean,
  depth: number,
): Field {
  const json = `${parent}->${quoteText(key)}`;
  const { types, nullable } = typesOf(part);
  const type = types.length === 1 ? scalarTypes[types[0] ?? ""] : undefined;
  if (!type) return { kind: "json", json, depth };
  // SQL knows one NULL; the matcher sorts a missing value before a null one.
  const sortable = required || !nullable;
  return { kind: "scalar", type, sql: readScalar(type, parent, key), json, sortable };
}

function typesOf(part: SchemaPart | undefined): { types: string[]; nullable: boolean } {
  const all = [part?.type ?? []].flat();
  return { types: all.filter((type) => type !== "null"), nullable: all.includes("null") };
}

const scalarTypes: Record<string, ScalarType | undefined> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
};

/** The CASE makes an expression index safe: a cast that fails would refuse the whole bulk write. */
function readScalar(type: ScalarType, parent: string, key: string): string {
  const json = `${parent}->${quoteText(key)}`;
  if (type === "string") return `(${parent}->>${quoteText(key)})`;
  const cast = type === "number" ? "float8" : "bool";
  return `(CASE jsonb_typeof(${json}) WHEN '${type}' THEN (${json})::${cast} END)`;
}
