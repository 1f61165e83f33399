import { createHash } from "node:crypto";
import { getPrimaryFieldOfPrimaryKey, type RxDocumentData, type RxJsonSchema } from "rxdb";
import { fieldAt, type SchemaLike } from "./fields.ts";
import { quoteName, type Run, type WireRow } from "./statements.ts";

/** PostgreSQL cuts longer names, and two that differ only beyond the cut would be one. */
const maxNameBytes = 63;

export type TableAddress = { databaseName: string; collectionName: string; version: number };

/**
 * The quoted name of a collection's table, for SQL that reads beside RxDB: columns
 * `id text, rev text, deleted bool, lwt float8 (ms), meta jsonb, doc jsonb`.
 * `doc` holds the document without its primary key and without RxDB's own fields. Deleted documents stay until
 * cleanup: every reader says `NOT deleted`.
 */
export function tableName({ databaseName, collectionName, version }: TableAddress): string {
  return `${quoteName(shorten(databaseName))}.${quoteName(shorten(`${collectionName}_v${version}`))}`;
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxNameBytes) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${Buffer.from(name).subarray(0, 40).toString().replaceAll("\ufffd", "")}_${digest}`;
}

/**
 * What makes the table and its indexes where they are missing.
 * Index columns leave out `_deleted` (few rows are) and the primary key at the end (PostgreSQL sorts equal
 * values itself, and folds equal keys into one): a quarter of the disk that RxDB's own layout would take.
 * RxDB's index over the time of the last write holds deleted rows only: cleaning up looks for them, and counting
 * them tells how many are not. Nothing here asks what was written since a time, which reads the whole table.
 */
export function tableStatements(address: TableAddress, schema: SchemaLike): string[] {
  const table = tableName(address);
  const name = `${address.collectionName}_v${address.version}`;
  return [
    `CREATE SCHEMA IF NOT EXISTS ${quoteName(shorten(address.databaseName))}`,
    `CREATE TABLE IF NOT EXISTS ${table} (id text PRIMARY KEY, rev text NOT NULL, deleted bool NOT NULL,
       lwt float8 NOT NULL, meta jsonb, doc jsonb NOT NULL)`,
    `CREATE INDEX IF NOT EXISTS ${quoteName(shorten(`${name}_deleted`))} ON ${table} (lwt) WHERE deleted`,
    ...indexColumns(schema).map((columns) => {
      const index = quoteName(shorten(`${name}_${digestOf(columns)}`));
      return `CREATE INDEX IF NOT EXISTS ${index} ON ${table} (${columns})`;
    }),
  ];
}

/**
 * Lets `bytes::jsonb` take a document that pack-jsonb.ts has laid out as it is: PostgreSQL allows a cast without a
 * function between types that are kept alike, and uses it only where it is written out.
 */
export async function allowPacked(run: Run): Promise<void> {
  const [known] = await run(
    "SELECT 1 FROM pg_cast WHERE castsource = 'bytea'::regtype AND casttarget = 'jsonb'::regtype",
    [],
  );
  if (!known) await run("CREATE CAST (bytea AS jsonb) WITHOUT FUNCTION", []);
}

/** Index definitions as SQL, each once. `NULLS FIRST` is how documents without a value sort. */
export function indexColumns(schema: SchemaLike): string[] {
  const primary = getPrimaryFieldOfPrimaryKey(schema.primaryKey as never);
  const definitions = (schema.indexes ?? []).map((index) =>
    [index as string | readonly string[]]
      .flat()
      .filter((path) => path !== "_deleted" && path !== primary)
      .flatMap((path) => {
        const field = fieldAt(schema, path);
        return field.kind === "scalar" ? [`${field.sql} NULLS FIRST`] : [];
      })
      .join(", "),
  );
  return [...new Set(definitions)].filter((columns) => columns !== "" && columns !== lastWrite);
}

const lastWrite = "lwt NULLS FIRST";

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

export const docColumns = "id, rev, deleted, lwt, meta, doc";

/** A row of `docColumns` as the document that RxDB wrote. */
export function readDoc<RxDocType>(row: WireRow, primaryPath: string): RxDocumentData<RxDocType> {
  const [id, rev, deleted, lwt, meta, doc] = row;
  return {
    ...(JSON.parse(doc ?? "{}") as object),
    [primaryPath]: id,
    _rev: rev,
    _deleted: deleted === "t",
    _meta: { ...(meta ? (JSON.parse(meta) as object) : {}), lwt: Number(lwt) },
    _attachments: {},
  } as unknown as RxDocumentData<RxDocType>;
}

export type StoredSchema<RxDocType> = Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>;
