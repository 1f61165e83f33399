import { expect, test } from "vitest";
import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import { groupByDay } from "./timeline-groups.ts";
import { itemAction, moodOf, moodSource } from "./timeline-words.ts";

const item = (fields: object) =>
  ({ id: "x", at: "2026-11-18T14:14:00.000Z", byId: "ana", waiting: false, ...fields }) as TimelineItem;
const call = (fields: object) =>
  itemAction(
    item({
      kind: "call",
      call: { direction: "outbound", answeredAt: null, endedAt: null, endReason: "", ...fields },
    }),
  );
const answered = { answeredAt: "2026-11-18T14:14:00.000Z", endedAt: "2026-11-18T14:21:48.000Z" };

test("calls say how long they took or why they did not", () => {
  expect(call(answered)).toBe("called, 7:48");
  expect(call({ ...answered, direction: "inbound" })).toBe("took a call, 7:48");
  expect(call({ ...answered, endedAt: null })).toBe("called, still talking");
  expect(call({ endReason: "voicemail" })).toBe("called, voicemail");
  expect(call({ direction: "inbound" })).toBe("missed a call");
});

test("mail says whether it was read", () => {
  const mail = (fields: object) =>
    itemAction(item({ kind: "email", direction: "outbound", subject: "Plans", openedCount: 0, ...fields }));
  expect(mail({})).toBe("sent “Plans”");
  expect(mail({ openedCount: 3 })).toBe("sent “Plans”  opened 3 times");
  expect(mail({ direction: "inbound", subject: "" })).toBe("received an e-mail");
  expect(mail({ direction: "inbound", byId: null })).toBe("wrote “Plans”");
});

test("calls and what they wrote have a mood, nothing else has, and each says by what", () => {
  const talk = item({ kind: "call", call: { sentiment: "positive" } });
  const letter = item({ kind: "email", direction: "inbound", sentiment: "very-negative" });
  expect([talk, letter].map(moodOf)).toEqual(["positive", "very-negative"]);
  expect(moodSource(letter)).toBe("By what they wrote, reckoned on this machine");
  expect(moodSource(talk)).toBe("By what was said in the call");
  for (const kind of ["call", "email", "message", "note", "task"])
    expect(moodOf(item({ kind, sentiment: "", call: { sentiment: "" } }))).toBeNull();
});

test("changes name their cause", () => {
  const change = (fields: object) =>
    itemAction(item({ kind: "change", what: "change", title: "", changes: [], ...fields }));
  expect(change({ what: "created" })).toBe("added this");
  expect(change({ what: "import", title: "expo.csv" })).toBe("imported this from expo.csv");
  expect(change({ changes: [{ field: "stage", from: "new", to: "tour" }] })).toBe("changed");
});

test("items stand under their days", () => {
  const now = new Date(2026, 10, 18, 15);
  const at = (day: number, hour: number) => ({ at: new Date(2026, 10, day, hour).toISOString() });
  const groups = groupByDay([at(18, 14), at(18, 9), at(17, 16), at(16, 15)], now);
  expect(groups.map(({ heading, items }) => [heading, items.length])).toEqual([
    ["Today", 2],
    ["Yesterday", 1],
    ["Monday 16 Nov", 1],
  ]);
});
