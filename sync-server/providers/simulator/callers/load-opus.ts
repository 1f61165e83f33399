import { readFile } from "node:fs/promises";
import { OggOpusDecoder } from "ogg-opus-decoder";
import { resample } from "../media/wav.ts";

/** Decodes the first channel of an Ogg Opus file to samples at 8 kHz; none where there is no such file. */
export async function loadOpus(path: string): Promise<Int16Array> {
  const file = await readFile(path).catch(() => null);
  if (!file) return new Int16Array(0);
  const decoder = new OggOpusDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(file);
  decoder.free();
  return resample(channelData[0] ?? [], sampleRate, 32_767);
}
