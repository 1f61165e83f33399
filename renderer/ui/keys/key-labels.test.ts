import { expect, test } from "vitest";
import { spokenKeys } from "./key-labels.ts";

test.each([
  ["mod+k", "Control+K"],
  ["mod+shift+enter", "Control+Shift+Enter"],
  ["arrowup", "ArrowUp"],
  ["?", "?"],
  ["g b", undefined],
  [undefined, undefined],
])("%s is read out as %s", (keys, spoken) => {
  expect(spokenKeys(keys)).toBe(spoken);
});
