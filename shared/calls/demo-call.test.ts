import { expect, test } from "vitest";
import { DemoCall, type DemoTurn } from "./demo-call.ts";

const turn = (speaker: DemoTurn["speaker"], startMs: number, endMs: number): DemoTurn => ({
  speaker,
  startMs,
  endMs,
  text: "Mm-hm.",
  words: [{ text: "Mm-hm.", startMs, endMs }],
});

function callOf(turns: DemoTurn[], durationMs = 10_000) {
  const customer = { name: "Maria Kowalski", phone: "+13125550147", company: "Halden Logistics" };
  const head = {
    version: 1,
    title: "A call",
    purpose: "sales",
    direction: "outbound",
    agent: { name: "Ana Ruiz" },
    language: "en-US",
  };
  return DemoCall.safeParse({ ...head, customer, durationMs, turns });
}

function problemsOf(turns: DemoTurn[], durationMs?: number): string[] {
  const { success, error } = callOf(turns, durationMs);
  return success ? [] : error.issues.map(({ message }) => message);
}

test("two people may talk at once", () => {
  expect(
    problemsOf([turn("agent", 0, 2_000), turn("customer", 1_500, 3_000), turn("agent", 2_000, 4_000)]),
  ).toEqual([]);
});

test("one person does not", () => {
  const twice = [turn("agent", 0, 2_000), turn("customer", 500, 900), turn("agent", 1_999, 3_000)];
  expect(problemsOf(twice)).toEqual(["turn 2 begins while its speaker still talks"]);
});

test("turns stand in order and inside the call", () => {
  expect(problemsOf([turn("agent", 2_000, 3_000), turn("customer", 1_000, 1_500)])).toEqual([
    "turn 1 begins before the one above it",
  ]);
  expect(problemsOf([turn("agent", 0, 10_001)])).toEqual(["turn 0 ends after the call"]);
});

test("words stand in order and inside their turn", () => {
  const one = turn("agent", 1_000, 2_000);
  const words = [
    { text: "Mm", startMs: 900, endMs: 1_200 },
    { text: "hm", startMs: 1_100, endMs: 1_300 },
    { text: "yes", startMs: 1_900, endMs: 2_100 },
  ];
  expect(problemsOf([{ ...one, words }])).toEqual(
    words.map(({ text }) => `"${text}" of turn 0 stands outside its turn or order`),
  );
});
