import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createImportStore } from "./import-store.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "ringside-imports-"))));
afterEach(() => rm(folder, { recursive: true }));

test("an import that begins while leftovers are cleared away is none of them", async () => {
  for (let index = 0; index < 400; index++) await mkdir(join(folder, `never-ran-${index}`));
  const store = createImportStore(folder);
  const opening = store.open(0);
  await Promise.all(["a", "never-ran-399"].map((importId) => store.create(importId)));
  expect(await opening).toEqual([]);
  expect(existsSync(join(folder, "never-ran-0"))).toBe(false);
  for (const importId of ["a", "never-ran-399"]) expect(existsSync(store.sourcePath(importId))).toBe(true);
});
