import { expect, test } from "vitest";
import { paintedAfter, type Telling } from "./painted-after.ts";

const told = (toldAtMs: number, unmoved = false): Telling => ({ toldAtMs, unmoved });

test("each telling is painted with the first painting after it", () => {
  expect(paintedAfter([told(0), told(1_000)], [40, 1_060], 2_000)).toEqual({
    ...{ delaysMs: [40, 60], overtaken: 0, never: 0, unmoved: 0 },
  });
});

test("one that was overtaken is painted with the later one, and makes the figure no better", () => {
  expect(paintedAfter([told(0), told(1_000), told(2_000)], [1_050, 2_040], 3_000)).toEqual({
    ...{ delaysMs: [1_050, 50, 40], overtaken: 1, never: 0, unmoved: 0 },
  });
});

test("one that was never painted counts with all the time that there was", () => {
  expect(paintedAfter([told(0), told(1_000)], [30], 5_000)).toEqual({
    ...{ delaysMs: [30, 4_000], overtaken: 0, never: 1, unmoved: 0 },
  });
});

test("one that moved no percent has nothing to paint, and does not overtake either", () => {
  expect(paintedAfter([told(0), told(1_000, true), told(2_000)], [1_500, 2_020], 3_000)).toEqual({
    ...{ delaysMs: [1_500, 20], overtaken: 0, never: 0, unmoved: 1 },
  });
});
