import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { telephoneRate } from "../../../../shared/sound/wav.ts";
import { SoundFault } from "./port.ts";

/** One side of a call: its samples at the rate of telephones, and where on the call's clock they begin. */
export type Side = { samples: AsyncIterable<Int16Array>; startMs: number };

const headerBytes = 44;
const frameBytes = 4;
/** The longest call that a desk plays; what is longer is no call. */
export const longestMs = 8 * 3_600_000;
const secondFrames = telephoneRate;

/**
 * Writes a call's two sides as its recording, agent on the left, both on one clock. Under its name once it is whole.
 * @returns how long it plays
 * @throws SoundFault
 */
export async function writeRecording(file: string, agent: Side, customer: Side): Promise<number> {
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const handle = await open(part, "w", 0o600);
  const sides = [reader(agent), reader(customer)] as const;
  try {
    const frames = await writeFrames(handle, ...sides);
    await handle.write(header(frames * frameBytes), 0, headerBytes, 0);
    await handle.sync();
    await handle.close();
    await rename(part, file);
    return (frames / telephoneRate) * 1_000;
  } catch (error) {
    await handle.close();
    await rm(part, { force: true });
    throw error;
  } finally {
    // Where one side is damaged, the other one's file is still open.
    for (const { close } of sides) await close();
  }
}

type Reader = { read(frames: number): Promise<Int16Array>; close(): Promise<unknown> };

async function writeFrames(file: FileHandle, agent: Reader, customer: Reader): Promise<number> {
  let written = 0;
  for (;;) {
    const [left, right] = [await agent.read(secondFrames), await customer.read(secondFrames)];
    const frames = Math.max(left.length, right.length);
    if (frames === 0) return written;
    const bytes = Buffer.alloc(frames * frameBytes);
    for (let at = 0; at < frames; at += 1) {
      bytes.writeInt16LE(left[at] ?? 0, at * frameBytes);
      bytes.writeInt16LE(right[at] ?? 0, at * frameBytes + 2);
    }
    await file.write(bytes, 0, bytes.length, headerBytes + written * frameBytes);
    written += frames;
    if (written / telephoneRate > longestMs / 1_000) throw new SoundFault("is longer than eight hours");
  }
}

/** Hands a side out in pieces of a given length: silence until it begins, less only at its end. */
function reader({ samples, startMs }: Side): Reader {
  const source = samples[Symbol.asyncIterator]();
  const beginsAt = Math.round((startMs / 1_000) * telephoneRate);
  let skip = Math.max(0, -beginsAt);
  let silent = Math.max(0, beginsAt);
  let rest: Int16Array = new Int16Array();
  const fill = async (frames: number) => {
    // A transcript can say that it begins in ten hours: silence is made as it is asked for.
    const silence = Math.min(silent, frames - rest.length);
    silent -= silence;
    rest = joined(rest, new Int16Array(silence));
    while (rest.length < frames) {
      const { done, value } = await source.next();
      if (done) return;
      const fresh = value.subarray(Math.min(skip, value.length));
      skip -= value.length - fresh.length;
      rest = joined(rest, fresh);
    }
  };
  return {
    async read(frames) {
      if (rest.length < frames) await fill(frames);
      const piece = rest.subarray(0, frames);
      rest = rest.subarray(frames);
      return piece;
    },
    close: async () => source.return?.(),
  };
}

function joined(a: Int16Array, b: Int16Array): Int16Array {
  const both = new Int16Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function header(dataBytes: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(telephoneRate, 24);
  bytes.writeUInt32LE(telephoneRate * frameBytes, 28);
  bytes.writeUInt16LE(frameBytes, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(dataBytes, 40);
  return bytes;
}
