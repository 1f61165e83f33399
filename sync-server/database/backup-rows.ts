import { sql } from "drizzle-orm";
import { rowsOf, type Queryable, type Tx } from "./database.ts";
import type { Part, Table } from "./backup-file.ts";

const rowsAtOnce = 500;

/** Tables of the migrations' owner: whatever a migration makes is in a backup, though nobody thought of it. */
const isOurs = sql`relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND relowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.schema_migrations'))`;

/** Everything that is ours, of one moment: the caller's transaction is one of repeatable reads. */
export async function* readTables(tx: Tx): AsyncGenerator<Part> {
  // An owner who is no superuser may see nothing of the tenants' tables, and would hear of no error.
  await tx.execute(sql`SELECT set_config('role', 'ringside_system', true)`);
  await writeTextPlainly(tx);
  for (const table of await listTables(tx)) {
    yield { kind: "table", table };
    yield* readRows(tx, table);
  }
}

async function* readRows(tx: Tx, { table, columns }: Table): AsyncGenerator<Part> {
  const values = sql.join(
    columns.map((column) => sql`${sql.identifier(column)}::text`),
    sql`, `,
  );
  await tx.execute(
    sql`DECLARE backup NO SCROLL CURSOR FOR SELECT json_build_array(${values})::text AS row FROM ${sql.identifier(table)}`,
  );
  for (;;) {
    const found = await rowsOf<{ row: string }>(tx, sql.raw(`FETCH ${rowsAtOnce} FROM backup`));
    if (found.length > 0) yield { kind: "rows", rows: found.map(({ row }) => row) };
    if (found.length < rowsAtOnce) break;
  }
  await tx.execute(sql`CLOSE backup`);
}

/** Removes everything of ours from a database, whatever its version. Roles belong to the cluster and stay. */
export async function dropTables(tx: Tx): Promise<void> {
  await tx.execute(sql`SET LOCAL client_min_messages = warning`);
  const tables = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT relname AS name FROM pg_class WHERE ${isOurs}`,
  );
  for (const { name } of tables) await tx.execute(sql`DROP TABLE ${sql.identifier(name)} CASCADE`);
  await tx.execute(sql`DROP SEQUENCE IF EXISTS feed_seq`);
  const functions = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT oid::regprocedure::text AS name FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'ringside\\_%'`,
  );
  for (const { name } of functions) await tx.execute(sql.raw(`DROP FUNCTION ${name}`));
}

/** Fills tables that are there and empty. */
export async function writeTables(tx: Tx, parts: AsyncIterable<Part>): Promise<void> {
  await writeTextPlainly(tx);
  const types = await readTypes(tx);
  let table: Table | null = null;
  for await (const part of parts) {
    if (part.kind === "table") table = part.table;
    else if (table) await writeRows(tx, table, types, part.rows);
  }
  await continueCounting(tx);
}

async function writeRows(
  tx: Tx,
  { table, columns }: Table,
  types: ReadonlyMap<string, string>,
  rows: readonly string[],
): Promise<void> {
  const names = columns.map((column) => sql.identifier(column));
  const values = columns.map((column, index) => {
    const type = types.get(`${table}.${column}`);
    if (type === undefined) throw new Error(`a backup of this version has no ${table}.${column}`);
    return sql`(row->>${sql.raw(String(index))})::${sql.raw(type)}`;
  });
  await tx.execute(
    sql`INSERT INTO ${sql.identifier(table)} (${sql.join(names, sql`, `)}) OVERRIDING SYSTEM VALUE
        SELECT ${sql.join(values, sql`, `)} FROM json_array_elements(${`[${rows.join()}]`}::json) AS row`,
  );
}

/** Text of times and numbers that reads back as the very same value anywhere. */
async function writeTextPlainly(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true),
    set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '1', true)`);
}

/** Our tables with their columns, those that others refer to first. */
async function listTables(on: Queryable): Promise<Table[]> {
  const found = await rowsOf<Table & { after: string[] } & Record<string, unknown>>(
    on,
    sql`SELECT relname::text AS "table",
          (SELECT json_agg(attname ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
          (SELECT coalesce(json_agg(DISTINCT t.relname), '[]') FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
            WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS after
        FROM pg_class c WHERE ${isOurs} AND relname <> 'schema_migrations' ORDER BY relname`,
  );
  return inOrder(found);
}

function inOrder(tables: readonly (Table & { after: string[] })[]): Table[] {
  const placed: Table[] = [];
  const isPlaced = (name: string) => placed.some(({ table }) => table === name);
  while (placed.length < tables.length) {
    const next = tables.find(({ table, after }) => !isPlaced(table) && after.every(isPlaced));
    if (!next) throw new Error("tables refer to each other in a circle");
    placed.push({ table: next.table, columns: next.columns });
  }
  return placed;
}

async function readTypes(on: Queryable): Promise<Map<string, string>> {
  const found = await rowsOf<{ name: string; type: string }>(
    on,
    sql`SELECT relname || '.' || attname AS name, format_type(atttypid, atttypmod) AS type
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE ${isOurs} AND attnum > 0 AND NOT attisdropped`,
  );
  return new Map(found.map(({ name, type }) => [name, type]));
}

/** Numbers that a table gives itself go on after the highest there is. */
async function continueCounting(tx: Tx): Promise<void> {
  const counted = await rowsOf<{ table: string; column: string }>(
    tx,
    sql`SELECT relname::text AS "table", attname::text AS "column" FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE ${isOurs} AND attidentity <> ''`,
  );
  for (const { table, column } of counted) {
    await tx.execute(
      sql`SELECT setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.identifier(column)}), 0) + 1, false)
          FROM ${sql.identifier(table)}`,
    );
  }
}
