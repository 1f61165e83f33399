import { sampleRate, samplesPerFrame } from "../../../../shared/calls/mulaw.ts";

/** Sound by arithmetic: a level in [-1, 1] at sample `t`, at 8 kHz. */
type Tone = (t: number) => number;
type Chord = readonly [number, number, number];

const sine = (hertz: number, t: number): number => Math.sin((2 * Math.PI * hertz * t) / sampleRate);
const inSeconds = (t: number): number => t / sampleRate;

/** North American ringback: 440 + 480 Hz, two seconds of six. */
export const ringback: Tone = (t) => (inSeconds(t) % 6 < 2 ? 0.1 * (sine(440, t) + sine(480, t)) : 0);

/** The tone that says a recording begins, or that somebody came or went. */
export const beep: Tone = (t) => 0.3 * sine(1_000, t) * fade(inSeconds(t), 0.3);
export const beepSamples = 0.3 * sampleRate;

// A prompt's words are not spoken: two soft notes a second say that somebody would be speaking.
export const prompt: Tone = (t) => {
  const beat = inSeconds(t) % 0.5;
  return 0.12 * sine(Math.floor(inSeconds(t) * 2) % 2 === 0 ? 330 : 392, t) * fade(beat, 0.35);
};

const chords: readonly [Chord, ...Chord[]] = [
  [196, 246.94, 293.66],
  [164.81, 196, 246.94],
  [130.81, 164.81, 196],
  [146.83, 185, 220],
];

/** Hold music: four broken chords, softly, over eight seconds, round and round. */
export const holdMusic: Tone = (t) => {
  const at = inSeconds(t) % 8;
  const chord = chords[Math.floor(at / 2)] ?? chords[0];
  const note = (chord[Math.floor((at % 2) / 0.5) % chord.length] ?? chord[0]) * 2;
  return 0.11 * (sine(note, t) + 0.3 * sine(note * 2, t)) * fade(at % 0.5, 0.5) + 0.03 * sine(chord[0], t);
};

const rows = [697, 770, 852, 941] as const;
const columns = [1_209, 1_336, 1_477, 1_633] as const;
const keys = "123A456B789C*0#D";
const digitSeconds = 0.16;
const gapSeconds = 0.07;

/** The pairs of frequencies that keys send, one after the other; `w` is half a second's pause. */
export function digitTones(digits: string): { tone: Tone; samples: number } {
  const step = digitSeconds + gapSeconds;
  const tone: Tone = (t) => {
    const key = keys.indexOf(digits[Math.floor(inSeconds(t) / step)] ?? "w");
    if (key < 0 || inSeconds(t) % step > digitSeconds) return 0;
    return 0.2 * (sine(rows[key >> 2] ?? 0, t) + sine(columns[key & 3] ?? 0, t));
  };
  return { tone, samples: Math.ceil(digits.length * step * sampleRate) };
}

/** Writes a frame of a tone, beginning with sample `from`. */
export function fillTone(frame: Int16Array, tone: Tone, from: number): void {
  for (let i = 0; i < samplesPerFrame; i++) frame[i] = Math.round(32_767 * tone(from + i));
}

// Without it a note would begin and end with a click.
function fade(at: number, lengthSeconds: number): number {
  const edge = 0.02;
  if (at >= lengthSeconds) return 0;
  return Math.min(1, at / edge, (lengthSeconds - at) / edge);
}
