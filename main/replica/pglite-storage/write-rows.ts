import type { BulkWriteRow } from "rxdb";
import { cleanJson } from "./clean-text.ts";
import { createPacker, NotPlainJson, type PackDocument } from "./pack-jsonb.ts";
import { binaryArray, type Run, type Wire, type WireRow } from "./statements.ts";
import { docColumns } from "./table.ts";

/** One document on its way into the table. */
export type WritableRow<RxDocType> = { source: BulkWriteRow<RxDocType>; id: string; doc: Uint8Array };

/** @returns what makes a collection's bulk writes ready for its table. @param primaryPath the field that is the key */
export function createPreparer(
  primaryPath: string,
): <RxDocType>(rows: readonly BulkWriteRow<RxDocType>[]) => WritableRow<RxDocType>[] {
  // RxDB's own fields and the key are columns, and not in the document.
  const pack = createPacker(new Set([primaryPath, "_rev", "_deleted", "_meta", "_attachments"]));
  return (rows) => rows.map((source) => prepareRow(source, primaryPath, pack));
}

/** A document that is no plain JSON is written as JSON has it, and its event shows what is stored. */
function prepareRow<RxDocType>(
  source: BulkWriteRow<RxDocType>,
  primaryPath: string,
  pack: PackDocument,
): WritableRow<RxDocType> {
  const id = source.document[primaryPath as keyof typeof source.document] as string;
  try {
    return { source, id, doc: pack(source.document) };
  } catch (error) {
    if (!(error instanceof NotPlainJson)) throw error;
    const document = cleanJson(JSON.parse(JSON.stringify(source.document)) as typeof source.document);
    return prepareRow({ ...source, document }, primaryPath, pack);
  }
}

/**
 * Inserts what is new and updates what still has the revision that its writer saw.
 * @returns ids that were not written, because something else stands there (or, for an update, nothing)
 */
export async function writeRows<RxDocType>(
  run: Run,
  table: string,
  rows: readonly WritableRow<RxDocType>[],
): Promise<Set<string>> {
  const inserts = rows.filter(({ source }) => !source.previous);
  const updates = rows.filter(({ source }) => source.previous);
  const refused: WireRow[] = [];
  if (inserts.length > 0) refused.push(...(await insertRows(run, table, inserts)));
  if (updates.length > 0) refused.push(...(await updateRows(run, table, updates)));
  return new Set(refused.map(([id]) => id ?? ""));
}

/**
 * Most inserts are of rows that nobody has, as in a first sync: looking for others first would cost a tenth of it.
 */
export async function insertRows<RxDocType>(
  run: Run,
  table: string,
  rows: readonly WritableRow<RxDocType>[],
): Promise<WireRow[]> {
  try {
    return await run(`INSERT INTO ${table} (${docColumns}) SELECT ${inStep}`, columnsOf(rows), "keep");
  } catch (error) {
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
    return insertMissing(run, table, rows);
  }
}

const uniqueViolation = "23505";

function insertMissing<RxDocType>(
  run: Run,
  table: string,
  rows: readonly WritableRow<RxDocType>[],
): Promise<WireRow[]> {
  return run(
    `WITH written AS (
       INSERT INTO ${table} (${docColumns})
       SELECT ${incoming} ON CONFLICT DO NOTHING RETURNING id)
     SELECT id FROM unnest($1::text[]) AS id EXCEPT SELECT id FROM written`,
    columnsOf(rows),
    "keep",
  );
}

/** One list of rows, never two to be joined: the planner, who cannot see their length, compares each with each. */
function updateRows<RxDocType>(
  run: Run,
  table: string,
  rows: readonly WritableRow<RxDocType>[],
): Promise<WireRow[]> {
  return run(
    `WITH written AS (
       UPDATE ${table} AS stored
       SET rev = r.rev, deleted = r.deleted, lwt = r.lwt, meta = r.meta, doc = r.doc::jsonb
       FROM unnest(${incomingArrays}, $7::text[]) AS r (${docColumns}, seen)
       WHERE stored.id = r.id AND stored.rev = r.seen RETURNING stored.id)
     SELECT id FROM unnest($1::text[]) AS id EXCEPT SELECT id FROM written`,
    [
      ...columnsOf(rows),
      binaryArray(
        "text",
        rows.map(({ source }) => source.previous?._rev ?? ""),
      ),
    ],
    "keep",
  );
}

const arrays = ["$1::text[]", "$2::text[]", "$3::bool[]", "$4::float8[]", "$5::jsonb[]", "$6::bytea[]"];
const incomingArrays = arrays.join(", ");
/** The same rows without being put down in between, as functions in FROM are. */
const inStep = `${arrays.map((array) => `unnest(${array})`).join(", ")}::jsonb`;
const incoming = `id, rev, deleted, lwt, meta, doc::jsonb FROM unnest(${incomingArrays}) AS r (${docColumns})`;

function columnsOf<RxDocType>(rows: readonly WritableRow<RxDocType>[]): Wire[] {
  const documents = rows.map(({ source }) => source.document);
  return [
    binaryArray(
      "text",
      rows.map(({ id }) => id),
    ),
    binaryArray(
      "text",
      documents.map(({ _rev }) => _rev),
    ),
    `{${documents.map(({ _deleted }) => (_deleted ? "t" : "f")).join(",")}}`,
    `{${documents.map(({ _meta }) => _meta.lwt).join(",")}}`,
    binaryArray(
      "jsonb",
      documents.map(({ _meta }) => extraMeta(_meta)),
    ),
    binaryArray(
      "bytea",
      rows.map(({ doc }) => doc),
    ),
  ];
}

/** Plugins keep marks in `_meta`; documents without any take no room for them. */
function extraMeta(meta: { lwt: number }): string | null {
  const { lwt: _, ...extra } = meta;
  return Object.keys(extra).length === 0 ? null : JSON.stringify(cleanJson(extra));
}
