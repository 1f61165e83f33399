import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { zipOf } from "../../../testing/recordings/zip-of.ts";
import { keepArchive } from "./archive-folder.ts";

const id = { tenantId: "northgate", importId: "one" };
const archive = zipOf({ "calls/one.wav": "sound", "calls/two.wav": "sound" });
let importsDir: string;

beforeEach(async () => {
  importsDir = await mkdtemp(join(tmpdir(), "ringside-archive-"));
});
afterEach(() => rm(importsDir, { recursive: true, force: true }));

function keep(freeBytes: () => number, length = archive.length) {
  const brought = { name: "October.zip", bytes: Readable.from([archive]), length };
  return keepArchive(importsDir, id, brought, async () => freeBytes());
}

test("an archive for which there is room is kept", async () => {
  expect(await keep(() => 10e9)).toEqual({ ok: true, value: 2 });
  expect(await readdir(join(importsDir, "northgate"))).toEqual(["one"]);
});

test.each([
  ["from the beginning", () => 1e9, 8e9],
  ["while it is sent", falling(1), archive.length],
  ["while it is unpacked", falling(3), archive.length],
])(
  "one for which there is no room %s leaves the database its part of the disk",
  async (_when, free, length) => {
    expect(await keep(free, length)).toEqual({ ok: false, error: "The server’s disk has not enough room for October.zip." }); // prettier-ignore
    expect(await readdir(join(importsDir, "northgate"))).toEqual([]);
  },
);

/** Room for so many looks. */
function falling(looks: number): () => number {
  let left = looks;
  return () => (left-- > 0 ? 10e9 : 100e6);
}
