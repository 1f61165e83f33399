import { expect, test } from "vitest";
import { callOutcome } from "./call-words.ts";

const call = { direction: "outbound", answeredAt: null, endedAt: null, endReason: "" } as const;
const answeredAt = "2026-11-18T14:00:00.000Z";

test.each([
  [{ ...call, answeredAt, endedAt: "2026-11-18T14:07:48.000Z", endReason: "completed" as const }, "7:48"],
  [{ ...call, answeredAt }, "running"],
  [{ ...call, endReason: "no-answer" as const }, "no answer"],
  [{ ...call, direction: "inbound" as const, endReason: "no-answer" as const }, "missed"],
  [{ ...call, direction: "inbound" as const, endReason: "declined" as const }, "declined"],
  [{ ...call, endReason: "voicemail" as const }, "voicemail"],
])("%j is %s", (given, outcome) => {
  expect(callOutcome(given)).toBe(outcome);
});
