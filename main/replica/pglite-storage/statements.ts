import { protocol, type PGlite } from "@electric-sql/pglite";
import { createTurnBudget } from "../../../shared/time/turn-budget.ts";
import { giveWay } from "../live/slices.ts";

/** A parameter as the wire carries it: PostgreSQL's text form, its binary form, or NULL. */
export type Wire = string | Uint8Array | null;
export type WireRow = readonly (string | null)[];

/**
 * Runs one statement and returns its rows as text.
 * `keep` keeps the parsed statement and lets PostgreSQL settle on one plan: for the few statements that run all
 * the time and whose best plan does not depend on their values.
 */
export type Run = (sql: string, params: readonly Wire[], keep?: "keep") => Promise<WireRow[]>;

export interface Statements {
  /** Nobody else uses the database between the first and the last statement of `work`. */
  exclusive<T>(work: (run: Run) => Promise<T>): Promise<T>;
}

const { serialize } = protocol;

/** Longer than this, nothing of the database holds the event loop but a single statement: windows are answered between. */
const longestTurnMs = 8;

/**
 * PGlite's query() sends each statement as six messages and parses it anew: 0.7 ms for a read by id. One buffer
 * with a kept statement takes 0.2 ms. Both share PGlite's own locks, so they may be mixed freely.
 * @param prefix of the names of kept statements: two on one database must not share it
 */
export function openStatements(pglite: PGlite, prefix = "ringside"): Statements {
  const kept = new Map<string, string>();
  const step = createTurnBudget(() => performance.now(), giveWay, longestTurnMs);
  // A statement that failed may have been parsed before: its name is not given again.
  let names = 0;

  const run: Run = async (sql, params, keep) => {
    const messages: Uint8Array[] = [];
    const statement = keep ? (kept.get(sql) ?? `${prefix}_${names++}`) : "";
    if (!keep || !kept.has(sql)) messages.push(serialize.parse({ name: statement, text: sql }));
    messages.push(bind(statement, params), serialize.execute({}), serialize.sync());
    const answers = await step(() => pglite.execProtocolStream(concat(messages), { syncToFs: false }));
    if (keep) kept.set(sql, statement);
    return answers.flatMap((answer) =>
      answer.name === "dataRow" ? [(answer as unknown as DataRow).fields] : [],
    );
  };

  return {
    // The transaction lock keeps us out of other people's transactions, the query lock out of runExclusive().
    exclusive: (work) => pglite._runExclusiveTransaction(() => pglite._runExclusiveQuery(() => work(run))),
  };
}

type DataRow = { fields: WireRow };

/**
 * A Bind message of PostgreSQL's protocol 3, for the unnamed portal, with all results as text. PGlite's own
 * serializer grows its buffer value by value: half a millisecond for each page of a first sync.
 */
function bind(statement: string, params: readonly Wire[]): Uint8Array {
  const values = params.map((param) => (typeof param === "string" ? Buffer.from(param) : param));
  const bytes = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0);
  const message = Buffer.allocUnsafe(
    1 + 4 + 2 + Buffer.byteLength(statement) + 2 + 2 * params.length + 2 + bytes + 2,
  );
  let at = message.write("B", 0);
  at = message.writeInt32BE(message.length - 1, at);
  at += message.write(`\0${statement}\0`, at);
  at = message.writeInt16BE(params.length, at);
  for (const param of params) at = message.writeInt16BE(param instanceof Uint8Array ? 1 : 0, at);
  at = message.writeInt16BE(params.length, at);
  for (const value of values) {
    at = message.writeInt32BE(value?.length ?? -1, at);
    if (value) message.set(value, at);
    at += value?.length ?? 0;
  }
  message.writeInt16BE(0, at);
  return message;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A PostgreSQL array literal; nulls stay nulls. */
export function arrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? "NULL" : quoteElement(value))).join(",")}}`;
}

function quoteElement(value: string): string {
  return `"${value.replaceAll(/["\\]/gu, "\\$&")}"`;
}

/** PostgreSQL's own numbers of the types, from pg_type.dat, and what precedes each value of them. */
const binaryTypes = {
  text: { oid: 25, version: [] },
  jsonb: { oid: 3802, version: [1] },
  bytea: { oid: 17, version: [] },
} as const;

/**
 * A one-dimensional array in PostgreSQL's binary form; nulls stay nulls. The server copies its elements as they
 * are, where it would look at each character of a literal: a first sync spends a third less in the database.
 */
export function binaryArray(
  type: keyof typeof binaryTypes,
  values: readonly (string | Uint8Array | null)[],
): Uint8Array {
  const { oid, version } = binaryTypes[type];
  const lengths = values.map((value) => (value === null ? -1 : bytesOf(value) + version.length));
  const whole = Buffer.allocUnsafe(20 + lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), 0));
  let at = 0;
  // Dimensions, whether there are nulls, the type; then this dimension's length and first subscript.
  for (const word of [1, lengths.includes(-1) ? 1 : 0, oid, values.length, 1])
    at = whole.writeInt32BE(word, at);
  for (const [index, value] of values.entries()) {
    at = whole.writeInt32BE(lengths[index] ?? -1, at);
    if (value === null) continue;
    for (const byte of version) at = whole.writeUInt8(byte, at);
    at += put(whole, at, value);
  }
  return whole;
}

function put(whole: Buffer, at: number, value: string | Uint8Array): number {
  if (typeof value === "string") return whole.write(value, at);
  whole.set(value, at);
  return value.length;
}

function bytesOf(value: string | Uint8Array): number {
  return typeof value === "string" ? Buffer.byteLength(value) : value.length;
}

/** A name as PostgreSQL quotes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  // E'' so that a backslash means the same whatever standard_conforming_strings says.
  return text.includes("\\")
    ? `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`;
}
