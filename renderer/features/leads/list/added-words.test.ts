import { expect, test } from "vitest";
import { addedWords } from "./use-add-to-list.ts";

const directory = { term: (term: string) => (term === "lead" ? "prospect" : "prospects") };

test("what was added, and what became of the others, in the tenant's words", () => {
  const list = "Spring call-backs";
  expect(addedWords({ added: 1, already: 0, refused: {} }, list, directory)).toBe(
    "1 prospect added to “Spring call-backs”.",
  );
  const refused = { "no-number": 2, "do-not-call": 1 };
  expect(addedWords({ added: 1_200, already: 3, refused }, list, directory)).toBe(
    "1,200 prospects added to “Spring call-backs”. 3 were in it already, 2 have no number, 1 must not be called.",
  );
});
