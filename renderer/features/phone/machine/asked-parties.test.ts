import { expect, test } from "vitest";
import type { AskedParty } from "../../../../shared/calls/call.ts";
import type { UserId } from "../../../../shared/entities/id.ts";
import {
  doings,
  ended,
  errorsOf,
  one,
  openPhone,
  takenBy,
  talk,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";

// Ana has asked Ben into her call, and he has not picked up.

const ben = { kind: "agent", userId: "ben" as UserId } as const;
const drop = { do: "drop-party", callId: one, partyId: "p" } as const;

function talkAndAsk(more: Partial<AskedParty> = {}): TestPhone {
  const phone = openPhone();
  talk(phone, one);
  tellAsked(phone, more);
  return phone;
}

function tellAsked(phone: TestPhone, more: Partial<AskedParty> = {}): void {
  const call = takenBy("ana");
  const asked = [{ partyId: "p", target: ben, since: call.startedAt, ...more }];
  phone.tell({ type: "record", callId: one, call: { ...call, asked } });
}

test("they are let go of before they pick up, also while the carrier still has to say that it rings them", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.ask({ do: "add-party", callId: one, target: ben });
  tellAsked(phone);
  expect(phone.shown().calls[0]).toMatchObject({ pending: "add-party", call: { asked: [{ target: ben }] } });
  expect(phone.ask(drop)).toMatchObject([{ do: "control", control: { do: "drop-party", partyId: "p" } }]);
  const [added, dropped] = ["ask-2", "ask-3"].map((askId) => phone.tell({ type: "done", askId }));
  expect([...doings(added ?? []), ...doings(dropped ?? [])]).toEqual(["reply", "reply"]);
  expect(phone.shown().calls[0]?.pending).toBeNull();
});

test("who has said no just then need not be let go of: what was wanted is so", () => {
  expect(talkAndAsk({ why: "declined" }).ask(drop)).toMatchObject([{ do: "reply", answer: { ok: true } }]);
});

test("somebody who was never asked is no longer in the call", () => {
  expect(errorsOf(talkAndAsk().ask({ ...drop, partyId: "q" }))).toEqual(["not-possible"]);
});

test.each([
  ["rings", {}, false],
  ["has said no", { why: "declined" } as const, true],
])("while one of them %s the call is given away: %s", (_, more, can) => {
  const abilities = talkAndAsk(more).shown().calls[0]?.can ?? [];
  for (const ability of ["blind-transfer", "warm-transfer"] as const)
    expect(abilities.includes(ability), ability).toBe(can);
  expect(abilities).toContain("add-party");
});

test("nobody is being called any more once this desk has left the call", () => {
  const phone = talkAndAsk();
  phone.ask({ do: "hang-up", callId: one });
  phone.tell(ended(one));
  expect(phone.shown().calls[0]?.call).toMatchObject({ phase: { phase: "wrap-up" }, asked: [] });
});
