import { expect, test } from "vitest";
import { blockedWords, roleAndNote, unsentOf } from "./session-words.ts";

test("every blocked state says what happened, what was kept and what to do", () => {
  for (const code of ["locked", "disk-full", "read-only", "damaged"] as const) {
    const words = blockedWords(code);
    for (const part of [words.title, words.kept, words.next]) expect(part).not.toBe("");
  }
});

test("a card says the role once, and the note where there is one", () => {
  expect([
    roleAndNote("agent", "New business"),
    roleAndNote("admin", ""),
    roleAndNote("agent", "Agent, Accounts"),
  ]).toEqual(["Agent, New business", "Admin", "Agent, Accounts"]);
});

test("the number of unsent edits is read from a refusal's details", () => {
  expect([unsentOf({ unsent: 3 }), unsentOf(2), unsentOf(undefined), unsentOf({ other: 1 })]).toEqual([
    3,
    2,
    null,
    null,
  ]);
});
