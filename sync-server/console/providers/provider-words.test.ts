import { expect, test } from "vitest";
import { domainsIn } from "./provider-words.ts";

test("domains are read however they are typed", () => {
  expect(domainsIn(" Northgate.example,  @northgate.co.uk;ana@northgate.example\nthird.example ")).toEqual([
    "northgate.example",
    "northgate.co.uk",
    "third.example",
  ]);
  expect(domainsIn("  , ")).toEqual([]);
});
