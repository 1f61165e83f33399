import { expect, test } from "vitest";
import { createAnswerCache } from "./answer-cache.ts";

test("vectors of everything that an organisation has on offer are still there when they are compared again", () => {
  const cache = createAnswerCache();
  const listings = Array.from({ length: 1_001 }, (_, index) => `listing ${index}`);
  const vector = new Float32Array(3_072).fill(1 / 3);
  for (const key of listings) cache.put("north", key, vector, 60_000);
  expect(listings.filter((key) => cache.get("north", key) === null)).toEqual([]);
  expect(cache.get("north", "listing 0")).toEqual({ output: vector });
  expect(cache.get("south", "listing 0")).toBeNull();
});
