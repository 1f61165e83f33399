import { expect, test } from "vitest";
import type { CallState } from "../../../../shared/calls/call.ts";
import { CallEvent, type CallTarget } from "../../../../shared/calls/call-event.ts";
import { callRules } from "../../../../shared/calls/call-record.ts";
import { foldCall, inOrder } from "../../../../shared/calls/fold-call.ts";
import { nextCall } from "../../../../shared/calls/next-call.ts";
import type { UserId } from "../../../../shared/entities/id.ts";
import {
  ana,
  answered,
  doings,
  ended,
  offer,
  one,
  openPhone,
  opened,
  reportsOf,
  start,
  takenBy,
  talk,
} from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEffect, PhoneEvent } from "./model.ts";

const ben = "ben" as UserId;

/** What the server says after that, of a transfer `t` between the two. */
function told(call: CallState, said: object, seq: number): CallState {
  const head = {
    source: "server:line",
    key: `line:${seq}`,
    seq,
    at: new Date(start + 1_000 * seq).toISOString(),
  };
  return nextCall(call, CallEvent.parse({ ...said, transferId: "t", ...head }), callRules);
}
const started = (from: string, to: UserId) =>
  told(takenBy(from), { type: "transfer-started", mode: "warm", target: { kind: "agent", userId: to } }, 1);
const recordIs = (call: CallState): PhoneEvent => ({ type: "record", callId: one, call });

/** Ben asks this desk to take over his call, which this person sees in their replica as well. */
function beAsked() {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  const effects = phone.tell({ ...rung, call: { ...rung.call, monitoring: "party" } });
  return { phone, effects: [...effects, ...phone.tell(recordIs(started("ben", ana)))] };
}

test("who is asked to take a colleague's call is rung, though the call is that colleague's", () => {
  const { phone, effects } = beAsked();
  expect(doings(effects)).toContain("ring");
  expect(doings(effects)).not.toContain("reject");
  expect(phone.phases()).toEqual(["ringing"]);
  expect(phone.shown().calls[0]).toMatchObject({ can: ["answer", "decline"], warning: null });
});

test("a colleague's call is not theirs to tell of: neither their no, nor their answer, nor that they left", () => {
  const { phone } = beAsked();
  expect(doings(phone.ask({ do: "decline", callId: one }))).toEqual(["reject", "reply", "ring"]);
  const other = beAsked().phone;
  other.ask({ do: "answer", callId: one });
  other.tell(opened(one));
  other.tell(answered(one));
  expect(other.shown().calls[0]).toMatchObject({ monitoring: "party", can: ["hang-up", "mute"] });
  other.tell(ended(one));
  expect(other.shown().calls).toEqual([]);
  expect([...phone.all, ...other.all].filter((effect) => effect.do === "report")).toEqual([]);
});

test("once they have the call, all of it is theirs", () => {
  const { phone } = beAsked();
  phone.ask({ do: "answer", callId: one });
  phone.tell(opened(one));
  phone.tell(answered(one));
  phone.tell(recordIs(told(started("ben", ana), { type: "transfer-completed" }, 2)));
  expect(phone.shown().calls[0]).toMatchObject({ monitoring: null, call: { agentId: ana } });
  expect(phone.shown().calls[0]?.can).toContain("hold");
  phone.tell(ended(one));
  expect(phone.phases()).toEqual(["wrap-up"]);
});

test("who was asked reads that it is no longer needed", () => {
  const { phone } = beAsked();
  phone.tell({ type: "offer-gone", callId: one, why: "cancelled" });
  expect(phone.shown().calls[0]?.warning).toBe("Taken back, or answered elsewhere.");
});

test("a call that came back in the moment in which it was to be handed over, and ends, is one that ended", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(recordIs(told(started("ana", ben), { type: "transfer-answered" }, 2)));
  phone.ask({ do: "complete-transfer", callId: one });
  const back = { type: "transfer-cancelled", why: "declined" };
  phone.tell(recordIs(told(told(started("ana", ben), { type: "transfer-answered" }, 2), back, 3)));
  phone.tell(ended(one));
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ phase: "wrap-up", why: "completed" });
});

/** At a company's own exchange: nobody but the desks tells of its calls. */
function talkAtExchange(target: CallTarget) {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  phone.tell(answered(one));
  phone.tell({ type: "transfer-started", callId: one, transferId: "t", target, mode: "warm" });
  return phone;
}
const number: CallTarget = { kind: "number", number: "+14155550177" };

test("at a company's own exchange the desk tells who has called, for nobody else does", () => {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  phone.tell(answered(one));
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  expect(reportsOf(phone.all)).toEqual(["offered", "routed", "answered"]);
  const reported = phone.all.flatMap((effect) => (effect.do === "report" ? effect.events : []));
  phone.tell(recordIs(foldCall(reported, callRules) as CallState));
  expect(phone.shown().calls[0]).toMatchObject({ number: "+14155550100", call: { agentId: ana } });
});

test("at a company's own exchange a caller who hangs up while somebody is asked was not given to them", () => {
  const phone = talkAtExchange(number);
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ phase: "wrap-up", why: "completed" });
});

test("at a company's own exchange it is told once that a call was given away", () => {
  for (const target of [number, { kind: "agent", userId: ben } as const]) {
    const phone = talkAtExchange(target);
    phone.tell({ type: "transfer", callId: one, transferId: "t", change: { step: "completed" } });
    phone.tell(ended(one));
    expect(reportsOf(phone.all)).toEqual(["answered", "transfer-started", "transfer-completed"]);
    expect(phone.phases()).toEqual(target === number ? ["wrap-up"] : []);
  }
});

test("a no that is quicker than the answer to the asking is what is shown", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(recordIs(takenBy("ana")));
  const target = { kind: "agent", userId: ben } as const;
  const [asked] = phone.ask({ do: "transfer", callId: one, target, mode: "warm" });
  if (asked?.do !== "transfer") throw new Error("nothing was asked of the carrier");
  const { transferId, askId } = asked;
  const back = told(started("ana", ben), { type: "transfer-cancelled", why: "declined" }, 2);
  phone.tell(recordIs(back));
  phone.tell({ type: "transfer-started", callId: one, transferId, target, mode: "warm" });
  phone.tell({ type: "done", askId });
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({
    phase: "live",
    back: { target, why: "declined" },
  });
});

/** Ben's call at a company's own exchange, which that rings this desk for under its own name while he gives it away. */
function beGivenAtExchange() {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  const theirs: CallState = { ...takenBy("ben"), provider: "sip" };
  const effects = phone.tell(recordIs(theirs));
  const toMe = { type: "transfer-started", mode: "blind", target: { kind: "agent", userId: ana } };
  const given = told(told(theirs, toMe, 3), { type: "transfer-completed" }, 4);
  return { phone, effects, given };
}

test("at a company's own exchange a colleague's call rings here while they still have it, and is answered", () => {
  const { phone, effects, given } = beGivenAtExchange();
  expect(doings(effects)).toEqual([]);
  expect(phone.phases()).toEqual(["ringing"]);
  phone.ask({ do: "answer", callId: one });
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  expect(reportsOf(phone.tell(answered(one))), "it is theirs to tell of").toEqual([]);
  expect(reportsOf(phone.tell(recordIs(given))), "now it is ours").toEqual(["answered"]);
  expect(reportsOf(phone.tell(recordIs(given))), "which is said once").toEqual([]);
  expect(phone.shown().calls[0]).toMatchObject({ call: { agentId: ana, phase: { phase: "live" } } });
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
  expect(phone.phases()).toEqual(["wrap-up"]);
});

test("at a company's own exchange a colleague's call that is taken back, or declined, is theirs alone to tell of", () => {
  const back = beGivenAtExchange().phone;
  expect(reportsOf(back.tell({ type: "offer-gone", callId: one, why: "cancelled" }))).toEqual([]);
  const { phone } = beGivenAtExchange();
  expect(reportsOf(phone.ask({ do: "decline", callId: one }))).toEqual(["passed"]);
  const left = beGivenAtExchange().phone;
  left.ask({ do: "answer", callId: one });
  left.tell({ type: "opened", callId: one, controlsItself: true });
  left.tell(answered(one));
  expect(reportsOf(left.tell(ended(one)))).toEqual([]);
  expect(left.shown().calls).toEqual([]);
});

test("at a company's own exchange nobody ends a call here that this desk is in: the server may only suppose that it is not", () => {
  const { phone, given } = beGivenAtExchange();
  phone.ask({ do: "answer", callId: one });
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  phone.tell(answered(one));
  phone.tell(recordIs(given));
  const supposed = CallEvent.parse({
    ...{ type: "ended", why: "transferred", source: "server:exchange", key: "given", seq: 0 },
    at: given.phase.since,
  });
  expect(doings(phone.tell(recordIs(nextCall(given, supposed, callRules))))).toEqual([]);
  expect(phone.phases()).toEqual(["live"]);
});

/** What the server supposes where it has heard of no claim: that it ended when it was given, as Ben's. */
function supposed(given: CallState): CallState {
  const event = { type: "ended", why: "transferred", source: "server:exchange", key: "given", seq: 0 };
  return nextCall(given, CallEvent.parse({ ...event, at: given.phase.since }), callRules);
}
function pickUp(phone: ReturnType<typeof openPhone>) {
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  return reportsOf(phone.tell(answered(one)));
}
const keysOf = (effects: PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "report" ? effect.events.map(({ key }) => key) : []));

test.each(["that it is theirs", "that it is supposed to be over"])(
  "a colleague's call that was taken and left while nobody could be heard counts once it is heard %s",
  (what) => {
    const { phone, given } = beGivenAtExchange();
    expect(pickUp(phone)).toEqual([]);
    expect(reportsOf(phone.tell(ended(one))), "nobody has said that it is ours").toEqual([]);
    expect(phone.shown().calls).toEqual([]);
    const theirs: CallState = { ...takenBy("ben"), provider: "sip" };
    expect(reportsOf(phone.tell(recordIs(theirs))), "a colleague's still").toEqual([]);
    const now = what === "that it is theirs" ? given : supposed(given);
    expect(reportsOf(phone.tell(recordIs(now)))).toEqual(["answered", "ended"]);
    expect(phone.phases()).toEqual(["wrap-up"]);
    expect(phone.shown().calls[0]).toMatchObject({ call: { agentId: ana, from: "+14155550100" } });
    expect(reportsOf(phone.tell(recordIs(now))), "which is said once").toEqual([]);
    expect(phone.phases()).toEqual(["wrap-up"]);
  },
);

test("a colleague's call that was theirs all the time, or rings here anew, is not told of by who left it", () => {
  const { phone, given } = beGivenAtExchange();
  pickUp(phone);
  phone.tell(ended(one));
  const over = { phase: "ended", since: given.phase.since, why: "completed" } as const;
  phone.tell(recordIs({ ...takenBy("ben"), provider: "sip", phase: over }));
  expect(reportsOf(phone.tell(recordIs(given)))).toEqual([]);
  const again = beGivenAtExchange();
  pickUp(again.phone);
  again.phone.tell(ended(one));
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  again.phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  expect(reportsOf(again.phone.tell(recordIs(given)))).toEqual([]);
  expect(again.phone.phases()).toEqual(["ringing"]);
});

test("a call that is supposed to be over before anybody heard here that it was given is claimed, and its end told", () => {
  const { phone, given } = beGivenAtExchange();
  pickUp(phone);
  expect(reportsOf(phone.tell(recordIs(supposed(given))))).toEqual(["answered"]);
  expect(reportsOf(phone.tell(recordIs(supposed(given)))), "once").toEqual([]);
  expect(phone.phases()).toEqual(["live"]);
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
  expect(phone.phases()).toEqual(["wrap-up"]);
  phone.tell(recordIs(supposed(given)));
  expect(phone.phases(), "the server has not heard of it yet").toEqual(["wrap-up"]);
});

test("a call that is supposed to be over while it still rings is told of by whoever takes it after that", () => {
  const { phone, given } = beGivenAtExchange();
  phone.tell(recordIs(supposed(given)));
  expect(phone.phases()).toEqual(["ringing"]);
  expect(pickUp(phone)).toEqual(["offered", "routed", "answered"]);
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
});

test("who saw nothing of a call before it was given claims it by name, also where their own report shows as its record", () => {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  expect(pickUp(phone)).toEqual(["offered", "routed", "answered"]);
  const own = phone.all.flatMap((effect) => (effect.do === "report" ? effect.events : []));
  phone.tell(recordIs(foldCall(own, callRules) as CallState));
  const { given } = beGivenAtExchange();
  const claimed = phone.tell(recordIs(given));
  expect(reportsOf(claimed)).toEqual(["answered"]);
  expect(keysOf(claimed)).toEqual([`${one}:turn-1`]);
  expect(reportsOf(phone.tell(recordIs(given)))).toEqual([]);

  const left = openPhone();
  left.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  pickUp(left);
  left.tell(recordIs(foldCall(own, callRules) as CallState));
  left.tell(ended(one));
  expect(reportsOf(left.tell(recordIs(given))), "the first time it may have been refused").toEqual([
    "answered",
    "ended",
  ]);
  expect(left.phases()).toEqual(["wrap-up"]);
});

const carl: CallTarget = { kind: "agent", userId: "carl" as UserId };
function giveOn(phone: ReturnType<typeof openPhone>, target: CallTarget): void {
  phone.tell({ type: "transfer-started", callId: one, transferId: "on", target, mode: "blind" });
}
const through: PhoneEvent = {
  type: "transfer",
  callId: one,
  transferId: "on",
  change: { step: "completed" },
};
const eventsOf = (effects: PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "report" ? effect.events : []));

test("who is giving a call on as they hear that it is theirs says so again: the server may have refused it", () => {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  pickUp(phone);
  giveOn(phone, carl);
  const { given } = beGivenAtExchange();
  const claimed = phone.tell(recordIs(given));
  expect(reportsOf(claimed)).toEqual(["answered", "transfer-started"]);
  const said = [...eventsOf(claimed), ...eventsOf(phone.tell(through)), ...eventsOf(phone.tell(ended(one)))];
  const heard = inOrder(said).reduce((call, event) => nextCall(call, event, callRules), given);
  expect(heard).toMatchObject({ agentId: "carl", formerAgentIds: ["ben", ana], phase: { phase: "live" } });
});

test.each([
  ["a colleague", carl, "carl", "live", []],
  ["a number", { kind: "number", number: "+14155550111" } as const, ana, "wrap-up", ["wrap-up"]],
])("a colleague's call that was given on to %s before anybody was heard is told of whole", (...story) => {
  const [, target, agentId, phase, shown] = story;
  const { phone, given } = beGivenAtExchange();
  pickUp(phone);
  giveOn(phone, target);
  phone.tell(through);
  phone.tell(ended(one));
  expect(phone.phases(), "nobody has said that it was ours").toEqual([]);
  const claimed = phone.tell(recordIs(given));
  expect(reportsOf(claimed)).toEqual(["answered", "transfer-started", "transfer-completed"]);
  const heard = inOrder(eventsOf(claimed)).reduce((call, event) => nextCall(call, event, callRules), given);
  expect(heard).toMatchObject({ agentId, phase: { phase } });
  phone.tell({ type: "due", what: "forget", callId: one });
  expect(phone.phases()).toEqual(shown);
  expect(reportsOf(phone.tell(recordIs(heard))), "which is said once").toEqual([]);
});

test("a call that was given away, as everybody has heard, is not told of again by who left it", () => {
  const { phone, given } = beGivenAtExchange();
  pickUp(phone);
  phone.tell(recordIs(given));
  giveOn(phone, carl);
  phone.tell(through);
  const theirs: CallState = { ...given, agentId: "carl" as UserId, formerAgentIds: [ben, ana] };
  phone.tell(recordIs(theirs));
  expect(reportsOf(phone.tell(ended(one)))).toEqual([]);
  const back: CallState = { ...given, formerAgentIds: [ben, ana, "carl" as UserId] };
  expect(reportsOf(phone.tell(recordIs(back))), "it is about to ring").toEqual([]);
});

/** This person gave Ben the call, who gives it back while nobody hears him. */
function beGivenBack() {
  const { phone, given } = beGivenAtExchange();
  const theirs: CallState = { ...given, agentId: ben, formerAgentIds: [ana] };
  phone.tell(recordIs(theirs));
  expect(pickUp(phone)).toEqual([]);
  expect(reportsOf(phone.tell(ended(one)))).toEqual([]);
  expect(phone.phases()).toEqual([]);
  return { phone, theirs, back: { ...given, formerAgentIds: [ana, ben] } };
}

test("a call that came back to whoever had given it away, and was left unheard of, counts once that is heard", () => {
  const { phone, theirs, back } = beGivenBack();
  expect(reportsOf(phone.tell(recordIs(theirs))), "as it was known before").toEqual([]);
  const claimed = phone.tell(recordIs(back));
  expect(reportsOf(claimed)).toEqual(["answered", "ended"]);
  expect(keysOf(claimed)[0]).toBe(`${one}:turn-2`);
  expect(phone.phases()).toEqual(["wrap-up"]);

  const late = beGivenBack();
  expect(reportsOf(late.phone.tell(recordIs(supposed(late.back))))).toEqual(["answered", "ended"]);
  const over = beGivenBack();
  const why = {
    phase: "wrap-up",
    since: back.phase.since,
    why: "completed",
    until: "2099-01-01T00:00:00.000Z",
  };
  const theirEnd = { ...over.theirs, phase: why } as CallState;
  expect(reportsOf(over.phone.tell(recordIs(theirEnd))), "theirs to the end").toEqual([]);
  expect(over.phone.phases()).toEqual([]);
});

test("who picks up what they were given already says so by name", () => {
  const { phone, given } = beGivenAtExchange();
  phone.tell(recordIs(given));
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  expect(keysOf(phone.tell(answered(one)))).toEqual([`${one}:turn-1`]);
});
