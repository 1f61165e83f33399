import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a replica whose main has died ends, also where it waits for an answer of main's", async () => {
  const child = fork(join(import.meta.dirname, "stuck-replica.ts"), [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const [ready] = await once(child, "message");
  expect(ready).toEqual({ t: "ready" });
  child.disconnect();
  expect(await ended).toEqual([1, null]);
});
