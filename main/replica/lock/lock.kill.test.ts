import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireFolderLock, type FolderLock } from "./index.ts";

const holderScript = join(import.meta.dirname, "../../../testing/processes/hold-lock.ts");
const children: ChildProcess[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringside-lock-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that tries to take the folder, and then says what it got. */
async function startHolder(): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [holderScript, folder], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: chunk.toString().trim() };
}

async function take(): Promise<FolderLock> {
  const lock = await acquireFolderLock({ folder, title: "Ringside – Ana" });
  if (!lock.ok) throw new Error(lock.error.message);
  return lock.value;
}

test("a folder held by another process is refused, and the refusal says by whom", async () => {
  const { child, said } = await startHolder();
  expect(said).toBe("held");
  const refused = await acquireFolderLock({ folder, title: "second" });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: "held", holder: { pid: child.pid, title: "Ringside – child" } },
  });
  if (!refused.ok) expect(refused.error.message).toContain(`process ${child.pid}`);
});

test("kill -9 of the holder frees the folder at once, twenty times in a row", async () => {
  for (let round = 0; round < 20; round++) {
    const { child } = await startHolder();
    expect((await acquireFolderLock({ folder, title: "too early" })).ok).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await take()).release();
  }
});

test("of eight processes that start together exactly one gets the folder", async () => {
  const said = (await Promise.all(Array.from({ length: 8 }, startHolder))).map((holder) => holder.said);
  expect(said.filter((word) => word === "held")).toHaveLength(1);
  expect(said.filter((word) => word === "refused")).toHaveLength(7);
});

test("a process that merely stands still keeps its folder", async () => {
  const { child } = await startHolder();
  child.kill("SIGSTOP");
  expect((await acquireFolderLock({ folder, title: "second" })).ok).toBe(false);
  child.kill("SIGCONT");
});

test("the same process cannot take a folder twice, and can again after releasing it", async () => {
  const lock = await take();
  expect((await acquireFolderLock({ folder, title: "second" })).ok).toBe(false);
  await lock.release();
  await (await take()).release();
});

test("a folder that may not be written says so", async () => {
  const restore = makeReadOnly(folder);
  const refused = await acquireFolderLock({ folder, title: "x" });
  restore();
  expect(refused).toMatchObject({ ok: false, error: { code: "read-only" } });
});

/** Permissions stop everybody but root, whom a read-only file system stops. */
function makeReadOnly(path: string): () => void {
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o500);
    return () => chmodSync(path, 0o700);
  }
  execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", path]);
  return () => execFileSync("umount", [path]);
}
