import { execFileSync } from "node:child_process";
import type { PlacedLine } from "./lay-out.ts";
import { sampleRate } from "./speak.ts";

/** Every voice is brought to this loudness (root mean square of 16-bit samples) unless its peaks forbid. */
const targetRms = 3_000;
const highestPeak = 29_000;
const bitrateKbits = 16;
/** OPUS_SET_DTX(1): one byte a frame while nobody speaks, which is half of the time. */
const dtx = "4016=1";

/**
 * One person's side of a call as Ogg Opus: silence where they do not talk.
 * @param durationMs a multiple of 100, so that it is a whole number of samples
 * @param serial the Ogg stream's number; left to chance, each run would give another file
 */
export function writeOpus(
  path: string,
  lines: readonly PlacedLine[],
  durationMs: number,
  serial: number,
): void {
  const track = new Int16Array((durationMs * sampleRate) / 1000);
  const gain = gainOf(lines);
  for (const { startMs, speech } of lines) {
    const louder = speech.samples.map((sample) => Math.round(sample * gain));
    track.set(louder, Math.floor((startMs * sampleRate) / 1000));
  }
  const raw = ["--raw", "--raw-rate", String(sampleRate), "--raw-chan", "1"];
  const small = ["--bitrate", String(bitrateKbits), "--speech", "--set-ctl-int", dtx, "--padding", "0"];
  execFileSync("opusenc", ["--quiet", ...raw, ...small, "--serial", String(serial), "-", path], {
    input: Buffer.from(track.buffer),
  });
}

function gainOf(lines: readonly PlacedLine[]): number {
  let [energy, count, peak] = [0, 0, 1];
  for (const { speech } of lines) {
    for (const sample of speech.samples) {
      energy += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    count += speech.samples.length;
  }
  return Math.min(targetRms / Math.sqrt(energy / Math.max(1, count)), highestPeak / peak);
}
