import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { findTemplate, makeFolder } from "./embedded-folder.ts";
import { inSystem, inTenant, rowsOf, type Database } from "./index.ts";
import { createPrepared, type RunQuery } from "./prepared.ts";

describe("a statement", () => {
  let folder: string;
  let pglite: PGlite;
  let run: RunQuery;
  let clockMs: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringside-prepared-"));
    const dataDir = join(folder, "pgdata");
    await makeFolder(dataDir, findTemplate());
    pglite = await PGlite.create({ dataDir });
    await pglite.exec("CREATE TABLE notes (id int PRIMARY KEY, note text)");
  });
  beforeEach(async () => {
    await pglite.exec("DEALLOCATE ALL; TRUNCATE notes");
    clockMs = 0;
    run = createPrepared(pglite, () => clockMs);
  });
  afterAll(async () => {
    await pglite.close();
    await rm(folder, { recursive: true, force: true });
  });

  type Kept = { statement: string; generic: number };
  /** What the database keeps, with how often it was run by a plan that knows no values. */
  const kept = async () =>
    (await pglite.query<Kept>("SELECT statement, generic_plans::int AS generic FROM pg_prepared_statements")).rows; // prettier-ignore
  const times = async (count: number, work: () => Promise<unknown>) => {
    for (let done = 0; done < count; done += 1) await work();
  };

  test.each([
    ["SELECT $1::jsonb AS a, $2::text[] AS b, $3::int AS c", [{ x: [1] }, ["one", 'a "b"'], 7]],
    ["SELECT $1::boolean AS a, $2::text AS b, $3::timestamptz AS c", [true, null, "2026-11-22T00:00:00Z"]],
    ["SELECT 1 AS a WHERE $1::text = ''", ["no row"]],
    ["INSERT INTO notes VALUES ($1, $2) RETURNING id", [1, "né"]],
    ["UPDATE notes SET note = $1", ["none"]],
    ["SELECT", []],
  ])("answers what PGlite itself answers, also when it comes again: %s", async (text, values) => {
    const own = [];
    for (const rowMode of ["object", "array", "object"] as const) {
      own.push(await run(text, values, { rowMode }));
      await pglite.exec("TRUNCATE notes");
    }
    const [asObjects, asArrays, again] = own;
    expect(asObjects).toEqual(await pglite.query(text, values));
    await pglite.exec("TRUNCATE notes");
    expect(asArrays).toEqual(await pglite.query(text, values, { rowMode: "array" }));
    expect(again).toEqual(asObjects);
  });

  test("that comes once is not kept, and is from the second time on", async () => {
    const text = "SELECT note FROM notes WHERE id = $1";
    await run(text, [1]);
    expect(await kept()).toEqual([]);
    await times(9, () => run(text, [1]));
    expect(await kept()).toEqual([{ statement: text, generic: expect.any(Number) }]);
    expect((await kept())[0]?.generic).toBeGreaterThan(0);
  });

  test("is planned anew once its plan has cost more than planning would have", async () => {
    const text = "SELECT note FROM notes WHERE id = $1";
    let costs = 3;
    const timed = createPrepared(pglite, () => (clockMs += costs));
    await times(9, () => timed(text, [1]));
    costs = 5;
    await timed(text, [1]);
    await timed("SELECT 1", []);
    expect(await kept(), "the database was told with the next one that it reads").toEqual([]);
    await timed(text, [1]);
    expect(await kept()).toEqual([{ statement: text, generic: 0 }]);
  });

  test("is planned anew after a thousand uses, however long the first took", async () => {
    const text = "SELECT note FROM notes WHERE id = $1";
    let costs = 60_000;
    const timed = createPrepared(pglite, () => (clockMs += costs));
    await times(2, () => timed(text, [1]));
    costs = 5;
    await times(998, () => timed(text, [1]));
    expect((await kept())[0]?.generic).toBeGreaterThan(0);
    await times(2, () => timed(text, [1]));
    expect(await kept()).toEqual([{ statement: text, generic: 0 }]);
  });

  test("that fails harms no other, and is read anew where its table has changed", async () => {
    const text = "SELECT * FROM notes WHERE id = $1";
    await times(3, () => run(text, [1]));
    await expect(run(text, ["no number"])).rejects.toMatchObject({ code: "22P02" });
    expect((await run(text, [1])).rows).toEqual([]);
    await times(3, () => run(text, [1]));
    await pglite.exec("ALTER TABLE notes ADD COLUMN more text");
    await expect(run(text, [1])).rejects.toMatchObject({ code: "0A000" });
    expect((await run(text, [1])).fields.map(({ name }) => name)).toEqual(["id", "note", "more"]);
    await expect(run("SELECT nothing")).rejects.toMatchObject({ code: "42703" });
    await pglite.exec("ALTER TABLE notes DROP COLUMN more");
  });

  test("that was not used for long makes room", async () => {
    for (let n = 0; n < 250; n += 1) await times(2, () => run(`SELECT ${n} AS n`));
    await run("SELECT 'one more'");
    const held = await kept();
    expect(held.length).toBeLessThanOrEqual(200);
    expect(held.map(({ statement }) => statement)).toContain("SELECT 249 AS n");
  });

  test("asked beside another one that fails is answered, or told so", async () => {
    const both = await pglite.transaction(() =>
      Promise.allSettled([run("SELECT 1 / $1::int AS n", [0]), run("SELECT 1 AS n"), run("SELECT 2 AS n")]),
    ).catch((error: unknown) => error); // prettier-ignore
    expect(both).toMatchObject({ code: "25P02" });
    expect((await run("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  });
});

describe("on the embedded database", () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase();
  });
  afterAll(() => db.close());

  const statement = sql`SELECT tenant_id AS tenant FROM do_not_call ORDER BY tenant_id`;
  const seenBy = async (tenantId: string) =>
    (await inTenant(db, { tenantId }, (tx) => rowsOf<{ tenant: string }>(tx, statement))).map(({ tenant }) => tenant); // prettier-ignore

  test("a plan that one tenant's request has left shows another one nothing", async () => {
    for (const tenantId of ["one", "two"])
      await inTenant(db, { tenantId }, (tx) =>
        tx.execute(sql`INSERT INTO do_not_call (tenant_id, number, by_id) VALUES (${tenantId}, '+13125550100', '')`),
      ); // prettier-ignore
    for (let round = 0; round < 12; round += 1) {
      expect(await seenBy("one")).toEqual(["one"]);
      expect(await seenBy("two")).toEqual(["two"]);
      expect(await seenBy("three")).toEqual([]);
      if (round % 4 === 3) expect(await inSystem(db, (tx) => rowsOf(tx, statement))).toHaveLength(2);
    }
  });

  test("nothing is asked in a transaction that is over", async () => {
    let late = async (): Promise<unknown> => null;
    await inTenant(db, { tenantId: "one" }, async (tx) => {
      late = () => rowsOf(tx, statement);
    });
    await expect(late()).rejects.toMatchObject({ cause: { message: "the transaction is over" } });
  });
});
