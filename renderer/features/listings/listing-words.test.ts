import { expect, test } from "vitest";
import { placeText, priceText, sizeText } from "./listing-words.ts";

test("a price that nobody has named is said, not shown as nothing", () => {
  expect([
    priceText({ price: 450_000, currency: "USD" }),
    priceText({ price: null, currency: "USD" }),
  ]).toEqual(["$450k", "no price yet"]);
});

test("size and place say only what is known", () => {
  expect(sizeText({ bedrooms: 1, bathrooms: null, parking: 0, landSize: 1_320 })).toBe("1 bedroom, 1,320 m²");
  expect(placeText({ address: "", city: "Chicago" })).toBe("Chicago");
});
