import { expect, test } from "vitest";
import {
  features,
  limitedFeatures,
  readAmount,
  readNumber,
  readPrice,
  roles,
  sayAmount,
  sayCalm,
  sayCost,
  sayFeature,
  sayPrice,
  sayRates,
} from "./words.ts";

test.each([
  [0, "$0.00"],
  [3_100_000, "$0.0031"],
  [12_400_000_000, "$12.40"],
])("%d billionths are %s", (nano, said) => {
  expect(sayCost(nano)).toBe(said);
});

test("what is typed as money is read as it is said", () => {
  expect(readAmount("$1,200.50", "money")).toBe(1_200_500_000_000);
  expect(readAmount("2 000", "requests")).toBe(2_000);
  expect(readPrice("0.15")).toBe(150_000);
  expect(sayPrice(150_000)).toBe("$0.15");
  expect(sayPrice(4_300)).toBe("$0.0043");
  expect(sayPrice(8_000_000)).toBe("$8");
  expect(readAmount("90", "minutes")).toBe(5_400_000);
  expect(sayAmount(5_400_000, "minutes")).toBe("90");
  for (const wrong of ["", "-5", "a lot", "1.2.3"]) expect(readNumber(wrong)).toBeNull();
});

test("a price says what it is the price of", () => {
  const tokens = "$0.15 in, $0.6 out, a million tokens";
  expect(sayRates({ input: 150_000, output: 600_000 })).toBe(tokens);
  expect(sayRates({ input: 0, output: 0, picture: 40_000 })).toBe("$0.04 a picture");
  expect(sayRates({ input: 150_000, output: 600_000, picture: 40_000 })).toBe(`$0.04 a picture, ${tokens}`);
});

test("only what some question is asked for can be chosen; what stands from before is still named", () => {
  const offered = features.map(({ value }) => value);
  expect(offered).toEqual(["coaching", "meaning", "writing", "listing", "deal-insight", "matching", "chat", "assistant", "picture"]); // prettier-ignore
  expect(limitedFeatures.map(({ value }) => value)).toEqual(["transcript", ...offered]);
  expect(roles.map(({ value }) => value)).toEqual(["large", "small", "embedding", "picture"]);
  expect(sayFeature("sentiment")).toBe("Sentiment");
});

test("that nothing has changed is said only where there are calls enough, and that probabilities hold where enough of them have an outcome", () => {
  expect(sayCalm({ compared: true, judged: true })).toContain("its probabilities still hold");
  const unjudged = sayCalm({ compared: true, judged: false });
  expect([unjudged.includes("Nothing has changed"), unjudged.includes("still hold")]).toEqual([true, false]);
  expect(sayCalm({ compared: false, judged: false })).not.toContain("Nothing has changed");
});
