import { expect, test } from "vitest";
import type { CallState } from "../../../../shared/calls/call.ts";
import type { PhoneCommand } from "../../../../shared/calls/phone.ts";
import type { RecordId, UserId } from "../../../../shared/entities/id.ts";
import type { PhoneEvent } from "./model.ts";
import {
  ana,
  answered,
  doings,
  ended,
  errorsOf,
  offer,
  offered,
  one,
  openPhone,
  opened,
  recordOf,
  reportsOf,
  takenBy,
  talk,
  two,
} from "../../../../testing/phone/stepped-phone.ts";

test("a call that the replica has not seen can be answered", () => {
  const phone = openPhone();
  talk(phone, one);
  expect(phone.phases()).toEqual(["live"]);
  expect(reportsOf(phone.all)).toEqual(["answered"]);
});

test("of two windows that answer one call, the one that lost shows that it was answered elsewhere", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.ask({ do: "answer", callId: one });
  const effects = phone.tell({ type: "record", callId: one, call: takenBy("ben") });
  expect(errorsOf(effects)).toEqual(["not-possible"]);
  expect(doings(effects)).toContain("reject");
  expect(phone.shown().calls[0]).toMatchObject({ can: [], warning: "Answered elsewhere." });
  phone.tell({ type: "due", what: "forget", callId: one });
  expect(phone.shown().calls).toEqual([]);
});

test("a call that this person answers at another desk of theirs was answered elsewhere, not given up", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.tell({ type: "record", callId: one, call: takenBy("ana") });
  phone.tell({ type: "offer-gone", callId: one, why: "cancelled" });
  expect(phone.shown().calls[0]).toMatchObject({ can: [], warning: "Answered elsewhere." });
});

test("a call that a colleague took, and is soon through with, is not wrapped up here", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.tell({ type: "record", callId: one, call: takenBy("ben") });
  phone.tell({ type: "record", callId: one, call: wrappingUp(60_000, "ben" as UserId) });
  expect(phone.phases()).not.toEqual(["wrap-up"]);
  phone.tell({ type: "due", what: "forget", callId: one });
  expect(phone.phases()).toEqual([]);
});

test("pain: other agents keep ringing after the answer", () => {
  const phone = openPhone();
  expect(doings(phone.tell(offer(one)))).toContain("ring");
  const effects = phone.tell({ type: "record", callId: one, call: takenBy("ben") });
  expect(effects).toContainEqual({ do: "ring", on: false });
});

test("pain: a phantom ring for a caller who has hung up, though the word of that was lost on its way", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  const effects = phone.tell({ type: "record", callId: one, call: wrappingUp(0, null) });
  expect(effects).toEqual(
    expect.arrayContaining([
      { do: "reject", callId: one },
      { do: "ring", on: false },
    ]),
  );
  expect(phone.shown().calls[0]).toMatchObject({ can: [], warning: "The caller hung up." });
});

test("pain: a phantom ring for somebody who is talking", () => {
  const phone = openPhone();
  talk(phone, one);
  const effects = phone.tell(offer(two));
  expect(doings(effects)).not.toContain("ring");
  expect(phone.shown().calls[0]?.can).toEqual(["answer", "decline"]);
});

test("pain: a second conversation for one call that is offered twice", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.tell(offer(one));
  expect(phone.shown().calls).toHaveLength(1);
});

test("answering a waiting call holds the one that is heard first", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(offer(two));
  expect(phone.ask({ do: "answer", callId: two })).toContainEqual({
    do: "accept",
    askId: "ask-2",
    callId: two,
    holdFirst: [one],
  });
});

test("whoever asks a colleague talks to nobody else meanwhile: the colleague would hear it", () => {
  const phone = openPhone();
  talk(phone, one);
  const target = { kind: "agent", userId: "ben" as UserId } as const;
  phone.tell({ type: "transfer-started", callId: one, transferId: "t", target, mode: "warm" });
  expect(phone.shown().calls[0]?.can).toEqual(["hang-up", "mute", "dtmf"]);
  phone.tell(offer(two));
  const answered = phone.ask({ do: "answer", callId: two });
  const dialled = phone.ask({ do: "dial", callId: "call-3" as RecordId, to: "+14155550142", leadId: null });
  expect([...errorsOf(answered), ...errorsOf(dialled)]).toEqual(["busy", "busy"]);
  expect(doings([...answered, ...dialled])).toEqual(["reply", "reply"]);
});

test("dialling twice places one call; a number that is none and a second call are refused", () => {
  const phone = openPhone();
  const dial = (callId: RecordId, to: string) => phone.ask({ do: "dial", callId, to, leadId: null });
  expect(errorsOf(dial(one, "call me maybe"))).toEqual(["bad-number"]);
  expect(doings(dial(one, "+14155550142"))).toEqual(["permit"]);
  expect(doings(dial(one, "+14155550142"))).toEqual(["reply"]);
  expect(errorsOf(dial(two, "+14155550143"))).toEqual(["busy"]);
});

test("a supervisor goes from listening to whispering: the carrier rings once more, and that is answered too", () => {
  const phone = openPhone();
  const ring = (monitoring: "listen" | "whisper") => {
    const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
    return doings(phone.tell({ ...rung, call: { ...rung.call, monitoring } }));
  };
  phone.ask({ do: "monitor", callId: one, role: "listen" });
  expect(ring("listen")).toContain("accept");
  phone.tell(opened(one));
  phone.tell(answered(one));
  expect(doings(phone.ask({ do: "monitor", callId: one, role: "listen" }))).toEqual(["reply"]);
  expect(doings(phone.ask({ do: "monitor", callId: one, role: "whisper" }))).toEqual(["control"]);
  phone.tell(ended(one));
  expect(ring("whisper")).toContain("accept");
  expect(phone.shown().calls[0]?.monitoring).toBe("whisper");
  expect(ring("listen")).not.toContain("accept");
});

test("a supervisor who changes their mind before the carrier rings is not brought into the part of before", () => {
  const phone = openPhone();
  const ring = (monitoring: "listen" | "whisper") => {
    const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
    return doings(phone.tell({ ...rung, call: { ...rung.call, monitoring } }));
  };
  phone.ask({ do: "monitor", callId: one, role: "listen" });
  phone.ask({ do: "monitor", callId: one, role: "whisper" });
  expect(ring("listen")).toEqual(["reject"]);
  expect(ring("whisper")).toContain("accept");
});

test("a supervisor whose first ring was taken back while it was answered is in the call once", () => {
  const phone = openPhone();
  const ring = (monitoring: "listen" | "whisper") => {
    const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
    phone.tell({ ...rung, call: { ...rung.call, monitoring } });
  };
  phone.ask({ do: "monitor", callId: one, role: "listen" });
  ring("listen");
  phone.ask({ do: "monitor", callId: one, role: "whisper" });
  phone.tell({ type: "offer-gone", callId: one, why: "cancelled" });
  ring("whisper");
  phone.tell({ type: "refused", askId: `join:${one}:listen`, error: { code: "failed", message: "" } });
  expect(phone.shown().calls.map(({ monitoring }) => monitoring)).toEqual(["whisper"]);
});

test("a transfer to oneself, or to the person one is talking to, is refused", () => {
  const phone = openPhone();
  talk(phone, one);
  const to = (target: Extract<PhoneCommand, { do: "transfer" }>["target"]) =>
    errorsOf(phone.ask({ do: "transfer", callId: one, target, mode: "blind" }));
  expect(to({ kind: "agent", userId: ana })).toEqual(["not-possible"]);
  expect(to({ kind: "number", number: "+14155550100" })).toEqual(["not-possible"]);
});

test("pain: a warm transfer that is cancelled leaves nobody on hold", () => {
  const phone = openPhone();
  talk(phone, one);
  const target = { kind: "agent", userId: "ben" as UserId } as const;
  const [asked] = phone.ask({ do: "transfer", callId: one, target, mode: "warm" });
  const transferId = asked?.do === "transfer" ? asked.transferId : "";
  phone.tell({ type: "transfer-started", callId: one, transferId, target, mode: "warm" });
  phone.tell({ type: "done", askId: "ask-2" });
  expect(phone.phases()).toEqual(["transferring"]);
  phone.ask({ do: "cancel-transfer", callId: one });
  phone.tell({ type: "transfer", callId: one, transferId, change: { step: "cancelled", why: "agent" } });
  expect(phone.phases()).toEqual(["live"]);
});

test("leaving a call that was given to a colleague does not report its end", () => {
  const phone = openPhone();
  talk(phone, one);
  const target = { kind: "agent", userId: "ben" as UserId } as const;
  phone.tell({ type: "transfer-started", callId: one, transferId: "t", target, mode: "blind" });
  phone.tell({ type: "transfer", callId: one, transferId: "t", change: { step: "completed" } });
  expect(reportsOf(phone.tell(ended(one)))).toEqual([]);
  expect(phone.shown().calls).toEqual([]);
});

test("a line that merely broke off is wrapped up, and whether the call is over is left to the carrier", () => {
  const phone = openPhone();
  talk(phone, one);
  expect(reportsOf(phone.tell(ended(one, "dropped")))).toEqual([]);
  expect(phone.phases()).toEqual(["wrap-up"]);
});

test("pain: a finished call is reopened by a late word of it", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(ended(one));
  phone.tell({ type: "record", callId: one, call: takenBy("ana") });
  phone.tell(answered(one));
  phone.tell({ type: "held", callId: one, on: true });
  expect(phone.phases()).toEqual(["wrap-up"]);
});

test("wrap-up ends by its timer, later when it was extended, and once", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(ended(one));
  phone.ask({ do: "extend-wrap-up", callId: one, byMs: 60_000 });
  phone.pass(125_000);
  expect(reportsOf(phone.tell({ type: "due", what: "wrap-up", callId: one }))).toEqual([]);
  phone.pass(60_000);
  expect(reportsOf(phone.tell({ type: "due", what: "wrap-up", callId: one }))).toEqual(["wrapped-up"]);
  expect(phone.phases()).toEqual([]);
  expect(reportsOf(phone.tell({ type: "due", what: "wrap-up", callId: one }))).toEqual([]);
});

/** As the server tells a call of Ana's that has ended; null = nobody picked up. */
function wrappingUp(wrapUpMs: number, agentId: UserId | null = ana): CallState {
  const facts = [
    offered,
    ...(agentId ? [{ type: "answered", agentId }] : []),
    { type: "ended", why: "completed" },
  ];
  return recordOf(facts, { wrapUpMs });
}

test("wrap-up is as long as the server says, also when that is less than this window thought", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(ended(one));
  const effects = phone.tell({ type: "record", callId: one, call: wrappingUp(30_000) });
  const wait = effects.find((effect) => effect.do === "after");
  expect(wait?.do === "after" && wait.delayMs).toBeLessThan(30_000);
});

test("more time counts from when it is asked for, and again: a record that has not heard of it takes none of it away", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.tell(ended(one));
  const until = () => {
    const phase = phone.shown().calls[0]?.call.phase;
    return phase?.phase === "wrap-up" ? Date.parse(phase.until) - Date.parse(phase.since) : null;
  };
  const more = { do: "extend-wrap-up", callId: one, byMs: 60_000 } as const;
  expect(errorsOf(phone.ask(more))).toEqual([]);
  phone.tell({ type: "record", callId: one, call: wrappingUp(30_000) });
  expect(until()).toBeGreaterThanOrEqual(180_000);
  phone.ask(more);
  phone.tell({ type: "record", callId: one, call: wrappingUp(30_000) });
  expect(until()).toBeGreaterThanOrEqual(240_000);
});

test("pain: wrap-up fails because this window no longer has the call: loaded again, it takes it up", () => {
  const phone = openPhone();
  phone.tell({ type: "record", callId: one, call: wrappingUp(60_000) });
  phone.tell({ type: "record", callId: two, call: takenBy("ben") });
  expect(phone.phases()).toEqual(["wrap-up"]);
  expect(reportsOf(phone.ask({ do: "wrapped-up", callId: one }))).toEqual(["wrapped-up"]);
});

test("a microphone that was refused is no answer: the caller keeps ringing and the person reads why", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  phone.ask({ do: "answer", callId: one });
  const error = { code: "no-microphone" as const, message: "Allow it." };
  expect(errorsOf(phone.tell({ type: "refused", askId: "ask-1", error }))).toEqual(["no-microphone"]);
  expect(phone.shown().calls[0]?.can).toEqual(["answer", "decline"]);
});

test("a hang-up before the device has the call is carried out when it has it", () => {
  const phone = openPhone();
  phone.ask({ do: "dial", callId: one, to: "+14155550142", leadId: null });
  const permit = { callId: one, to: "+14155550142", from: "+14155550199", announce: false };
  phone.tell({ type: "permitted", askId: "ask-1", permit });
  expect(doings(phone.ask({ do: "hang-up", callId: one }))).toEqual(["disconnect", "reply"]);
  const error = { code: "offline" as const, message: "The line is not up." };
  const effects = phone.tell({ type: "refused", askId: "ask-1", callId: one, error });
  expect(reportsOf(effects)).toEqual(["ended"]);
  expect(phone.shown().calls).toEqual([]);
});

test("where the law wants a clear yes it is noted first, and after a no nothing of the recording can be changed", () => {
  const phone = openPhone();
  talk(phone, one);
  const hear = (how: string, state: string) => {
    const said = [
      { type: "consent", how },
      { type: "recording", state },
    ];
    const answer = { type: "answered", agentId: ana };
    phone.tell({ type: "record", callId: one, call: recordOf([offered, answer, ...said]) });
    return phone.shown().calls[0]?.can.filter((ability) => /consent|recording/u.test(ability));
  };
  const yes = { do: "consent", callId: one, answer: "given" } as const;
  expect(hear("needed", "off")).toEqual(["note-consent"]);
  expect(phone.ask(yes)).toMatchObject([{ do: "control", control: { do: "consent", answer: "given" } }]);
  phone.tell({ type: "done", askId: "ask-2" });
  expect(hear("given", "on")).toEqual(["pause-recording"]);
  expect(errorsOf(phone.ask(yes))).toEqual(["not-possible"]);
  expect(hear("refused", "paused")).toEqual([]);
  expect(errorsOf(phone.ask({ do: "record", callId: one, state: "on" }))).toEqual(["not-possible"]);
});

test("signing out hangs up, and replies to whoever still waits", () => {
  const phone = openPhone();
  talk(phone, one);
  phone.ask({ do: "hold", callId: one, on: true });
  const effects = phone.tell({ type: "signed-out" });
  expect(effects).toContainEqual({ do: "disconnect", callId: one });
  expect(errorsOf(effects)).toEqual(["no-phone"]);
});
