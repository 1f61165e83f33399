import fc from "fast-check";
import { expect, test } from "vitest";
import { brokenCaps, gapUntil } from "./caps.ts";
import type { CapRule } from "./dial-rules.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const now = Date.parse("2026-11-21T15:00:00.000Z");
const rule = (max: number, withinHours: number): CapRule => ({
  where: "*",
  max,
  withinHours,
  source: "a test",
});
const anyDials = fc.array(fc.integer({ min: now - 80 * hourMs, max: now }), { maxLength: 12 });
const anyRule = fc.record({
  max: fc.integer({ min: 1, max: 5 }),
  withinHours: fc.integer({ min: 1, max: 72 }),
});

test("a cap is broken when as many dials lie within its hours, and no longer when it says", () => {
  let broken = 0;
  fc.assert(
    fc.property(anyDials, anyRule, (dials, { max, withinHours }) => {
      const within = (at: number) => dials.filter((dial) => dial > at - withinHours * hourMs).length;
      const [capped] = brokenCaps([rule(max, withinHours)], dials, now);
      expect(capped !== undefined).toBe(within(now) >= max);
      if (!capped) return;
      broken += 1;
      expect(capped.untilMs % minuteMs).toBe(0);
      expect(within(capped.untilMs)).toBeLessThan(max);
      expect(within(capped.untilMs - minuteMs)).toBeGreaterThanOrEqual(max);
      expect(brokenCaps([rule(max, withinHours)], dials, capped.untilMs)).toEqual([]);
    }),
    { numRuns: 500 },
  );
  expect(broken).toBeGreaterThan(50);
});

test("the pause counts from the last dial and ends on a whole minute", () => {
  const last = now - 10 * minuteMs - 30_000;
  expect(gapUntil([last, now - hourMs], 60, now)).toBe(now + 50 * minuteMs);
  expect(gapUntil([now - hourMs], 60, now)).toBeUndefined();
  expect(gapUntil([], 60, now)).toBeUndefined();
  expect(gapUntil([now], 0, now)).toBeUndefined();
});

test("a dial by a clock that is ahead counts", () => {
  expect(brokenCaps([rule(1, 24)], [now + hourMs], now)).toMatchObject([{ untilMs: now + 25 * hourMs }]);
});
