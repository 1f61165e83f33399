import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileSecrets } from "./file-secrets.ts";
import { openKeychainSecrets } from "./keychain-secrets.ts";
import { openSecrets, SecretsLocked } from "./secrets.ts";
import type { Secrets } from "./secrets.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ringside-secrets-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stores: [string, () => Promise<Secrets | null>][] = [
  ["a file", async () => openFileSecrets(join(folder, "deep", "secrets.json"))],
  ["the OS keychain", () => openKeychainSecrets(`test-${process.pid}-${Date.now()}`)],
];

describe.each(stores)("secrets in %s", (_, open) => {
  test("are read, replaced and removed by name", async ({ skip }) => {
    const secrets = (await open()) ?? skip("this machine has no keychain that keeps what it is given");
    expect(await secrets.read("token")).toBeNull();
    await secrets.write("token", "one");
    await secrets.write("key", "ä\n🔑");
    await secrets.write("token", "two");
    expect([await secrets.read("token"), await secrets.read("key")]).toEqual(["two", "ä\n🔑"]);
    await secrets.remove("token");
    await secrets.remove("token");
    await secrets.remove("key");
    expect([await secrets.read("token"), await secrets.read("key")]).toEqual([null, null]);
  });
});

describe("the file of secrets", () => {
  test("can be read by its owner only, also when it was open to all before", async () => {
    const file = join(folder, "secrets.json");
    writeFileSync(file, "{}", { mode: 0o666 });
    writeFileSync(`${file}.new`, "", { mode: 0o666 });
    await openFileSecrets(file).write("token", "one");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("keeps every one of many writes at once", async () => {
    const file = join(folder, "secrets.json");
    const secrets = openFileSecrets(file);
    await Promise.all(Array.from({ length: 20 }, (_, index) => secrets.write(`n${index}`, String(index))));
    expect(Object.keys(JSON.parse(readFileSync(file, "utf8")) as object)).toHaveLength(20);
  });

  test("that is damaged counts as empty and is replaced by the next write", async () => {
    const file = join(folder, "secrets.json");
    writeFileSync(file, '{"token": "hal');
    const secrets = openFileSecrets(file);
    expect(await secrets.read("token")).toBeNull();
    await secrets.write("token", "whole");
    expect(await openFileSecrets(file).read("token")).toBe("whole");
  });

  test("is named in a notice to the person", async () => {
    const secrets = await openSecrets({ dataDir: folder, place: "file" });
    expect(secrets.notice).toContain(join(folder, "secrets.json"));
  });
});

describe("the place of secrets", () => {
  /** A keychain in memory that can be locked. */
  function createKeychain() {
    const held = new Map<string, string>();
    const secrets: Secrets = {
      read: async (name) => held.get(name) ?? null,
      write: async (name, value) => void held.set(name, value),
      remove: async (name) => void held.delete(name),
      notice: null,
    };
    return { held, secrets, locked: false };
  }

  const openOn = (keychain: ReturnType<typeof createKeychain>) =>
    openSecrets({
      ...{ dataDir: folder, place: "keychain" },
      openKeychain: async () => (keychain.locked ? null : keychain.secrets),
    });

  test("stays the keychain that is locked at the next start: nothing is taken for missing, and it is there again later", async () => {
    const keychain = createKeychain();
    await (await openOn(keychain)).write("key", "first");
    keychain.locked = true;
    const secrets = await openOn(keychain);
    await expect(secrets.read("key")).rejects.toBeInstanceOf(SecretsLocked);
    await expect(secrets.write("key", "second")).rejects.toBeInstanceOf(SecretsLocked);
    keychain.locked = false;
    expect(await secrets.read("key")).toBe("first");
  });

  test("moves from the file into a keychain that is there later, with what it keeps", async () => {
    const keychain = createKeychain();
    keychain.locked = true;
    await (await openOn(keychain)).write("key", "first");
    keychain.locked = false;
    const moved = await openOn(keychain);
    expect([await moved.read("key"), moved.notice]).toEqual(["first", null]);
    expect(existsSync(join(folder, "secrets.json"))).toBe(false);
    keychain.locked = true;
    await expect((await openOn(keychain)).read("key")).rejects.toBeInstanceOf(SecretsLocked);
  });

  test("stays the file where the keychain holds something else by the same name", async () => {
    const keychain = createKeychain();
    keychain.held.set("key", "older");
    keychain.locked = true;
    await (await openOn(keychain)).write("key", "newer");
    keychain.locked = false;
    expect(await (await openOn(keychain)).read("key")).toBe("newer");
    expect(keychain.held.get("key")).toBe("older");
  });
});
