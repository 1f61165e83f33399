import { expect, test } from "vitest";
import type { RecordingImport } from "../../../shared/calls/recording-import-wire.ts";
import { isGoing, looked, sayState, shownVerdicts } from "./import-words.ts";

const counts = { ready: 3, unnamed: 0, known: 1, refused: 0, taken: 0 };
const one: RecordingImport = { id: "i", source: "October.zip", state: "looking", startedAt: "2026-11-01T09:00:00.000Z", finishedAt: null, total: 1_200, counts, calls: 1, agentId: null, words: { asked: 0, done: 0 } }; // prettier-ignore

test("an import says how far it is", () => {
  expect(sayState(one)).toBe("Looking: 4 of 1,200");
  expect(sayState({ ...one, state: "done" })).toBe("1 call");
  expect(sayState({ ...one, state: "taking", total: null })).toContain("a command");
});

test("what a command does is not watched; what the server does by itself is", () => {
  expect(isGoing(one)).toBe(true);
  expect(isGoing({ ...one, state: "taking", total: null })).toBe(false);
  expect(isGoing({ ...one, state: "ready" })).toBe(false);
});

test("there is a tab for whatever there is, and for what is refused", () => {
  expect(shownVerdicts(one)).toEqual(["ready", "known", "refused"]);
  expect(looked(counts)).toBe(4);
});
