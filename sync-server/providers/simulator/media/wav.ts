import { decodeMulaw, sampleRate } from "../../../../shared/calls/mulaw.ts";

/** A WAV file's 44 bytes of header for 16-bit samples at 8 kHz. */
export function wavHeader(channels: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

const pcm = 1;
const mulaw = 7;

/** Reads the first channel of a WAV file (16-bit or µ-law) as samples at 8 kHz; null where it is no such file. */
export function readWav(file: Buffer): Int16Array | null {
  if (file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WAVE") return null;
  const format = findChunk(file, "fmt ");
  const data = findChunk(file, "data");
  if (!format || !data || format.length < 16) return null;
  const encoding = format.readUInt16LE(0);
  const channels = format.readUInt16LE(2);
  const samples = readSamples(data, encoding, format.readUInt16LE(14));
  if (!samples || channels === 0) return null;
  const first = samples.filter((_, index) => index % channels === 0);
  return resample(first, format.readUInt32LE(4));
}

/** Brings samples to 8 kHz by averaging what falls into each of the new ones. */
export function resample(samples: ArrayLike<number>, rate: number, scale = 1): Int16Array {
  const step = rate / sampleRate;
  const result = new Int16Array(Math.floor(samples.length / step));
  for (let i = 0; i < result.length; i++) {
    const from = Math.floor(i * step);
    const to = Math.max(from + 1, Math.floor((i + 1) * step));
    let sum = 0;
    for (let at = from; at < to; at++) sum += samples[at] ?? 0;
    result[i] = Math.max(-32_768, Math.min(32_767, Math.round((sum / (to - from)) * scale)));
  }
  return result;
}

function readSamples(data: Buffer, encoding: number, bits: number): Int16Array | null {
  if (encoding === mulaw && bits === 8) return decodeMulaw(data);
  if (encoding !== pcm || bits !== 16) return null;
  return Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(index * 2));
}

function findChunk(file: Buffer, id: string): Buffer | null {
  for (let at = 12; at + 8 <= file.length;) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString("latin1", at, at + 4) === id) return file.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size & 1);
  }
  return null;
}
