import { describe, expect, test } from "vitest";
import type { UserId } from "../../../../shared/entities/id.ts";
import {
  ended,
  errorsOf,
  one,
  openPhone,
  place,
  recordOfDial,
  reportsOf,
  talk,
} from "../../../../testing/phone/stepped-phone.ts";

/** Ana has dialled, and something picked up. */
function reach(controlsItself = false) {
  const phone = openPhone();
  place(phone, one, controlsItself);
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "ringing", "answered") });
  return phone;
}
const drop = { do: "drop-voicemail", callId: one, greeting: "short" } as const;

test("a message can be left on calls of one's own, whoever carries them", () => {
  expect(reach().shown().calls[0]?.can).toContain("drop-voicemail");
  expect(reach(true).shown().calls[0]?.can).toContain("drop-voicemail");
  const inbound = openPhone();
  talk(inbound, one);
  expect(inbound.shown().calls[0]?.can).not.toContain("drop-voicemail");
  expect(errorsOf(inbound.ask(drop))).toEqual(["not-possible"]);
});

test.each([
  ["listen", true],
  ["whisper", true],
  ["barge", true],
  ["party", false],
] as const)(
  "it is left, and the call given away, beside a supervisor but not beside a third: %s",
  (role, can) => {
    const phone = reach();
    const call = recordOfDial("dialled", "ringing", "answered");
    const max = { kind: "agent", userId: "max" as UserId } as const;
    const there = { partyId: "p", role, target: max, joinedAt: call.startedAt };
    phone.tell({ type: "record", callId: one, call: { ...call, parties: [there] } });
    const abilities = phone.shown().calls[0]?.can ?? [];
    for (const ability of ["drop-voicemail", "blind-transfer", "warm-transfer"] as const)
      expect(abilities.includes(ability), ability).toBe(can);
  },
);

test("a message ends this desk's part as what it is, whichever comes first: the carrier's answer or the end of the line", () => {
  const phone = reach();
  const asked = phone.ask(drop);
  expect(asked).toMatchObject([{ do: "control", control: { do: "drop-voicemail", greeting: "short" } }]);
  const left = phone.tell(ended(one));
  expect(errorsOf(left)).toEqual([]);
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ phase: "wrap-up", why: "voicemail" });
  phone.tell({ type: "done", askId: "ask-2" });
  expect(phone.phases()).toEqual(["wrap-up"]);
});

test("a message that the carrier would not leave leaves the call as it was", () => {
  const phone = reach();
  phone.ask(drop);
  phone.tell({ type: "refused", askId: "ask-2", error: { code: "failed", message: "Try again." } });
  expect(phone.shown().calls[0]).toMatchObject({ pending: null, call: { phase: { phase: "live" } } });
  expect(phone.tell(ended(one)).length).toBeGreaterThan(0);
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ why: "completed" });
});

describe("at a company's own exchange the device leaves it", () => {
  test("and its person is free when it has begun to", () => {
    const phone = reach(true);
    expect(phone.ask(drop)).toMatchObject([{ do: "leave-message", callId: one, greeting: "short" }]);
    expect(phone.shown().calls[0]?.pending).toBe("drop-voicemail");
    const left = phone.tell({ type: "message-left", callId: one });
    expect(reportsOf(left)).toEqual(["ended"]);
    expect(errorsOf(left)).toEqual([]);
    expect(phone.shown().calls[0]).toMatchObject({
      ...{ pending: null, can: [] },
      call: { phase: { phase: "wrap-up", why: "voicemail" } },
    });
    const done = phone.tell({ type: "done", askId: "ask-2" });
    expect(done).toEqual([{ do: "reply", askId: "ask-2", answer: { ok: true } }]);
  });

  test("and a call that ended before it could begin has left none", () => {
    const phone = reach(true);
    phone.ask(drop);
    expect(errorsOf(phone.tell(ended(one)))).toEqual(["failed"]);
    expect(phone.tell({ type: "message-left", callId: one })).toEqual([]);
    expect(phone.shown().calls[0]?.call.phase).toMatchObject({ phase: "wrap-up", why: "completed" });
  });
});
