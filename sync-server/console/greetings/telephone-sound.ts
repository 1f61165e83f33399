import { longestGreetingMs } from "../../../shared/calls/greeting-wire.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { telephoneRate, writeWav } from "../../../shared/sound/wav.ts";

/** What a browser would take a minute to read is no greeting. */
const largestFileBytes = 50 * 1_024 * 1_024;
/** As loud as a telephone line takes without breaking up, and no whisper made a shout. */
const loudestPeak = 0.7;
const mostGain = 8;

/** Any sound that this browser can read, as telephones play it. @returns in words what is wrong with it */
export async function readSound(file: Blob): Promise<Result<Uint8Array<ArrayBuffer>, string>> {
  if (file.size > largestFileBytes) return err("This file is larger than 50 MB.");
  // A context of the wanted rate: what is decoded in it has that rate.
  const context = new OfflineAudioContext(1, 1, telephoneRate);
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (decoded === null) return err("This browser finds no sound in this file.");
  if (decoded.duration * 1_000 > longestGreetingMs) return err("A greeting may last two minutes at most.");
  const channels = Array.from({ length: decoded.numberOfChannels }, (_, at) => decoded.getChannelData(at));
  const samples = mixDown(channels);
  return samples.length === 0 ? err("There is no sound in this file.") : ok(writeWav(samples));
}

/** All channels in one, brought to the loudness of speech on a line. */
export function mixDown(channels: readonly Float32Array[]): Int16Array {
  const [first = new Float32Array()] = channels;
  const mixed = first.map(
    (_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length,
  );
  const peak = mixed.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = peak === 0 ? 1 : Math.min(mostGain, loudestPeak / peak);
  return Int16Array.from(mixed, (sample) => Math.round(sample * gain * 32_767));
}
