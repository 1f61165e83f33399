import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A WAV file that hums: for each channel the Hz, and from which second to which. */
export function wavOf(
  channels: readonly { hertz: number; from: number; to: number }[],
  { rate = 8_000, seconds = 2 } = {},
): Buffer {
  // prettier-ignore
  const frames = seconds * rate;
  const bytes = Buffer.alloc(44 + frames * channels.length * 2);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels.length, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels.length * 2, 28);
  bytes.writeUInt16LE(channels.length * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(bytes.length - 44, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    for (const [index, { hertz, from, to }] of channels.entries()) {
      const isOn = frame >= from * rate && frame < to * rate;
      const sample = isOn ? Math.round(12_000 * Math.sin((2 * Math.PI * hertz * frame) / rate)) : 0;
      bytes.writeInt16LE(sample, 44 + (frame * channels.length + index) * 2);
    }
  }
  return bytes;
}

/** The agent in the first second, the customer in the second one. */
export const twoSides = [
  { hertz: 500, from: 0, to: 1 },
  { hertz: 300, from: 1, to: 2 },
];

/** Loudness of each channel of a two-channel recording of ours in each of its seconds, 0 to 1. */
export function loudness(wav: Buffer): [left: number, right: number][] {
  const rate = 8_000;
  const seconds = Math.ceil((wav.length - 44) / 4 / rate);
  const rms = (channel: number, second: number) => {
    let sum = 0;
    let count = 0;
    for (
      let at = 44 + second * rate * 4;
      at + 4 <= Math.min(wav.length, 44 + (second + 1) * rate * 4);
      at += 4
    ) {
      sum += (wav.readInt16LE(at + channel * 2) / 32_768) ** 2;
      count += 1;
    }
    return Math.sqrt(sum / Math.max(1, count));
  };
  return Array.from({ length: seconds }, (_, second) => [rms(0, second), rms(1, second)]);
}

/** Files of a folder, made with the folders that they stand in. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await writeFile(`${folder}/${name}`, content);
  }
}
