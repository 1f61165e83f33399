import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openPGlite } from "./index.ts";

const script = join(import.meta.dirname, "../../../testing/processes/migrate-leads.ts");
const leadCount = 300;

/** Runs the process until it has said `killAfter` lines, or to its end; returns what it said. */
async function run(
  folder: string,
  [version = "0", count = "0"]: string[],
  killAfter = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  // Two batches further it waits: who sees its lines late still finds it at work.
  const words = [script, folder, version, count, String(killAfter + 20)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split("\n").length > killAfter) child.kill("SIGKILL");
  });
  await once(child, "close");
  return said.trim().split("\n");
}

test("a migration that is killed four times goes on each time, and takes each document through once", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "ringside-migration-")), "db");
  expect((await run(folder, ["0", String(leadCount)])).at(-1)).toBe(`done ${leadCount} 0`);
  for (const killAfter of [1, 60, 45, 70]) {
    expect((await run(folder, ["1"], killAfter)).some((line) => line.startsWith("done"))).toBe(false);
  }
  const last = await run(folder, ["1"]);
  expect(last.at(-1)).toBe(`done ${leadCount} 1`);
  // It went on rather than over: what the killed runs had finished is not migrated again.
  expect(last.length).toBeLessThan(leadCount);
  expect(await run(folder, ["1"])).toEqual([`done ${leadCount} 1`]);

  const pglite = await openPGlite(folder);
  if (!pglite.ok) throw pglite.error.cause;
  const tables = await pglite.value.query(
    "SELECT relname FROM pg_stat_user_tables WHERE relname LIKE 'leads_v%'",
  );
  expect(tables.rows).toEqual([{ relname: "leads_v1" }]);
  await pglite.value.close();
  rmSync(join(folder, ".."), { recursive: true, force: true });
});
