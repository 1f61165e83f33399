import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileSecrets } from "./file-secrets.ts";
import { openKeychainSecrets } from "./keychain-secrets.ts";
import { openSecrets } from "./secrets.ts";
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
