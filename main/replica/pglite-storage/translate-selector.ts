import { isCleanText } from "./clean-text.ts";
import { fieldAt, type Field, type ScalarType, type SchemaLike } from "./fields.ts";
import { arrayLiteral, type Wire } from "./statements.ts";

/**
 * A condition that holds for every document that the selector matches.
 * `exact`: for no other document, so that RxDB's matcher need not look again.
 */
export type Clause = { sql: string; exact: boolean };

type Scalar = Extract<Field, { kind: "scalar" }>;
type Json = Extract<Field, { kind: "json" }>;
type Bind = {
  (value: Wire, type: string): string;
  /** Runs `build` and takes back the values that it bound, where its SQL is not used. */
  keepIf(build: () => Clause, isUsed: (clause: Clause) => boolean): Clause | null;
};

const always: Clause = { sql: "true", exact: true };
const never: Clause = { sql: "false", exact: true };
/** What SQL cannot say as RxDB's matcher means it: $regex, $elemMatch, $mod, $type, lists and objects as values. */
const anything: Clause = { sql: "true", exact: false };

/**
 * A Mango selector as SQL, appending its values to `params`.
 * Meaning is RxDB's (mingo's): values of different types never compare, null equals missing, a list matches if
 * one of its elements does.
 */
export function translateSelector(schema: SchemaLike, selector: unknown, params: Wire[]): Clause {
  return translate(schema, selector, createBind(params));
}

/** PostgreSQL refuses a statement with a parameter that nothing uses. */
function createBind(params: Wire[]): Bind {
  const bind = (value: Wire, type: string) => `$${params.push(value)}::${type}`;
  return Object.assign(bind, {
    keepIf(build: () => Clause, isUsed: (clause: Clause) => boolean) {
      const before = params.length;
      const clause = build();
      if (isUsed(clause)) return clause;
      params.length = before;
      return null;
    },
  });
}

function translate(schema: SchemaLike, selector: unknown, bind: Bind): Clause {
  if (!isPlainObject(selector)) return anything;
  return all(
    Object.entries(selector).map(([key, value]) =>
      key.startsWith("$")
        ? translateGroup(schema, key, value, bind)
        : translateField(fieldAt(schema, key), value, bind),
    ),
  );
}

function translateGroup(schema: SchemaLike, operator: string, parts: unknown, bind: Bind): Clause {
  if (!Array.isArray(parts)) return anything;
  const clauses = () => parts.map((part) => translate(schema, part, bind));
  if (operator === "$and") return all(clauses());
  if (operator === "$or") return any(clauses());
  if (operator === "$nor") return not(() => any(clauses()), bind);
  return anything;
}

function translateField(field: Field, matcher: unknown, bind: Bind): Clause {
  if (field.kind === "unreachable" || !isPlainObject(matcher)) return anything;
  const operators = Object.entries(matcher);
  if (operators.length === 0 || operators.some(([key]) => !key.startsWith("$"))) return anything;
  return all(operators.map(([operator, operand]) => translateOperator(field, operator, operand, bind)));
}

function translateOperator(field: Scalar | Json, operator: string, operand: unknown, bind: Bind): Clause {
  switch (operator) {
    case "$eq":
      return equal(field, operand, bind);
    case "$ne":
      return not(() => equal(field, operand, bind), bind);
    case "$in":
      return oneOf(field, operand, bind);
    case "$nin":
      return not(() => oneOf(field, operand, bind), bind);
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return compare(field, comparisons[operator], operand, bind);
    case "$exists":
      return exists(field, Boolean(operand));
    case "$size":
      return hasSize(field, operand, bind);
    case "$not":
      return not(() => translateField(field, operand, bind), bind);
    default:
      return anything;
  }
}

const comparisons = { $gt: ">", $gte: ">=", $lt: "<", $lte: "<=" } as const;

function equal(field: Scalar | Json, operand: unknown, bind: Bind): Clause {
  if (operand === null || operand === undefined) return isNull(field);
  const type = scalarTypeOf(operand);
  if (!type) return field.kind === "scalar" && isList(operand) ? never : anything;
  if (field.kind === "json") return exact(contains(field, JSON.stringify(operand), bind));
  return field.type === type ? exact(`${field.sql} = ${bindScalar(operand, type, bind)}`) : never;
}

function isNull(field: Scalar | Json): Clause {
  if (field.kind === "scalar") return exact(`${field.sql} IS NULL`);
  return exact(`coalesce(${contains(field, "null", (json) => `'${json}'`)}, true)`);
}

/** mingo flattens lists within lists as deep as the path has dots. */
function contains(field: Json, json: string, bind: (json: string, type: string) => string): string {
  return Array.from(
    { length: field.depth + 1 },
    (_, level) => `${field.json} @> ${bind(nest(json, level), "jsonb")}`,
  ).join(" OR ");
}

function nest(json: string, level: number): string {
  return level === 0 ? json : `${"[".repeat(level + 1)}${json}${"]".repeat(level + 1)}`;
}

function oneOf(field: Scalar | Json, operand: unknown, bind: Bind): Clause {
  if (!Array.isArray(operand) || operand.some((value) => value !== null && !scalarTypeOf(value)))
    return anything;
  const wantsNull = operand.includes(null);
  const values = operand.filter((value) => value !== null);
  const matches = field.kind === "scalar" ? scalarIn(field, values, bind) : jsonIn(field, values, bind);
  if (!wantsNull) return matches;
  const missing =
    field.kind === "scalar" ? `${field.sql} IS NULL` : `coalesce(${field.json} @> 'null', true)`;
  return any([matches, exact(missing)]);
}

function scalarIn(field: Scalar, values: readonly unknown[], bind: Bind): Clause {
  const own = values.filter((value) => scalarTypeOf(value) === field.type);
  if (own.length === 0) return never;
  return exact(`${field.sql} = ANY(${bind(arrayLiteral(own.map(String)), `${sqlTypes[field.type]}[]`)})`);
}

function jsonIn(field: Json, values: readonly unknown[], bind: Bind): Clause {
  if (values.length === 0) return never;
  return exact(
    `${field.json} @> ANY(${bind(arrayLiteral(values.map((value) => JSON.stringify(value))), "jsonb[]")})`,
  );
}

function compare(field: Scalar | Json, operator: string, operand: unknown, bind: Bind): Clause {
  const type = scalarTypeOf(operand);
  if (!type || (type === "string" && sortsUnlikeJavaScript(operand as string))) return anything;
  if (field.kind === "scalar") {
    return field.type === type ? exact(`${field.sql} ${operator} ${bindScalar(operand, type, bind)}`) : never;
  }
  const list = `CASE jsonb_typeof(${field.json}) WHEN 'array' THEN ${field.json} ELSE jsonb_build_array(${field.json}) END`;
  const value = type === "string" ? "e #>> '{}'" : `e::${sqlTypes[type]}`;
  const test = `CASE jsonb_typeof(e) WHEN '${type}' THEN ${value} ${operator} ${bindScalar(operand, type, bind)} END`;
  return exact(`EXISTS (SELECT FROM jsonb_array_elements(${list}) AS e WHERE ${test})`);
}

function exists(field: Scalar | Json, wanted: boolean): Clause {
  if (field.json === null) return wanted ? always : never;
  return exact(`(${field.json}) IS ${wanted ? "NOT NULL" : "NULL"}`);
}

function hasSize(field: Scalar | Json, operand: unknown, bind: Bind): Clause {
  if (typeof operand !== "number") return anything;
  if (field.kind === "scalar") return never;
  const { json } = field;
  return exact(
    `CASE jsonb_typeof(${json}) WHEN 'array' THEN jsonb_array_length(${json}) END = ${bindScalar(operand, "number", bind)}`,
  );
}

function all(clauses: readonly Clause[]): Clause {
  if (clauses.length === 0) return always;
  return {
    sql: clauses.map(({ sql }) => `(${sql})`).join(" AND "),
    exact: clauses.every((clause) => clause.exact),
  };
}

function any(clauses: readonly Clause[]): Clause {
  if (clauses.length === 0) return never;
  return {
    sql: clauses.map(({ sql }) => `(${sql})`).join(" OR "),
    exact: clauses.every((clause) => clause.exact),
  };
}

/** The opposite of a condition that holds too often would hold too rarely: then everything must be looked at. */
function not(build: () => Clause, bind: Bind): Clause {
  const clause = bind.keepIf(build, ({ exact: isExact }) => isExact);
  return clause ? exact(`(${clause.sql}) IS NOT TRUE`) : anything;
}

function exact(sql: string): Clause {
  return { sql, exact: true };
}

const sqlTypes = { string: "text", number: "float8", boolean: "bool" } as const;

function bindScalar(value: unknown, type: ScalarType, bind: Bind): string {
  return bind(String(value), sqlTypes[type]);
}

/** Undefined for what is no scalar, and for text that no stored document can hold. */
function scalarTypeOf(value: unknown): ScalarType | undefined {
  if (typeof value === "string") return isCleanText(value) ? "string" : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? "number" : undefined;
  return typeof value === "boolean" ? "boolean" : undefined;
}

/**
 * JavaScript compares UTF-16 units, PostgreSQL code points. The two differ only where a character beyond
 * U+FFFF meets one from U+E000 on, and then this text holds one of them.
 */
function sortsUnlikeJavaScript(text: string): boolean {
  return /[\ud800-\uffff]/.test(text);
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}
