import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import {
  BackupFailed,
  backUpRunning,
  inTenant,
  openDatabase,
  restore,
  rowsOf,
  type Database,
  type DatabaseConfig,
} from "../../sync-server/database/index.ts";
import { readFeedEpoch } from "../../sync-server/database/feed-epoch.ts";
import { migrateTo, newestSchema } from "../../sync-server/database/migrate.ts";
import { ensureDemoTenant } from "../../sync-server/demo/index.ts";

/** Two databases that stand empty, where a backup's file may lie, and what removes it all. */
export type BackupStage = {
  from: DatabaseConfig;
  to: DatabaseConfig;
  folder: string;
  close(): Promise<void>;
};

const nasty = [
  "",
  "plain",
  '"quoted", {braces} and \\ strokes',
  "two\nlines\r\n\ttabbed",
  "[looks like a row]",
  "💥 \u202e ümlaut",
  "NULL",
];
const now = new Date("2026-01-02T03:04:05.678Z");

/** What holds of a backup whatever it was made of and is restored into. */
export function describeBackup(open: () => Promise<BackupStage>): void {
  const { at, inFrom, inTo } = useStage(open);

  test("every row of every table comes back as it was, and counting goes on after it", async () => {
    const before = await inFrom(async (db) => {
      await fill(db);
      await backUpRunning(db, at.file, now);
      return readEverything(db);
    });
    expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(12);
    await restore(at.stage.to, at.file, now);
    await inTo(async (db) => {
      expect(await readEverything(db)).toEqual(before);
      const [next] = await rowsOf<{ id: string }>(
        db.owner,
        sql`INSERT INTO audit_log (tenant_id, action, subject) VALUES ('t', 'a', 's') RETURNING id::text`,
      );
      expect(Number(next?.id)).toBe(1 + Math.max(...(before["audit_log"] ?? []).map(({ id }) => Number(id))));
    });
  });

  test("a restored database begins a new epoch of the feed, with every row stamped in it", async () => {
    const before = await inFrom(async (db) => {
      await fill(db);
      await backUpRunning(db, at.file, now);
      return readFeedEpoch(db.owner);
    });
    await restore(at.stage.to, at.file, now);
    await inTo(async (db) => {
      expect(await readFeedEpoch(db.owner)).not.toBe(before);
      const [unstamped] = await rowsOf<{ n: number }>(
        db.owner,
        sql`SELECT count(*)::int AS n FROM leads WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) OR seq = 0`,
      );
      expect(unstamped?.n).toBe(0);
    });
  });

  test("a backup of an older version is brought up to date with its rows in it", async () => {
    const older = newestSchema() - 1;
    await inFrom(async (db) => {
      await insertLead(db, "old");
      await db.owner.execute(sql`DELETE FROM schema_migrations WHERE created_at > ${older}`);
      await backUpRunning(db, at.file, now);
    });
    await restore(at.stage.to, at.file, now);
    await inTo(async (db) => {
      expect((await readEverything(db))["leads"]?.map(({ id }) => id)).toEqual(["old"]);
      await db.transaction((tx) => migrateTo(tx, newestSchema()));
    });
  });
}

/** What holds of a file that is no good backup: the file is looked at before the database. */
export function describeDamagedBackup(open: () => Promise<BackupStage>): void {
  const { at, inFrom, inTo } = useStage(open);

  test("a file that is cut off, changed, foreign or newer replaces nothing and says why", async () => {
    await inFrom(async (db) => {
      await fill(db);
      await backUpRunning(db, at.file, now);
    });
    const before = await inTo(async (db) => {
      await insertLead(db, "stands");
      return readEverything(db);
    });
    for (const [name, damage, words] of damages) {
      const damaged = join(at.stage.folder, "damaged.backup");
      await writeFile(damaged, damage(await readFile(at.file)));
      const outcome = await restore(at.stage.to, damaged, now).catch((error: unknown) => error);
      expect(outcome, name).toBeInstanceOf(BackupFailed);
      expect((outcome as BackupFailed).message, name).toMatch(words);
    }
    expect(await inTo(readEverything)).toEqual(before);
  });
}

function useStage(open: () => Promise<BackupStage>) {
  let stage: BackupStage;
  beforeEach(async () => {
    stage = await open();
  });
  afterEach(() => stage.close());
  return {
    at: {
      get stage(): BackupStage {
        return stage;
      },
      get file(): string {
        return join(stage.folder, "ringside.backup");
      },
    },
    inFrom: <T>(work: (db: Database) => Promise<T>) => within(stage.from, work),
    inTo: <T>(work: (db: Database) => Promise<T>) => within(stage.to, work),
  };
}

const damages: [string, (whole: Buffer) => Buffer, RegExp][] = [
  ["cut off", (whole) => whole.subarray(0, whole.length - 100), /cannot be read as a backup/u],
  [
    "a row too few",
    (whole) =>
      rewrite(whole, (lines) =>
        lines.toSpliced(
          lines.findIndex((line) => line.startsWith("[")),
          1,
        ),
      ),
    /damaged/u,
  ],
  ["without its end", (whole) => rewrite(whole, (lines) => lines.slice(0, -2)), /damaged/u],
  ["no gzip", () => Buffer.from("not a backup"), /cannot be read as a backup/u],
  ["something else", () => gzipSync("hello\n"), /is not a backup/u],
  ["empty", () => Buffer.alloc(0), /backup/u],
  ["newer", (whole) => rewrite(whole, ([head = "", ...rest]) => [toNewer(head), ...rest]), /newer version/u],
];

function rewrite(whole: Buffer, change: (lines: string[]) => string[]): Buffer {
  return gzipSync(change(gunzipSync(whole).toString("utf8").split("\n")).join("\n"));
}

function toNewer(head: string): string {
  return JSON.stringify({ ...JSON.parse(head), schema: newestSchema() + 1 });
}

async function within<T>(config: DatabaseConfig, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(config);
  return work(db).finally(() => db.close());
}

/** A tenant as it really is, and what databases and file formats stumble over. */
async function fill(db: Database): Promise<void> {
  await ensureDemoTenant({ db, clock: systemClock }, { leadCount: 40 });
  for (const [index, text] of nasty.entries()) await insertLead(db, `nasty ${index}`, text);
  await db.owner.execute(
    sql`INSERT INTO audit_log (tenant_id, action, subject, details) VALUES ('t', 'one', 's', '{"a":[1,2.50,null]}')`,
  );
  await db.owner.execute(
    sql`INSERT INTO edits (tenant_id, edit_id, device_id, outcome, at) VALUES ('t', 'e', 'd', '{}', '1999-12-31T23:59:59.999+05:30')`,
  );
}

export function insertLead(db: Database, id: string, text = ""): Promise<unknown> {
  return inTenant(db, { tenantId: "t" }, (tx) =>
    tx.execute(
      sql`INSERT INTO leads (tenant_id, id, doc, rev, audience, touched)
          VALUES ('t', ${id}, ${JSON.stringify({ name: text, empty: null })}::jsonb, 1, ARRAY[${text}, 'all'], '{}')`,
    ),
  );
}

type Row = Record<string, unknown>;

/** Every table but for the stamps and the facts that a restore makes anew. */
async function readEverything(db: Database): Promise<Record<string, Row[]>> {
  const all: Record<string, Row[]> = {};
  const tables = await rowsOf<{ table: string }>(
    db.owner,
    sql`SELECT table_name::text AS "table" FROM information_schema.tables
        WHERE table_schema = 'public' AND table_name NOT IN ('server_facts', 'schema_migrations')`,
  );
  for (const { table } of tables) {
    const rows = await rowsOf<{ row: Row }>(
      db.owner,
      sql`SELECT to_jsonb(t) - 'xid' - 'seq' AS row FROM ${sql.identifier(table)} t ORDER BY (to_jsonb(t) - 'xid' - 'seq')::text`,
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}
