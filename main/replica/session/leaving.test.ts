import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Timers } from "../../../shared/result/ports.ts";
import { createFakeHost, type FakeHost } from "../../../testing/fakes/host-port.ts";
import { Account, foldersOf, secretNames } from "./account.ts";
import { createLeaving, type LeavingDesk } from "./leaving.ts";

const account = Account.parse({
  ...{ serverUrl: "http://127.0.0.1:1", deviceId: "device-1", tenant: { id: "acme", name: "Acme" } },
  person: { userId: "ana", name: "Ana", email: "ana@test.example", role: "agent", teamIds: [] },
});
const { token, journalKey } = secretNames(account);

let dataDir: string;
let host: FakeHost;
let leaving: LeavingDesk;
let heard: string[] = [];
let isHeard: boolean;
let due: (() => void)[] = [];
const timers: Timers = {
  after(_delayMs, task) {
    due.push(task);
    return () => void (due = due.filter((one) => one !== task));
  },
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ringside-leaving-"));
  host = createFakeHost();
  [heard, due, isHeard] = [[], [], true];
  await host.secrets.write(token, "old token");
  await host.secrets.write(journalKey, "key");
  await mkdir(foldersOf(dataDir, account).database, { recursive: true });
  await writeFile(join(dataDir, "session.json"), JSON.stringify({ account }));
  leaving = createLeaving({
    ...{ dataDir, currentPath: join(dataDir, "session.json"), host, timers },
    auth: {
      async confirmWiped(said) {
        heard.push(said);
        return isHeard;
      },
    },
  });
});
afterEach(async () => {
  leaving.stop();
  await rm(dataDir, { recursive: true });
});
const isLeft = () =>
  existsSync(foldersOf(dataDir, account).root) || existsSync(join(dataDir, "session.json"));

test("a disk that takes no note of it keeps nobody's records", async () => {
  await mkdir(join(dataDir, "leaving.json.new"));
  await leaving.begin(account, "wipe");
  expect(await leaving.finish()).toBe("wipe");
  expect([isLeft(), heard, host.stored.size]).toEqual([false, ["old token"], 0]);
  expect(await leaving.finish()).toBeNull();
});

test("a note of it that can neither be read nor removed is tried again by itself", async () => {
  await leaving.begin(account, "everything");
  expect(await leaving.finish()).toBe("everything");
  await mkdir(join(dataDir, "leaving.json"));
  expect(await leaving.finish()).toBe("in-part");
  due.shift()?.();
  await expect.poll(() => due.length).toBe(1);
  await rmdir(join(dataDir, "leaving.json"));
  due.shift()?.();
  expect([await leaving.finish(), due.length]).toEqual([null, 0]);
});

test("a server that did not hear of it is told again; who signs in meanwhile keeps their token", async () => {
  isHeard = false;
  await leaving.begin(account, "wipe");
  expect(await leaving.finish()).toBe("wipe");
  expect([isLeft(), heard.length, due.length]).toEqual([false, 1, 1]);
  expect(await leaving.finish()).toBeNull();
  expect(heard).toHaveLength(2);

  expect(await leaving.enter()).toBe(true);
  await host.secrets.write(token, "new token");
  expect([due, await leaving.finish(), host.stored.get(token)]).toEqual([[], null, "new token"]);
});

test("a keychain that is locked holds up no wipe, and the server is told once it answers", async () => {
  host.lockKeychain(true);
  await leaving.begin(account, "wipe");
  expect(await leaving.finish()).toBe("wipe");
  expect([isLeft(), heard, due.length]).toEqual([false, [], 1]);
  host.lockKeychain(false);
  expect(await leaving.finish()).toBeNull();
  expect(heard).toEqual(["old token"]);
});
