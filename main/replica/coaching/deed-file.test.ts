import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDeedFile } from "./deed-file.ts";

test("who comes back to a call finds what was done a moment before, which is still being written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ringside-deeds-"));
  const deeds = openDeedFile(join(folder, "coaching.json"));
  const deed = { do: "tick", item: "budget", done: true, atMs: 1_000 } as const;
  const kept = deeds.keep("call-1", deed);
  expect(await deeds.of("call-1")).toEqual([deed]);
  await kept;
  await rm(folder, { recursive: true, force: true });
});
