import { expect, test } from "vitest";
import { mixDown } from "./telephone-sound.ts";

const sine = (amplitude: number) =>
  Float32Array.from({ length: 800 }, (_, at) => amplitude * Math.sin(at / 5));
const peakOf = (samples: Int16Array) => Math.max(...samples.map(Math.abs));

test("two channels become one, as loud as a line takes", () => {
  const mixed = mixDown([sine(0.1), sine(0.1)]);
  expect(mixed).toHaveLength(800);
  expect(peakOf(mixed)).toBe(Math.round(0.7 * 32_767));
});

test("what is too loud is brought down, a whisper is not made a shout, and silence stays silence", () => {
  expect(peakOf(mixDown([sine(1)]))).toBeLessThanOrEqual(Math.round(0.7 * 32_767));
  expect(peakOf(mixDown([sine(0.001)]))).toBeLessThan(300);
  expect(mixDown([new Float32Array(10)])).toEqual(new Int16Array(10));
  expect(mixDown([])).toHaveLength(0);
});
