import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal } from "./index.ts";

const script = join(import.meta.dirname, "../../../testing/processes/append-edits.ts");

/** Runs the writer until a while after its second append, kills it, and returns the edits that it was told are safe. */
async function runAndKill(folder: string, first: number, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, folder, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (said.split("\n").length < 3) await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill("SIGKILL");
  await once(child, "close");
  return said.trim().split(/\s+/u);
}

test("[JOURNAL-1] fifteen kills in mid-write lose no acknowledged edit and double none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringside-journal-"));
  const acknowledged: string[] = [];
  for (let round = 0; round < 15; round++) {
    acknowledged.push(...(await runAndKill(folder, round * 1_000_000, Math.random() * 60)));
  }
  const opened = await openJournal({ folder, key: new Uint8Array(32).fill(7) });
  if (!opened.ok) throw new Error(opened.error.message);
  const kept = opened.value.unsent().map(({ edit }) => edit.editId as string);
  expect(opened.value.damage).toBeNull();
  expect(acknowledged.length).toBeGreaterThan(30);
  expect(acknowledged.filter((name) => !kept.includes(name))).toEqual([]);
  expect(new Set(kept).size).toBe(kept.length);
  // Both edits of an append are there, or neither.
  expect(kept.filter((name) => !kept.includes(name.replace(/.$/u, name.endsWith("a") ? "b" : "a")))).toEqual(
    [],
  );
  await opened.value.close();
  rmSync(folder, { recursive: true, force: true });
});
