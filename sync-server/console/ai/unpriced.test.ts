import { expect, test } from "vitest";
import { findUncounted, isOfferedUnpriced, isUnpriced } from "./unpriced.ts";

const today = "2026-11-22";
const price = (fromDay: string) => ({ fromDay, input: 0, output: 0, picture: 0 });

test("a paid model has no price until the day of its first; a price of nothing is one", () => {
  expect(isUnpriced({ terms: "paid", prices: [] }, today)).toBe(true);
  expect(isUnpriced({ terms: "paid", prices: [price("2026-11-23")] }, today)).toBe(true);
  expect(isUnpriced({ terms: "paid", prices: [price("2026-11-23"), price(today)] }, today)).toBe(false);
  for (const terms of ["free", "trial"] as const)
    expect(isUnpriced({ terms, prices: [] }, today)).toBe(false);
  expect(isOfferedUnpriced({ terms: "paid", price: null })).toBe(true);
  expect(isOfferedUnpriced({ terms: "paid", price: price(today) })).toBe(false);
});

test("a limit of money misses models without a price, one of tokens misses none", () => {
  const unpriced = [{ id: "a" }, { id: "b" }];
  const limit = (measure: "money" | "tokens", modelId: string | null) => ({ measure, modelId });
  expect(findUncounted([limit("tokens", null)], unpriced)).toEqual([]);
  expect(findUncounted([limit("money", "b"), limit("tokens", "a")], unpriced)).toEqual([{ id: "b" }]);
  expect(findUncounted([limit("money", null)], unpriced)).toEqual(unpriced);
});
