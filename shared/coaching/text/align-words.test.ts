import fc from "fast-check";
import { expect, test } from "vitest";
import { alignTiming } from "./align-words.ts";

const words = (text: string) => text.split(" ").filter(Boolean);
const heard = words("her provided bank my name is james");
const timing = [0, 200, 200, 500, 800, 300, 1_200, 100, 1_300, 200, 1_500, 100, 1_700, 400];

test("the same words keep their times, others share those of what was heard in their place", () => {
  const times = alignTiming(words("harper valley bank my name is James"), heard, timing);
  expect(times).toEqual([0, 350, 350, 350, ...timing.slice(4)]);
});

test("words that were not heard get no length, words that were not said are left out", () => {
  expect(alignTiming(words("the bank my name um is james"), heard, timing)).toEqual([0, 700, 800, 300, 1_200, 100, 1_300, 200, 1_500, 0, 1_500, 100, 1_700, 400]); // prettier-ignore
  expect(alignTiming(words("bank is james"), heard, timing)).toEqual([800, 300, 1_500, 100, 1_700, 400]);
  expect(alignTiming([], heard, timing)).toEqual([]);
  expect(alignTiming(words("hello"), [], [])).toEqual([0, 0]);
});

test("times that are not of the heard words are not believed", () => {
  expect(alignTiming(words("bank"), heard, timing.slice(2))).toEqual([]);
});

test("any two texts: a time for each typed word, in order, none outside of what was heard", () => {
  const text = fc.array(fc.constantFrom("a", "bb", "ccc", "my", "Name"), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (typed, other) => {
      const told = other.flatMap((_, at) => [at * 100, 80]);
      const times = alignTiming(typed, other, told);
      expect(times.length).toBe(typed.length * 2);
      let fromMs = 0;
      for (const [at] of typed.entries()) {
        expect(times[at * 2]).toBeGreaterThanOrEqual(fromMs);
        expect(times[at * 2 + 1]).toBeGreaterThanOrEqual(0);
        fromMs = times[at * 2] ?? 0;
        expect(fromMs + (times[at * 2 + 1] ?? 0)).toBeLessThanOrEqual(other.length * 100);
      }
      expect(alignTiming(other, other, told)).toEqual(told);
    }),
  );
});
