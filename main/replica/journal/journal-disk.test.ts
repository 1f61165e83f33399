import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Edit } from "../../../shared/sync/edit.ts";
import { openJournal, type JournalEntry } from "./index.ts";

const key = new Uint8Array(32).fill(7);
const folder = mkdtempSync(join(tmpdir(), "ringside-disk-"));
const isMounted = tryToMount();

/** Only root may make a disk of its own; elsewhere journal.test.ts tries the same faults on a faulty port. */
function tryToMount(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

afterEach(() => {
  if (isMounted) execFileSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
});

function edited(name: string, text: string): JournalEntry {
  const changes = { notes: { from: "", to: text } };
  const edit = { kind: "update", editId: name, collection: "leads", id: "x", at: "", rev: 1, changes };
  return { type: "edited", edit: edit as unknown as Edit };
}

test("a disk that is really full, then really read-only, then well again", async (context) => {
  context.skip(!isMounted, "mounting a small disk needs root");
  const opened = await openJournal({ folder, key });
  if (!opened.ok) throw new Error(opened.error.message);
  const journal = opened.value;
  expect((await journal.append([edited("a", "first")])).ok).toBe(true);

  writeFileSync(join(folder, "ballast"), Buffer.alloc(48 * 1024));
  const refused = await journal.append([edited("b", "x".repeat(40_000))]);
  expect(refused).toMatchObject({ ok: false, error: { code: "disk-full" } });

  rmSync(join(folder, "ballast"));
  expect((await journal.append([edited("c", "x".repeat(20_000))])).ok).toBe(true);
  await journal.close();

  execFileSync("mount", ["-o", "remount,ro", folder]);
  expect(await openJournal({ folder, key })).toMatchObject({ ok: false, error: { code: "read-only" } });

  execFileSync("mount", ["-o", "remount,rw", folder]);
  const again = await openJournal({ folder, key });
  if (!again.ok) throw new Error(again.error.message);
  expect(again.value.damage).toBeNull();
  expect(again.value.unsent().map(({ edit }) => edit.editId)).toEqual(["a", "c"]);
  await again.value.close();
});
