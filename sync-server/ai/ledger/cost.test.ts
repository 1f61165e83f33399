import fc from "fast-check";
import { expect, test } from "vitest";
import { boundUsage, costOf, mostUsed } from "./cost.ts";

test("a million tokens cost what the price says, and nothing is free by rounding", () => {
  const price = { input: 2_500_000, output: 10_000_000 };
  expect(costOf({ inputTokens: 1_000_000, outputTokens: 0 }, price)).toBe(2_500_000_000);
  expect(costOf({ inputTokens: 1_000, outputTokens: 200 }, price)).toBe(4_500_000);
  expect(costOf({ inputTokens: 1, outputTokens: 0 }, { input: 1, output: 0 })).toBe(1);
});

test("whatever a provider says, what is billed is a count within bounds, and marked where it said something else", () => {
  const anything = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.constant(Number.NaN));
  const tokens = fc.integer({ min: 0, max: 200_000 });
  fc.assert(
    fc.property(anything, anything, tokens, tokens, (inputTokens, outputTokens, input, output) => {
      const said = { inputTokens, outputTokens };
      const estimate = { inputTokens: input, outputTokens: output };
      const { usage, doubted } = boundUsage(said, estimate);
      for (const count of Object.values(usage)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
      expect(usage.inputTokens).toBeLessThanOrEqual(mostUsed(estimate).inputTokens);
      expect(usage.outputTokens).toBeLessThanOrEqual(output);
      const isSame = Object.is(usage.inputTokens + 0, inputTokens + 0) && usage.outputTokens === outputTokens;
      expect(doubted).toBe(!isSame);
    }),
  );
});

test("what is possible is believed", () => {
  const said = { inputTokens: 700, outputTokens: 90 };
  expect(boundUsage(said, { inputTokens: 500, outputTokens: 100 })).toEqual({
    usage: said,
    doubted: false,
  });
  const estimate = { inputTokens: 500, outputTokens: 100 };
  expect(boundUsage(null, estimate)).toEqual({ usage: estimate, doubted: false });
});
