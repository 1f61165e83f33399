import { err, ok, type Result } from "../result/result.ts";

/** Samples in a second, as telephones have it. */
export const telephoneRate = 8_000;
const headerBytes = 44;
const sampleBytes = 2;

/** A WAV file: PCM of 16 bits, one channel, 8,000 samples a second. */
export function writeWav(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const size = samples.length * sampleBytes;
  const wav = new Uint8Array(headerBytes + size);
  const view = new DataView(wav.buffer);
  writeText(wav, 0, "RIFF");
  view.setUint32(4, headerBytes - 8 + size, true);
  writeText(wav, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, telephoneRate, true);
  view.setUint32(28, telephoneRate * sampleBytes, true);
  view.setUint16(32, sampleBytes, true);
  view.setUint16(34, sampleBytes * 8, true);
  writeText(wav, 36, "data");
  view.setUint32(40, size, true);
  // Not every machine has its low byte first; a WAV file does.
  for (const [index, sample] of samples.entries())
    view.setInt16(headerBytes + index * sampleBytes, sample, true);
  return wav;
}

const pcm = 1;

export type WavFault = "not-wav" | "other-format" | "cut-off" | "empty";

/**
 * How long a WAV file plays. Only what `writeWav` writes is taken, with whatever chunks others put beside the sound:
 * carriers play it to somebody, and what is not what it says must not get that far.
 */
export function readWav(file: Uint8Array): Result<{ durationMs: number }, WavFault> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || textAt(file, 0) !== "RIFF" || textAt(file, 8) !== "WAVE") return err("not-wav");
  let isOurs = false;
  for (let at = 12; at + 8 <= file.length;) {
    const [name, size] = [textAt(file, at), view.getUint32(at + 4, true)];
    if (at + 8 + size > file.length) return err("cut-off");
    if (name === "fmt ") isOurs = size >= 16 && isTelephone(view, at + 8);
    if (name === "data") {
      if (!isOurs) return err("other-format");
      return size < sampleBytes
        ? err("empty")
        : ok({ durationMs: (size / sampleBytes / telephoneRate) * 1_000 });
    }
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
  return err("cut-off");
}

function isTelephone(view: DataView, at: number): boolean {
  const [format, channels] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
  const [rate, bits] = [view.getUint32(at + 4, true), view.getUint16(at + 14, true)];
  return format === pcm && channels === 1 && rate === telephoneRate && bits === sampleBytes * 8;
}

function writeText(into: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) into[at + index] = text.charCodeAt(index);
}

function textAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}
