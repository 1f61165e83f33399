import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SoundFault } from "./port.ts";
import { writeRecording } from "./write-recording.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-write-recording-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Sound in pieces, and whether whoever reads it has let go of it. */
function source(pieces: readonly (Int16Array | Error)[]) {
  const state = { released: false };
  async function* samples() {
    try {
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        yield piece;
      }
    } finally {
      state.released = true;
    }
  }
  return { state, samples: samples() };
}

test("both sides stand on one clock: silence before what begins later, and nothing of what was before it", async () => {
  const agent = source([Int16Array.of(1, 2, 3), Int16Array.of(4)]);
  const customer = source([Int16Array.of(9, 8)]);
  const file = join(folder, "call.wav");
  const frameMs = 1 / 8;
  await writeRecording(file, { ...agent, startMs: -2 * frameMs }, { ...customer, startMs: 3 * frameMs });
  const bytes = (await readFile(file)).subarray(44);
  const frames = Array.from({ length: bytes.length / 4 }, (_, at) => [bytes.readInt16LE(at * 4), bytes.readInt16LE(at * 4 + 2)]); // prettier-ignore
  expect(frames).toEqual([
    [3, 0],
    [4, 0],
    [0, 0],
    [0, 9],
    [0, 8],
  ]);
});

test("where one side is damaged, the other one's file is let go of too", async () => {
  const agent = source([Int16Array.of(1), new SoundFault("is damaged")]);
  const customer = source([new Int16Array(16_000)]);
  const file = join(folder, "call.wav");
  // Somebody has begun to read the other side by then.
  const writing = writeRecording(file, { ...customer, startMs: 0 }, { ...agent, startMs: 0 });
  await expect(writing).rejects.toThrow(SoundFault);
  expect([agent.state.released, customer.state.released]).toEqual([true, true]);
});
