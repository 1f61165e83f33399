import { expect, test } from "vitest";
import { splitAtPhrase } from "./split-at-phrase.ts";

test.each([
  ["It is More than we pay today.", "more than we pay", ["It is ", "More than we pay", " today."]],
  ["Nothing of it", "more than we pay", ["Nothing of it", "", ""]],
  ["Anything", "", ["Anything", "", ""]],
  ["إنه أكثر مما ندفع", "أكثر", ["إنه ", "أكثر", " مما ندفع"]],
])("%s at “%s”", (text, phrase, parts) => {
  expect(splitAtPhrase(text, phrase)).toEqual(parts);
});
