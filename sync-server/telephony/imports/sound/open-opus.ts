import { createReadStream } from "node:fs";
import { OggOpusDecoder } from "ogg-opus-decoder";
import { err, ok } from "../../../../shared/result/result.ts";
import { readStart } from "./read-start.ts";
import { SoundFault, type OpenSound, type Stretch } from "./port.ts";

/** Opus is always played at this rate, whatever it was recorded at. */
const rate = 48_000;
/** A chunk of a quiet call decodes to a thousand times its size. */
const chunkBytes = 8 * 1024;

/** Opus in Ogg. */
export const openOpus: OpenSound = async (path) => {
  const start = await readStart(path, 512);
  const head = start.indexOf("OpusHead", 0, "latin1");
  if (start.toString("latin1", 0, 4) !== "OggS" || head < 0 || head + 10 > start.length)
    return err("is no Opus in Ogg");
  return ok({ rate, channels: start[head + 9] ?? 0, stretches: () => read(path) });
};

async function* read(path: string): AsyncGenerator<Stretch> {
  const decoder = new OggOpusDecoder();
  await decoder.ready;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
      // A promise, whatever its types say.
      const { channelData, samplesDecoded, errors } = await decoder.decode(chunk as Buffer);
      if (errors.length > 0) throw new SoundFault("is damaged");
      if (samplesDecoded > 0) yield channelData;
    }
    const { channelData, samplesDecoded } = await decoder.flush();
    if (samplesDecoded > 0) yield channelData;
  } finally {
    decoder.free();
  }
}
