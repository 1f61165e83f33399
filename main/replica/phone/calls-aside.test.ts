import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AsideCall } from "../../../shared/calls/aside-call.ts";
import { newRecordId } from "../../../shared/entities/id.ts";
import { openCallsAside } from "./calls-aside.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-aside-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const key = new Uint8Array(32).fill(7);
const at = "2026-11-22T09:00:00.000Z";
const aside = () =>
  AsideCall.parse({
    ...{
      callId: newRecordId(),
      record: null,
      name: "",
      company: "",
      leadId: null,
      passedTo: null,
      inUntil: at,
    },
    events: [{ source: "device:this", key: "1", seq: 0, at, type: "ended", why: "completed" }],
  });

test("what is kept last is there for the same person's next desk alone; a file that makes no sense holds none", async () => {
  const path = join(folder, "calls-aside");
  const open = openCallsAside(path, key);
  expect(await open.read()).toEqual([]);
  const [first, second] = [aside(), aside()];
  await Promise.all([open.keep([first]), open.keep([first, second])]);
  expect(await openCallsAside(path, key).read()).toEqual([first, second]);
  expect(await openCallsAside(path, new Uint8Array(32)).read(), "another's key").toEqual([]);
  await open.keep([]);
  expect(await open.read()).toEqual([]);
  await writeFile(path, '[{"callId": 1}]');
  expect(await open.read()).toEqual([]);
});

test("a disk that cannot be written is told of, and the next time is tried anew", async () => {
  const path = join(folder, "gone");
  const open = openCallsAside(join(path, "calls-aside"), key);
  await writeFile(path, "");
  await expect(open.keep([])).rejects.toThrow();
  await rm(path);
  const call = aside();
  await open.keep([call]);
  expect(await open.read()).toEqual([call]);
});
