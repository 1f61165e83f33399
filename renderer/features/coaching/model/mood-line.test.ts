import { expect, test } from "vitest";
import { moodBars, spokenMoods } from "./mood-line.ts";

test("a bar goes up for a glad minute and down for a cross one, and none is drawn where nothing was felt", () => {
  expect(moodBars([0.5, 0, -1], 32)).toBe("M0.15 16v-8h0.7V16zM2.15 16v16h0.7V16z");
  expect(moodBars([0, 0], 32)).toBe("");
});

test("read out are the minutes that tell something", () => {
  expect(spokenMoods([0.5, 0.1, -0.4, 0.3, -0.9])).toBe("positive in minute 1, 4; negative in minute 3, 5");
  expect(spokenMoods([0.1, 0, -0.2])).toBe("even");
});
