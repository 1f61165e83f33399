import { expect, test } from "vitest";
import { z } from "zod";
import { AsideCall } from "../../../../shared/calls/aside-call.ts";
import type { CallState } from "../../../../shared/calls/call.ts";
import { CallEvent } from "../../../../shared/calls/call-event.ts";
import { callRules } from "../../../../shared/calls/call-record.ts";
import { foldCall, inOrder } from "../../../../shared/calls/fold-call.ts";
import { nextCall } from "../../../../shared/calls/next-call.ts";
import {
  ana,
  answered,
  doings,
  ended,
  offer,
  one,
  openPhone,
  recordOf,
  reportsOf,
  start,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";
import { asideOf } from "./given-calls.ts";
import type { Phone, PhoneEffect, PhoneEvent } from "./model.ts";
import { nextPhone } from "./phone-machine.ts";

// Ben gives Ana his call at a company's own exchange, and nobody hears of it before she has left the call again.

const both = { from: "+14155550100", to: "101", provider: "sip" };
const bens = [
  { type: "offered", ...both },
  { type: "answered", agentId: "ben" },
];
const toAna = {
  type: "transfer-started",
  mode: "blind",
  transferId: "t",
  target: { kind: "agent", userId: ana },
};
const completed = { type: "transfer-completed", transferId: "t" };
const theirs = recordOf(bens);
const given = recordOf([...bens, toAna, completed]);
const supposed = nextCall(given, eventOf({ type: "ended", why: "transferred" }), callRules);
let ids = 0;
const now = { at: new Date(start).toISOString(), newId: () => `id-${(ids += 1)}` };
const carl = { kind: "agent", userId: "carl" as never } as const;

function eventOf(said: object): CallEvent {
  const head = { source: "server:exchange", key: "given", seq: 0, at: new Date(start).toISOString() };
  return CallEvent.parse({ ...head, ...said });
}
const heard = (call: CallState) => ({ type: "record", callId: one, call }) as const;
const eventsOf = (effects: readonly PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "report" ? effect.events : []));
/** What the server makes of what it is told, having refused all before. */
const madeOf = (effects: readonly PhoneEffect[], call = given) =>
  inOrder(eventsOf(effects)).reduce((state, event) => nextCall(state, event, callRules), call);

/** @param knows what is known here of whose it is: a colleague's, or nothing but what this desk tells itself */
function pickUp(knows: "theirs" | "nothing"): TestPhone {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, ...both } });
  if (knows === "theirs") phone.tell(heard(theirs));
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  phone.tell(answered(one));
  tellOwnWord(phone);
  return phone;
}
/** Its own reports are laid over what the replica has, which is nothing. */
function tellOwnWord(phone: TestPhone): void {
  const call = foldCall(eventsOf(phone.all), callRules);
  if (call) phone.tell({ ...heard(call), isOwnWord: true });
}
function giveOn(phone: TestPhone): void {
  phone.tell({ type: "transfer-started", callId: one, transferId: "on", target: carl, mode: "blind" });
  phone.tell({ type: "transfer", callId: one, transferId: "on", change: { step: "completed" } });
  tellOwnWord(phone);
  phone.tell(ended(one));
}
const asideIn = (phone: TestPhone, at = new Date(start + 60_000).toISOString()) =>
  z.array(AsideCall).parse(JSON.parse(JSON.stringify(asideOf(phone.phone(), at))));
/** Another window takes over, or the person signs in again. */
function openNext(kept: readonly AsideCall[]) {
  const phone = openPhone();
  const effects = phone.tell({ type: "kept", calls: kept });
  return { phone, effects };
}

test("what was left as a colleague's is told of by the next window, too, once it is heard whose it was", () => {
  const before = pickUp("theirs");
  expect(reportsOf(before.tell(ended(one)))).toEqual([]);
  const { phone, effects } = openNext(asideIn(before));
  expect(doings(effects)).toEqual(["follow-record"]);
  expect(phone.phases()).toEqual([]);
  expect(reportsOf(phone.tell(heard(theirs))), "a colleague's still").toEqual([]);
  expect(asideIn(phone)).toEqual(asideIn(before));
  expect(reportsOf(phone.tell(heard(given)))).toEqual(["answered", "ended"]);
  expect(phone.phases()).toEqual(["wrap-up"]);
  expect(asideIn(phone), "it is known whose it is").toEqual([]);
});

test.each(["theirs", "nothing"] as const)(
  "a window that is closed in such a call (known of it: %s) was in it until about then",
  (knows) => {
    const until = new Date(start + 60_000).toISOString();
    const { phone } = openNext(asideIn(pickUp(knows), until));
    const told = phone.tell(heard(given));
    expect(reportsOf(told)).toEqual(["answered", "ended"]);
    expect(madeOf(told)).toMatchObject({ agentId: ana, endedAt: until, phase: { why: "dropped" } });
  },
);

test("who saw no record, and has wrapped up before it is heard whose it was, tells of all of it again", () => {
  const phone = pickUp("nothing");
  phone.tell(ended(one));
  tellOwnWord(phone);
  phone.ask({ do: "wrapped-up", callId: one });
  expect(phone.phases()).toEqual([]);
  tellOwnWord(phone);
  expect(phone.phases(), "the server may refuse that").toEqual([]);
  for (const window of [phone, openNext(asideIn(phone)).phone]) {
    expect(reportsOf(window.tell(heard(theirs)))).toEqual([]);
    const told = window.tell(heard(given));
    expect(reportsOf(told)).toEqual(["answered", "ended", "wrapped-up"]);
    expect(madeOf(told)).toMatchObject({ agentId: ana, phase: { phase: "ended", why: "completed" } });
    window.tell({ type: "due", what: "forget", callId: one });
    expect(window.phases()).toEqual([]);
    expect(asideIn(window)).toEqual([]);
  }
});

test("wrap-up that ends by its time is told of again as well, and time that was asked for holds", () => {
  const phone = pickUp("nothing");
  phone.tell(ended(one));
  phone.ask({ do: "extend-wrap-up", callId: one, byMs: 60_000 });
  phone.pass(600_000);
  phone.tell({ type: "due", what: "wrap-up", callId: one });
  expect(phone.phases()).toEqual([]);
  expect(reportsOf(phone.tell(heard(given)))).toEqual([
    "answered",
    "ended",
    "wrap-up-extended",
    "wrapped-up",
  ]);
});

test("who saw no record, and has given the call on before it is heard whose it was, tells of that again", () => {
  const phone = pickUp("nothing");
  giveOn(phone);
  expect(phone.phases()).toEqual([]);
  const told = phone.tell(heard(given));
  expect(reportsOf(told)).toEqual(["answered", "transfer-started", "transfer-completed"]);
  expect(madeOf(told)).toMatchObject({
    agentId: "carl",
    formerAgentIds: ["ben", ana],
    phase: { phase: "live" },
  });
  phone.tell({ type: "due", what: "forget", callId: one });
  expect([phone.phases(), asideIn(phone)]).toEqual([[], []]);
});

test.each([
  ["while they talk", ["answered"], () => {}],
  ["in wrap-up", ["answered", "ended"], (phone: TestPhone) => void phone.tell(ended(one))],
] as const)(
  "who saw no record hears %s that it is supposed to be over, and says otherwise once",
  (...story) => {
    const [, told, first] = story;
    const phone = pickUp("nothing");
    first(phone);
    expect(reportsOf(phone.tell(heard(supposed)))).toEqual(told);
    expect(reportsOf(phone.tell(heard(supposed)))).toEqual([]);
  },
);

test("of a call that nobody had before nothing is kept once the server has heard of it, and it is over", () => {
  const phone = pickUp("nothing");
  expect(asideIn(phone)).toHaveLength(1);
  const own = foldCall(eventsOf(phone.all), callRules) as CallState;
  expect(reportsOf(phone.tell(heard(own)))).toEqual([]);
  expect(asideIn(phone)).toHaveLength(1);
  phone.tell(ended(one));
  expect(asideIn(phone)).toEqual([]);
  phone.ask({ do: "wrapped-up", callId: one });
  expect(asideIn(phone)).toEqual([]);

  const late = pickUp("nothing");
  late.tell(ended(one));
  late.ask({ do: "wrapped-up", callId: one });
  const over = foldCall(eventsOf(late.all), callRules) as CallState;
  expect(reportsOf(late.tell(heard(over)))).toEqual([]);
  expect(asideIn(late)).toEqual([]);

  const gave = pickUp("nothing");
  giveOn(gave);
  const carls = foldCall(eventsOf(gave.all), callRules) as CallState;
  expect(reportsOf(gave.tell(heard(carls)))).toEqual([]);
  expect(asideIn(gave)).toEqual([]);
});

test("a call of its own in which a window was closed before the server had heard of it ends with that window", () => {
  const before = pickUp("nothing");
  const own = foldCall(eventsOf(before.all), callRules) as CallState;
  const { phone } = openNext(asideIn(before));
  const told = phone.tell(heard(own));
  expect(reportsOf(told)).toEqual(["ended"]);
  expect(madeOf(told, own)).toMatchObject({ agentId: ana, phase: { why: "dropped" } });
});

test.each(["before they picked up", "while they talked"])(
  "a call that somebody dialled at their exchange ends with the window that was closed %s",
  (when) => {
    const before = openPhone();
    before.ask({ do: "dial", callId: one, to: "+14155550142", leadId: null });
    const sip = { ...before.phone(), line: { ...before.phone().line, provider: "sip" } } as Phone;
    const permit = { callId: one, to: "+14155550142", from: "101", announce: false };
    const { phone: placed, effects } = nextPhone(sip, { type: "permitted", askId: "ask-1", permit }, now);
    const talks = [{ type: "opened", callId: one, controlsItself: true } as const, answered(one)];
    const events = when === "while they talked" ? talks : [];
    const all = [...effects];
    const dialled = events.reduce((phone, event) => {
      const step = nextPhone(phone, event, now);
      all.push(...step.effects);
      return step.phone;
    }, placed);
    const known = foldCall(eventsOf(all), callRules) as CallState;
    const told = nextPhone(dialled, heard(known), now);
    const { phone } = openNext(asideOf(told.phone, new Date(start + 60_000).toISOString()));
    expect(reportsOf(phone.tell(heard(known)))).toEqual(["ended"]);
    expect(phone.shown().calls[0]?.call.phase).toMatchObject({ phase: "wrap-up", why: "dropped" });
  },
);

test("a window that is loaded in wrap-up, before the server has heard of the call, goes on with it", () => {
  const before = pickUp("nothing");
  before.tell(ended(one));
  const { phone } = openNext(asideIn(before));
  const own = foldCall(eventsOf(before.all), callRules) as CallState;
  phone.tell({ ...heard(own), isOwnWord: true });
  expect(phone.phases()).toEqual(["wrap-up"]);
  phone.ask({ do: "wrapped-up", callId: one });
  expect(reportsOf(phone.tell(heard(given)))).toEqual(["answered", "ended", "wrapped-up"]);
});
