import { sampleRate } from "../../../shared/calls/mulaw.ts";

/** What a bench's agent says all the time: no music and no robot of the simulated carrier's has this tone. */
const hertz = 1_230;
/** Of full scale: more than a change of notes in the carrier's hold music has of it. */
const heardAbove = 0.015;

/** Whether this is heard in 20 ms of sound. */
export function hasVoice(samples: Int16Array): boolean {
  return amplitudeOf(samples) > heardAbove;
}

/** Of the voice's tone, 0 to 1: Goertzel's filter behind Hann's window, or loud music would spill over into it. */
export function amplitudeOf(samples: Int16Array): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  let last = 0;
  let before = 0;
  for (const [at, sample] of samples.entries()) {
    const weight = 1 - Math.cos((2 * Math.PI * (at + 0.5)) / samples.length);
    [last, before] = [(weight * sample) / 32_768 + turn * last - before, last];
  }
  const power = last * last + before * before - turn * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** The same as a sound file for a browser's fake microphone: seconds of WAV, 16 bit, one channel. */
export function voiceFile(seconds: number): Buffer {
  const rate = 48_000;
  const samples = new Int16Array(seconds * rate);
  for (const at of samples.keys()) {
    const t = at / rate;
    // Louder and softer six times a second, as syllables are: what stands still is taken for noise.
    const loudness = 0.7 + 0.25 * Math.sin(2 * Math.PI * 6 * t);
    samples[at] = 26_000 * loudness * Math.sin(2 * Math.PI * hertz * t);
  }
  const sound = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + sound.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}
