import { expect, test } from "vitest";
import { callOutcome, sharingNames } from "./call-words.ts";

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

test("those who share a number are named, of many the first", () => {
  const [maria, otto, ida] = [{ name: "Maria" }, { name: "Otto" }, { name: "Ida" }];
  expect([[], [maria], [maria, otto], [maria, otto, ida]].map(sharingNames)).toEqual([
    "",
    "Maria",
    "Maria or Otto",
    "Maria or 2 others",
  ]);
});
