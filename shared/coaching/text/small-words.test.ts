import { expect, test } from "vitest";
import { keepListening, type Listening } from "./backchannels.ts";
import { isFiller } from "./fillers.ts";

function listensThrough(text: string): boolean {
  let listening: Listening | null = { open: "" };
  for (const word of text.split(" ")) listening = listening && keepListening(listening, word);
  return listening !== null;
}

test.each([
  "mm-hm",
  "yeah",
  "okay right",
  "i see",
  "uh huh",
  "of course yes",
  "um okay",
  "oh really",
  "all right yeah",
])("who says “%s” listens", (text) => {
  expect(listensThrough(text)).toBe(true);
});

test.each(["no", "yeah but", "i want", "i see that", "of it", "okay thank you", "you"])(
  "who says “%s” speaks",
  (text) => {
    expect(listensThrough(text)).toBe(false);
  },
);

function countFillers(text: string): number {
  const words = text.split(" ");
  return words.filter((word, at) => isFiller(word, words[at - 1] ?? "", words[at - 2] ?? "")).length;
}

test("fillers are counted where they mean nothing", () => {
  expect(countFillers("um it is you know basically a kind of desk")).toBe(4);
  expect(countFillers("do you know what kind of desk")).toBe(0);
});
