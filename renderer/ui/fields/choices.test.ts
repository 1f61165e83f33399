import { expect, test } from "vitest";
import { filterChoices } from "./choices.ts";

const choices = ["Contacted", "New", "Renewed contract", "Joaquín Herrera"].map((label) => ({ label }));
const found = (typed: string) => filterChoices(choices, typed).map(({ label }) => label);

test("nothing typed, everything offered", () => {
  expect(found("  ")).toHaveLength(4);
});

test("a word may begin anywhere; labels that begin with it come first", () => {
  expect(found("con")).toEqual(["Contacted", "Renewed contract"]);
  expect(found("new")).toEqual(["New"]);
});

test("accents and case do not matter, all words do", () => {
  expect(found("HERRERA joaq")).toEqual(["Joaquín Herrera"]);
  expect(found("herrera x")).toEqual([]);
});
