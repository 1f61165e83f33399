import { expect, test } from "vitest";
import { bootstrap, tellGain } from "./bootstrap.ts";

const share = (drawn: readonly number[]) => drawn.reduce((sum, one) => sum + one, 0) / drawn.length;

test("a share's interval is the one of its standard error, and narrows with the number of items", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => (at < 50 ? 1 : 0));
  const many = Array.from({ length: 10_000 }, (_, at) => (at < 5_000 ? 1 : 0));
  const [few, more] = [bootstrap(hundred, share), bootstrap(many, share)];
  // ±1.96 · √(0.25 ÷ n)
  expect(few.low).toBeCloseTo(0.402, 1);
  expect(few.high).toBeCloseTo(0.598, 1);
  expect(more.high - more.low).toBeCloseTo(0.0196, 2);
  expect(bootstrap(hundred, share)).toEqual(few);
});

test("what a draw has no figure for counts nowhere", () => {
  const { low, high } = bootstrap([0, 1], (drawn) => (drawn.includes(1) ? 1 : Number.NaN));
  expect([low, high]).toEqual([1, 1]);
});

test("a gain that may be none is said to be so", () => {
  expect(tellGain({ low: 0.01, high: 0.05 })).toBe("gain between +0.010 and +0.050 (bootstrap, 95 %)");
  expect(tellGain({ low: -0.01, high: 0.05 })).toContain("−0.010 and +0.050 (bootstrap, 95 %): smaller than its noise"); // prettier-ignore
  expect(tellGain({ low: -0.05, high: -0.01 })).toContain("it is worse");
});
