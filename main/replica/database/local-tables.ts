import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import type { Checkpoint } from "../../../shared/sync/wire.ts";
import type { UndoStep } from "../edits/undo-step.ts";
import type { WireRow } from "../pglite-storage/statements.ts";

/** Runs one statement. */
export type RunSql = {
  <Row extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * For those that run with every edit or page: they stay parsed, which is more than half of what they cost.
   * @returns values in the order of the statement, as PostgreSQL writes them
   */
  kept(text: string, parameters?: readonly unknown[]): Promise<WireRow[]>;
};

/** How far one collection has come. */
export type Progress = {
  collection: CollectionName;
  checkpoint: Checkpoint;
  scope: string;
  /** True once a pull has reached the end of the feed. */
  complete: boolean;
  /** A second pull from the start ([AUD-4]): what does not come again is dropped at its end. */
  repull: boolean;
  done: number;
  total: number | null;
};

export type UndoGroup = { label: string; steps: UndoStep[] };

/**
 * What the replica remembers about its records, beside them in the same database and outside of RxDB:
 * - `ringside_progress`: the position in the feed, by collection;
 * - `ringside_shadow`: what the server said of records that unsent edits cover; `doc` null = it has none;
 * - `ringside_seen`: the ids that a second pull from the start has brought so far;
 * - `ringside_sent`: edits that the server has taken, for a server that is put back to a backup;
 * - `ringside_version`: the newest schema that each collection was opened with;
 * - `ringside_undo`: how to take edits back, by group;
 * - `ringside_standing`: answers that hold until a record is written (standing-answers.ts);
 * - `ringside_note`: small facts by name, such as when it was last in step with the server.
 */
export const localTables: readonly string[] = [
  `create table if not exists ringside_progress (
     collection text primary key, xid text not null, seq text not null, scope text not null,
     complete bool not null, repull bool not null, done int not null, total int)`,
  `create table if not exists ringside_shadow (
     collection text not null, id text not null, doc jsonb, primary key (collection, id))`,
  `create table if not exists ringside_seen (
     collection text not null, id text not null, primary key (collection, id))`,
  `create table if not exists ringside_sent (
     position bigserial primary key, edit_id text not null unique, at_ms float8 not null, item jsonb not null)`,
  "create index if not exists ringside_sent_at on ringside_sent (at_ms)",
  `create table if not exists ringside_version (collection text primary key, version int not null)`,
  `create table if not exists ringside_undo (
     undo_id text primary key, label text not null, at timestamptz not null)`,
  `create table if not exists ringside_undo_step (
     undo_id text not null references ringside_undo on delete cascade, position int not null,
     step jsonb not null, primary key (undo_id, position))`,
  `create table if not exists ringside_standing (name text primary key, answer jsonb not null)`,
  `create table if not exists ringside_note (name text primary key, value text not null)`,
];

export async function readNote(sql: RunSql, name: string): Promise<string | null> {
  const [note] = await sql<{ value: string }>("select value from ringside_note where name = $1", [name]);
  return note?.value ?? null;
}

export async function writeNote(sql: RunSql, name: string, value: string): Promise<void> {
  const statement =
    "insert into ringside_note (name, value) values ($1, $2) on conflict (name) do update set value = $2";
  await sql.kept(statement, [name, value]);
}

/** The newest schema that each collection was opened with. */
export async function readVersions(sql: RunSql): Promise<Map<CollectionName, number>> {
  const rows = await sql<{ collection: CollectionName; version: number }>("select * from ringside_version");
  return new Map(rows.map(({ collection, version }) => [collection, version]));
}

export async function writeVersions(
  sql: RunSql,
  versions: ReadonlyMap<CollectionName, number>,
): Promise<void> {
  await sql(
    `insert into ringside_version (collection, version) select * from unnest($1::text[], $2::int[])
     on conflict (collection) do update set version = excluded.version`,
    [[...versions.keys()], [...versions.values()]],
  );
}

type ProgressRow = Omit<Progress, "checkpoint"> & Checkpoint;

export async function readProgress(sql: RunSql): Promise<Progress[]> {
  const rows = await sql<ProgressRow>("select * from ringside_progress");
  return rows.map(({ xid, seq, ...rest }) => ({ ...rest, checkpoint: { xid, seq } }));
}

export async function writeProgress(sql: RunSql, progress: Progress): Promise<void> {
  const { collection, checkpoint, scope, complete, repull, done, total } = progress;
  await sql.kept(
    `insert into ringside_progress (collection, xid, seq, scope, complete, repull, done, total)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (collection) do update set xid = $2, seq = $3, scope = $4, complete = $5, repull = $6,
       done = $7, total = $8`,
    [collection, checkpoint.xid, checkpoint.seq, scope, complete, repull, done, total],
  );
}

export async function readShadows(
  sql: RunSql,
  collection: CollectionName,
  ids: readonly string[],
): Promise<Map<string, Doc | null>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.kept(
    "select id, doc from ringside_shadow where collection = $1 and id = any($2::text[])",
    [collection, ids],
  );
  return new Map(rows.map(([id, doc]) => [id ?? "", doc ? (JSON.parse(doc) as Doc) : null]));
}

export async function writeShadows(
  sql: RunSql,
  collection: CollectionName,
  shadows: ReadonlyMap<string, Doc | null>,
): Promise<void> {
  if (shadows.size === 0) return;
  await sql.kept(
    `insert into ringside_shadow (collection, id, doc)
     select $1, row->>'id', nullif(row->'doc', 'null'::jsonb) from jsonb_array_elements($2::jsonb) row
     on conflict (collection, id) do update set doc = excluded.doc`,
    [collection, JSON.stringify([...shadows].map(([id, doc]) => ({ id, doc })))],
  );
}

export async function dropShadows(
  sql: RunSql,
  collection: CollectionName,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const statement = "delete from ringside_shadow where collection = $1 and id = any($2::text[])";
  await sql.kept(statement, [collection, ids]);
}

export async function listShadows(sql: RunSql): Promise<{ collection: CollectionName; id: string }[]> {
  return sql("select collection, id from ringside_shadow order by collection, id");
}

export async function markSeen(
  sql: RunSql,
  collection: CollectionName,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql.kept(
    `insert into ringside_seen (collection, id) select $1, unnest($2::text[]) on conflict do nothing`,
    [collection, ids],
  );
}

/** Those of the ids that a second pull from the start has not brought yet. */
export async function listUnconfirmed(
  sql: RunSql,
  collection: CollectionName,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await sql<{ id: string }>(
    `select asked.id from unnest($2::text[]) as asked(id) where not exists (
       select from ringside_seen seen where seen.collection = $1 and seen.id = asked.id)`,
    [collection, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

export async function forgetSeen(sql: RunSql, collection: CollectionName): Promise<void> {
  await sql("delete from ringside_seen where collection = $1", [collection]);
}

/** Ids of records that a second pull from the start has not brought. @param table of the collection, quoted */
export async function listUnseen(sql: RunSql, collection: CollectionName, table: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    `select id from ${table} record where not deleted and not exists (
       select from ringside_seen seen where seen.collection = $1 and seen.id = record.id)`,
    [collection],
  );
  return rows.map(({ id }) => id);
}

export async function addUndoSteps(
  sql: RunSql,
  undoId: string,
  { label, steps }: UndoGroup,
  from: number,
  at: string,
): Promise<void> {
  await sql.kept(
    `with made as (insert into ringside_undo (undo_id, label, at) values ($1, $2, $3) on conflict do nothing)
     insert into ringside_undo_step (undo_id, position, step)
     select $1, $4::int + n, step from jsonb_array_elements($5::jsonb) with ordinality as rows (step, n)`,
    [undoId, label, at, from, JSON.stringify(steps)],
  );
}

/** In the order in which they must be taken, last made, first taken back; a page at a time. */
export async function* readUndoSteps(
  sql: RunSql,
  undoId: string,
  pageLength: number,
): AsyncGenerator<UndoStep[], void> {
  let before = lastPosition;
  for (;;) {
    const rows = await sql<{ position: number; step: UndoStep }>(
      `select position, step from ringside_undo_step where undo_id = $1 and position < $2
       order by position desc limit $3`,
      [undoId, before, pageLength],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ step }) => step);
    before = last.position;
  }
}

/** Of PostgreSQL's `int`. */
const lastPosition = 2 ** 31 - 1;

/** Null = there is none. */
export async function countUndo(
  sql: RunSql,
  undoId: string,
): Promise<{ label: string; steps: number } | null> {
  const [group] = await sql<{ label: string; steps: number }>(
    `select label, (select count(*)::int from ringside_undo_step s where s.undo_id = u.undo_id) as steps
     from ringside_undo u where undo_id = $1`,
    [undoId],
  );
  return group ?? null;
}

export async function dropUndo(sql: RunSql, undoId: string): Promise<void> {
  await sql("delete from ringside_undo where undo_id = $1", [undoId]);
}

export async function dropUndoBefore(sql: RunSql, at: string): Promise<void> {
  await sql("delete from ringside_undo where at < $1", [at]);
}
