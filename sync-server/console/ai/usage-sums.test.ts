import { expect, test } from "vitest";
import { csvOf, sumBy, sumDays } from "./usage-sums.ts";

const cell = { day: "2026-11-02", feature: "chat", model: "Big", userId: "ana", source: "model", requests: 2, failed: 1, inputTokens: 10, outputTokens: 5, soundMs: 30_000, cost: 3_000_000_000 } as const; // prettier-ignore

test("sums by what cells have in common, and by every day", () => {
  const cells = [cell, { ...cell, day: "2026-11-01", model: "Small", cost: 1 }, { ...cell, userId: null }];
  expect(sumBy(cells, ({ model }) => model)).toEqual([
    { key: "Big", cost: 6_000_000_000, tokens: 30, requests: 4, minutes: 1 },
    { key: "Small", cost: 1, tokens: 15, requests: 2, minutes: 0.5 },
  ]);
  const days = sumDays({ cells, fromDay: "2026-10-31", toDay: "2026-11-03" });
  expect(days.map(({ key, requests }) => [key, requests])).toEqual([
    ["2026-10-31", 0],
    ["2026-11-01", 2],
    ["2026-11-02", 4],
    ["2026-11-03", 0],
  ]);
});

test("a spreadsheet gets fields as they are, and no formula of anybody's", () => {
  const people = [{ userId: "ana", name: '=HYPERLINK("x")' }];
  const [, line] = csvOf({ cells: [{ ...cell, model: "Big, new" }], people }).split("\r\n");
  expect(line).toBe(`2026-11-02,chat,"Big, new","'=HYPERLINK(""x"")",model,2,1,10,5,0.5,3`);
});
