/** Sounds of a telephone, computed: no file has to be fetched before it rings. */

const rate = 8_000;

/** Two tones at once, from `startMs` for `lengthMs`. Frequencies in Hz. */
export type Tone = { hertz: readonly [number, number]; startMs: number; lengthMs: number };

/** 16-bit mono WAV. @param level 0 to 1 */
export function writeWave(tones: readonly Tone[], totalMs: number, level = 0.3): Uint8Array<ArrayBuffer> {
  const samples = Math.round((totalMs * rate) / 1_000);
  const bytes = new Uint8Array(44 + samples * 2);
  const view = new DataView(bytes.buffer);
  writeHeader(view, samples);
  for (const tone of tones) addTone(view, tone, level);
  return bytes;
}

function addTone(view: DataView, { hertz: [low, high], startMs, lengthMs }: Tone, level: number): void {
  const first = Math.round((startMs * rate) / 1_000);
  const count = Math.round((lengthMs * rate) / 1_000);
  for (let at = 0; at < count; at += 1) {
    const turn = (2 * Math.PI * at) / rate;
    // Edges of 5 ms: a tone that begins at once clicks.
    const edge = Math.min(1, at / 40, (count - at) / 40);
    const value = ((Math.sin(low * turn) + Math.sin(high * turn)) / 2) * level * edge;
    view.setInt16(44 + (first + at) * 2, Math.round(value * 32_767), true);
  }
}

function writeHeader(view: DataView, samples: number): void {
  const text = (at: number, value: string) =>
    [...value].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + samples * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples * 2, true);
}

const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477] as const;
const keypad = ["123", "456", "789", "*0#"];

/** ITU-T Q.23; null for what is on no keypad. */
export function digitTone(digit: string): Tone | null {
  const row = keypad.findIndex((keys) => keys.includes(digit));
  const [low, high] = [rows[row], columns[keypad[row]?.indexOf(digit) ?? -1]];
  return low && high ? { hertz: [low, high], startMs: 0, lengthMs: 160 } : null;
}

/** Twice in every three seconds. */
export const ringTone: readonly Tone[] = [
  { hertz: [440, 480], startMs: 0, lengthMs: 400 },
  { hertz: [440, 480], startMs: 600, lengthMs: 400 },
];
export const ringCycleMs = 3_000;
