import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { sweep } from "./builds.ts";

test("what former builds left is swept away when it is old; what was written since stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ringside-build-"));
  const write = (name: string) => {
    writeFileSync(join(folder, name), "");
    return statSync(join(folder, name)).ctimeMs;
  };
  mkdirSync(join(folder, "assets"));
  const old = Math.max(write("assets/page-a0.js"), write("index.js"));
  while (write("later-a1.js") <= old) await setTimeout(5);
  write("index.js");
  sweep(folder, statSync(join(folder, "later-a1.js")).ctimeMs);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(["assets", "index.js", "later-a1.js"]);
  rmSync(folder, { recursive: true });
});
