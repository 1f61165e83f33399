import { fork } from "node:child_process";
import { on, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ToMain, type ToReplica } from "../../../main/host/protocol.ts";
import { hostContract } from "../../../main/host/services.ts";
import { FrameUp } from "../../../shared/rpc/frames.ts";

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), "ringside-orphan-"))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

test.each([
  ["the notice of where secrets lie", hostContract.secretsNotice.name],
  ["its person's token", hostContract.readSecret.name],
])("a replica whose main dies while it waits for %s puts itself down in order", async (_, awaited) => {
  const serverUrl = "http://127.0.0.1:9";
  const id = "01990000-0000-7000-8000-000000000001";
  const person = { userId: id, name: "Ana", email: "ana@example.com", role: "agent", teamIds: [] };
  const account = { serverUrl, deviceId: id, tenant: { id, name: "Harbour" }, person };
  writeFileSync(join(dataDir, "session.json"), JSON.stringify({ account }));

  const { child, next, ended } = start(join(import.meta.dirname, "../../../dist/main/replica.js"));
  expect(await next()).toEqual({ t: "ready" });
  const settings = { dataDir, serverUrl, deviceName: "test", appVersion: "0", demo: false };
  child.send({ t: "open", settings } satisfies ToReplica);
  for (;;) {
    const said = await next();
    const asked = said.t === "services" ? FrameUp.parse(said.frame) : null;
    if (asked?.t !== "call") continue;
    if (asked.name === awaited) break;
    const frame = {
      t: "result",
      id: asked.id,
      value: asked.name === hostContract.setHotkeys.name ? [] : null,
    };
    child.send({ t: "services", frame } satisfies ToReplica);
  }
  child.disconnect();
  expect(await ended).toEqual([0, null]);
});

test("a replica whose main has died ends, also where it cannot put itself down", async () => {
  const { child, next, ended } = start(join(import.meta.dirname, "stuck-replica.ts"));
  expect(await next()).toEqual({ t: "ready" });
  child.disconnect();
  expect(await ended).toEqual([1, null]);
});

/** A replica's process, and what it says, one after the other. */
function start(entry: string) {
  const child = fork(entry, [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const messages = on(child, "message", { close: ["exit"] });
  const next = async () => {
    const { value, done } = await messages.next();
    if (done) throw new Error("it has ended");
    return ToMain.parse((value as [unknown])[0]);
  };
  return { child, next, ended: once(child, "exit") };
}
