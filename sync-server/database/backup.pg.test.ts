import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { createTestDatabase } from "../../testing/postgres/test-database.ts";
import {
  describeBackup,
  describeDamagedBackup,
  insertLead,
  type BackupStage,
} from "../../testing/server/backup-suite.ts";
import { backUp, restore } from "./backup.ts";
import { inTenant, rowsOf, type Database, type DatabaseConfig } from "./database.ts";
import { openDatabase } from "./open.ts";

// Without PostgreSQL's client tools, whatever their version.

type Kind = DatabaseConfig["kind"];

async function openStage(from: Kind, to: Kind): Promise<BackupStage> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-backup-"));
  const drops: (() => Promise<void>)[] = [];
  const make = async (kind: Kind, name: string): Promise<DatabaseConfig> => {
    if (kind === "embedded") return { kind, dataDir: join(folder, name) };
    const { url, drop } = await createTestDatabase(inject("postgresUrl"));
    drops.push(drop);
    return { kind, url, poolSize: 4 };
  };
  return {
    from: await make(from, "from"),
    to: await make(to, "to"),
    folder,
    async close() {
      for (const drop of drops) await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe("from PostgreSQL to PostgreSQL", () => {
  describeBackup(() => openStage("postgres", "postgres"));
  describeDamagedBackup(() => openStage("postgres", "postgres"));
});
describe("from the embedded database to PostgreSQL", () =>
  describeBackup(() => openStage("embedded", "postgres")));
describe("from PostgreSQL to the embedded database", () =>
  describeBackup(() => openStage("postgres", "embedded")));

describe("while it is written", () => {
  let stage: BackupStage;
  let db: Database;
  beforeAll(async () => {
    stage = await openStage("postgres", "postgres");
    db = await openDatabase(stage.from);
  });
  afterAll(async () => {
    await db.close();
    await stage.close();
  });

  test("a backup holds one moment: what was committed before, and of no transaction only a part", async () => {
    const file = join(stage.folder, "ringside.backup");
    for (let number = 0; number < 200; number += 1) await insertPair(db, number);
    let next = 200;
    let going = true;
    const writers = [1, 2].map(async () => {
      while (going) await insertPair(db, (next += 1));
    });
    await backUp(stage.from, file, new Date());
    const atEnd = next;
    going = false;
    await Promise.all(writers);
    expect(atEnd).toBeGreaterThan(202);
    await restore(stage.to, file, new Date());
    const to = await openDatabase(stage.to);
    const [tasks, calls] = [await idsOf(to, "tasks"), await idsOf(to, "calls")];
    await to.close();
    expect(tasks).toEqual(calls);
    expect(tasks.length).toBeGreaterThanOrEqual(200);
    expect(tasks.length).toBeLessThanOrEqual(atEnd + 2);
  });

  test("nothing is restored into a database on which a server runs", async () => {
    const file = join(stage.folder, "ringside.backup");
    await backUp(stage.from, file, new Date());
    const stop = await db.listen("ringside_feed", () => {});
    await expect(restore(stage.from, file, new Date())).rejects.toThrow("Stop every node first");
    await stop();
  });
});

test("an owner who is no superuser, as managed PostgreSQL gives, backs up and restores all tenants", async () => {
  const name = `plain_${randomUUID().replaceAll("-", "")}`;
  const folder = await mkdtemp(join(tmpdir(), "ringside-backup-"));
  await asSuperuser(
    `CREATE ROLE ${name} LOGIN PASSWORD 'test' CREATEROLE`,
    `GRANT ringside_app, ringside_system TO ${name} WITH ADMIN OPTION`,
    `CREATE DATABASE ${name} OWNER ${name}`,
  );
  const url = new URL(inject("postgresUrl"));
  Object.assign(url, { pathname: `/${name}`, username: name, password: "test" });
  const config = { kind: "postgres", url: url.href, poolSize: 2 } as const;
  const before = await openDatabase(config);
  await insertLead(before, "kept");
  const file = join(folder, "ringside.backup");
  await backUp(config, file, new Date());
  await insertLead(before, "later");
  await before.close();
  await restore(config, file, new Date());
  const after = await openDatabase(config);
  expect(await idsOf(after, "leads")).toEqual(["kept"]);
  await after.close();
  await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`);
  await rm(folder, { recursive: true, force: true });
});

/** A task and a call of one number, in one transaction. */
function insertPair(db: Database, number: number): Promise<void> {
  return inTenant(db, { tenantId: "t" }, async (tx) => {
    for (const table of ["tasks", "calls"]) {
      await tx.execute(
        sql`INSERT INTO ${sql.identifier(table)} (tenant_id, id, doc, rev, audience, touched)
            VALUES ('t', ${String(number)}, '{}', 1, '{all}', '{}')`,
      );
    }
  });
}

function idsOf(db: Database, table: string): Promise<string[]> {
  return inTenant(db, { tenantId: "t" }, async (tx) =>
    (await rowsOf<{ id: string }>(tx, sql`SELECT id FROM ${sql.identifier(table)} ORDER BY id::text`)).map(
      ({ id }) => id,
    ),
  );
}

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
