import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { unwrap } from "./unwrap.ts";

test("broken lines become paragraphs; lists keep their items and what is fenced stays as it is", () => {
  const written = [
    "You write up a call for",
    "the agent who held it.",
    "",
    "- `summary`: three to five",
    "  sentences.",
    "- `actions`: what is to do.",
    "1. First",
    "2. Second",
    "",
    "One block:",
    "",
    "```json",
    '{"a": 1,',
    '  "b": 2}',
    "```",
    "It is",
    "confirmed.",
    "",
  ].join("\n");
  expect(unwrap(written)).toBe(
    [
      "You write up a call for the agent who held it.",
      "",
      "- `summary`: three to five sentences.",
      "- `actions`: what is to do.",
      "1. First",
      "2. Second",
      "",
      "One block:",
      "",
      "```json",
      '{"a": 1,',
      '  "b": 2}',
      "```",
      "It is confirmed.",
    ].join("\n"),
  );
});

test("no prompt loses a word", async () => {
  const folder = new URL("../../../resources/prompts/", import.meta.url);
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = await readFile(new URL(file, folder), "utf8");
    const words = (of: string) => of.split(/\s+/u).filter((word) => word !== "");
    expect(words(unwrap(text)), file).toEqual(words(text));
  }
});
