import { expect, test } from "vitest";
import { sayLimit } from "./limit-words.ts";

test("a limit is said as a person would, whatever is counted", () => {
  const say = (most: number, measure: "money" | "requests", period: "minute" | "month") =>
    sayLimit({ most, measure, period } as Parameters<typeof sayLimit>[0]);
  expect(say(50_000_000_000, "money", "month")).toBe("$50.00 a month");
  expect(say(60, "requests", "minute")).toBe("60 requests a minute");
  expect(say(1, "requests", "month")).toBe("1 request a month");
});
