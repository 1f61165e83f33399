import { expect, test } from "vitest";
import { EndReason } from "../call-event.ts";
import { unknownCall } from "../next-call.ts";
import { outcomeOfCall } from "./outcome-of-call.ts";

const since = "2026-11-21T09:00:00.000Z";
const over = (why: EndReason, answeredAt: string | null = null) => ({
  ...unknownCall(since),
  direction: "outbound" as const,
  answeredAt,
  phase: { phase: "ended" as const, since, why },
});

test("a line that is open has no outcome yet", () => {
  expect(outcomeOfCall({ ...unknownCall(since), answeredAt: since }, true)).toBeNull();
});

test("who picked up was reached, unless it was a machine", () => {
  for (const why of EndReason.options)
    expect(outcomeOfCall(over(why, since), true)).toBe(why === "voicemail" ? "voicemail" : "reached");
});

test("a machine that picked up is nobody, whatever was left on it", () => {
  expect(outcomeOfCall({ ...over("completed", since), machine: true }, true)).toBe("voicemail");
});

test.each([
  ["no-answer", "no-answer"],
  ["cancelled", "no-answer"],
  ["busy", "busy"],
  ["declined", "busy"],
  ["failed", "failed"],
  ["dropped", "failed"],
] as const)("a telephone that nobody picked up and that is %s counts as %s", (why, outcome) => {
  expect(outcomeOfCall(over(why), true)).toBe(outcome);
});

test("a call whose telephone was never rung is no attempt", () => {
  expect(outcomeOfCall(over("cancelled"), false)).toBe("not-dialled");
  expect(outcomeOfCall(over("failed"), false)).toBe("not-dialled");
});
