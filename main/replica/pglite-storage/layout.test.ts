import { afterAll, beforeAll, expect, test } from "vitest";
import type { PGlite } from "@electric-sql/pglite";
import { openTestPGlite } from "../../../testing/fakes/open-test-pglite.ts";
import { openLayout } from "./layout.ts";
import { openStatements, type Run } from "./statements.ts";

let pglite: PGlite;
beforeAll(async () => {
  pglite = await openTestPGlite();
});
afterAll(() => pglite.close());

const createThings = "CREATE TABLE IF NOT EXISTS things (id int)";
const createIndex = "CREATE INDEX IF NOT EXISTS things_id ON things (id)";

/** What a desk does at each start; answers with the statements that this took. */
async function makeThings(steps: readonly string[]): Promise<string[]> {
  const statements = openStatements(pglite);
  const layout = await openLayout(statements);
  const ran: string[] = [];
  await statements.exclusive(async (run) => {
    const noting: Run = (sql, params, keep) => {
      ran.push(sql);
      return run(sql, params, keep);
    };
    await layout.make("things", steps, noting);
  });
  return ran.filter((sql) => steps.includes(sql));
}

test("what stands and was made by just these statements takes none; whatever else takes them all", async () => {
  expect(await makeThings([createThings])).toEqual([createThings]);
  expect(await makeThings([createThings])).toEqual([]);
  expect(await makeThings([createThings, createIndex])).toEqual([createThings, createIndex]);
  expect(await makeThings([createThings, createIndex])).toEqual([]);
});

test("a relation that is gone, dropped by us or by anybody, is made again", async () => {
  await makeThings([createThings]);
  await pglite.exec("DROP TABLE things");
  expect(await makeThings([createThings])).toEqual([createThings]);

  const statements = openStatements(pglite);
  const layout = await openLayout(statements);
  await statements.exclusive((run) => layout.forget("things", run));
  expect(await makeThings([createThings])).toEqual([createThings]);
});
