import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { diffLines, differenceInWords, foldUnchanged } from "./line-diff.ts";

test("what only one side has stands where it would stand", () => {
  expect(diffLines("Likes parking\nCFO joins", "Likes parking\nWants a loading bay\nCFO joins")).toEqual([
    { kind: "same", text: "Likes parking" },
    { kind: "theirs", text: "Wants a loading bay" },
    { kind: "same", text: "CFO joins" },
  ]);
});

test("both versions can be read off the difference", () => {
  const lines = array(constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((all) => all.join("\n"));
  assert(
    property(lines, lines, (mine, theirs) => {
      const diff = diffLines(mine, theirs);
      const side = (not: string): string =>
        diff
          .filter((line) => line.kind !== not)
          .map((line) => line.text)
          .join("\n");
      expect([side("theirs"), side("mine")]).toEqual([mine, theirs]);
    }),
  );
});

test("how much differs is told in words", () => {
  expect(differenceInWords(diffLines("a\nb", "a\nc"))).toBe("one line");
  expect(differenceInWords(diffLines("a\nb\nc", "a\nx"))).toBe("2 lines");
});

test("unchanged stretches fold, what differs and its neighbours stay", () => {
  const parts = foldUnchanged(diffLines("1\n2\n3\n4\n5", "1\n2\n3\n4\n6"));
  expect(parts).toEqual([
    { kind: "folded", count: 3 },
    { kind: "same", text: "4" },
    { kind: "mine", text: "5" },
    { kind: "theirs", text: "6" },
  ]);
});
