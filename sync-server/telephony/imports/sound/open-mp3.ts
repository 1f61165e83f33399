import { createReadStream } from "node:fs";
import { MPEGDecoder } from "mpg123-decoder";
import { err, ok } from "../../../../shared/result/result.ts";
import { readStart } from "./read-start.ts";
import { SoundFault, type OpenSound, type Stretch } from "./port.ts";

const chunkBytes = 8 * 1024;
const mono = 3;
const rates: Readonly<Record<number, readonly number[]>> = {
  0: [11_025, 12_000, 8_000],
  2: [22_050, 24_000, 16_000],
  3: [44_100, 48_000, 32_000],
};

/** MP3. Its first frame says how many channels there are: the decoder always gives two. */
export const openMp3: OpenSound = async (path) => {
  const tag = await readStart(path, 10);
  const skipped = tag.toString("latin1", 0, 3) === "ID3" && tag.length === 10 ? 10 + sizeOfTag(tag) : 0;
  const frame = findFrame(await readStart(path, 4_096, skipped));
  return frame ? ok({ ...frame, stretches: () => read(path) }) : err("is no MP3");
};

function sizeOfTag(tag: Buffer): number {
  return [6, 7, 8, 9].reduce((size, at) => size * 128 + ((tag[at] ?? 0) & 0x7f), 0);
}

function findFrame(bytes: Buffer): { rate: number; channels: number } | null {
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const [sync = 0, version = 0, rateByte = 0, mode = 0] = bytes.subarray(at, at + 4);
    const isLayer3 = sync === 0xff && (version & 0xe6) === 0xe2;
    const rate = rates[(version >> 3) & 3]?.[(rateByte >> 2) & 3];
    const hasBitrate = rateByte >> 4 !== 0 && rateByte >> 4 !== 15;
    if (isLayer3 && hasBitrate && rate !== undefined) return { rate, channels: mode >> 6 === mono ? 1 : 2 };
  }
  return null;
}

async function* read(path: string): AsyncGenerator<Stretch> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let heard = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      const { channelData, samplesDecoded } = decoder.decode(chunk as Buffer);
      heard += samplesDecoded;
      if (samplesDecoded > 0) yield channelData;
    }
  } finally {
    decoder.free();
  }
  if (heard === 0) throw new SoundFault("is damaged");
}
