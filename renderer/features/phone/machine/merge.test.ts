import { expect, test } from "vitest";
import { pairToMerge } from "../../../../shared/calls/merge-pair.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import {
  ana,
  doings,
  ended,
  errorsOf,
  offered,
  one,
  openPhone,
  recordOf,
  reportsOf,
  takenBy,
  talk,
  two,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEffect } from "./model.ts";

const answered = { type: "answered", agentId: ana };
const merged = recordOf([
  offered,
  answered,
  { type: "ended", why: "completed", mergedInto: one } as { type: string },
]);

/** Ana has the first on hold and talks to the second. */
function talkToTwo(): TestPhone {
  const phone = openPhone();
  for (const callId of [one, two]) {
    talk(phone, callId);
    phone.tell({ type: "record", callId, call: takenBy("ana") });
    if (callId === one) phone.tell({ type: "held", callId, on: true });
  }
  return phone;
}
const merge = (phone: TestPhone, callId = one, withId = two) => phone.ask({ do: "merge", callId, with: withId }); // prettier-ignore
const askOf = (effects: PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "control" ? effect.askId : []))[0] ?? "";
const call = (phone: TestPhone, callId: RecordId) =>
  phone.shown().calls.find((each) => each.callId === callId);

test("two calls become one: the carrier is asked, and the second ends here without a word of this desk's", () => {
  const phone = talkToTwo();
  const asked = merge(phone);
  expect(asked).toMatchObject([{ do: "control", callId: one, control: { do: "merge", with: two } }]);
  expect(call(phone, one)?.pending).toBe("merge");
  expect(call(phone, two)?.can).toEqual(["hang-up", "mute"]);
  expect(reportsOf(phone.tell(ended(two)))).toEqual([]);
  expect(phone.phases()).toEqual(["held"]);
  expect(doings(phone.tell({ type: "done", askId: askOf(asked) }))).toEqual(["reply"]);
  phone.tell({ type: "record", callId: two, call: merged });
  expect(phone.shown().calls.map(({ callId }) => callId)).toEqual([one]);
  phone.tell({ type: "held", callId: one, on: false });
  expect(phone.phases()).toEqual(["live"]);
  phone.tell(ended(one));
  expect(phone.phases(), "written down once").toEqual(["wrap-up"]);
});

test("the carrier's record of it may come before the end of the line, or instead of it", () => {
  const phone = talkToTwo();
  merge(phone);
  expect(doings(phone.tell({ type: "record", callId: two, call: merged }))).toContain("disconnect");
  phone.tell({ type: "due", what: "forget", callId: two });
  expect(phone.shown().calls.map(({ callId }) => callId)).toEqual([one]);
});

test("what could not be brought together stays two, and can be steered as before", () => {
  const phone = talkToTwo();
  const askId = askOf(merge(phone));
  const error = { code: "failed", message: "The carrier has not done it in time." } as const;
  expect(errorsOf(phone.tell({ type: "refused", askId, error }))).toEqual(["failed"]);
  expect(call(phone, two)?.can).toContain("hold");
  expect(call(phone, one)?.pending).toBeNull();
  expect(reportsOf(phone.tell(ended(two)))).toEqual(["ended"]);
});

test("whose second caller hung up on the way is wrapped up as any other call", () => {
  const phone = talkToTwo();
  merge(phone);
  phone.tell(ended(two));
  phone.tell({ type: "record", callId: two, call: recordOf([offered, answered, { type: "ended", why: "completed" } as { type: string }]) }); // prettier-ignore
  expect(call(phone, two)?.call.phase.phase).toBe("wrap-up");
});

test("a call that is not here, or its own, or one that cannot be, is not merged, and nothing is left of the asking", () => {
  const phone = talkToTwo();
  expect(errorsOf(merge(phone, one, "call-3" as RecordId))).toEqual(["no-such-call"]);
  expect(errorsOf(merge(phone, one, one))).toEqual(["no-such-call"]);
  const askId = askOf(phone.ask({ do: "record", callId: one, state: "paused" }));
  expect(askId).toBe("");
  phone.ask({ do: "hold", callId: one, on: false });
  expect(errorsOf(merge(phone))).toEqual(["busy"]);
  expect(call(phone, two)?.can).toContain("merge");
});

const shown = (callId: RecordId, phase: string, startedAt: string, parties: object[] = []) =>
  ({ callId, can: ["merge"], call: { phase: { phase }, startedAt, parties } }) as unknown as PhoneCall;
const party = { partyId: "p", role: "party" };

test.each([
  ["that waits goes on", shown(one, "held", "10:00"), shown(two, "live", "09:00"), one],
  ["that was there first goes on, of two that wait", shown(one, "held", "09:00"), shown(two, "held", "10:00"), one], // prettier-ignore
  ["in which others are goes on", shown(one, "held", "09:00"), shown(two, "conference", "10:00", [party]), two], // prettier-ignore
])("of two calls the one %s, whichever is named first", (_, first, second, into) => {
  expect(pairToMerge(first, second)?.into.callId).toBe(into);
  expect(pairToMerge(second, first)?.into.callId).toBe(into);
});

test("whoever is being called into one of them is waited for", () => {
  const [first, second] = [shown(one, "held", "09:00"), shown(two, "live", "10:00")];
  const asking = (asked: object) => ({ ...second, call: { ...second.call, asked: [asked] } }) as unknown as PhoneCall; // prettier-ignore
  expect(pairToMerge(first, asking({ partyId: "p" }))).toBeNull();
  expect(pairToMerge(first, asking({ partyId: "p", why: "declined" }))).not.toBeNull();
});

test("two calls with others in both stay two, as does one alone, and one whose exchange cannot", () => {
  const first = shown(one, "held", "09:00", [party]);
  expect(pairToMerge(first, shown(two, "conference", "10:00", [party]))).toBeNull();
  expect(pairToMerge(first, first)).toBeNull();
  expect(pairToMerge(first, { ...shown(two, "live", "10:00"), can: ["hold"] })).toBeNull();
});
