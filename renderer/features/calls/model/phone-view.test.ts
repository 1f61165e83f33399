import { expect, test } from "vitest";
import type { CallState } from "../../../../shared/calls/call.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import { foldCall } from "../../../../shared/calls/fold-call.ts";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import type { UserId } from "../../../../shared/entities/id.ts";
import { recordedCalls } from "../../../../testing/calls/recorded-calls.ts";
import {
  backWords,
  phaseWords,
  secondsOf,
  targetName,
  transferWords,
  viewPhone,
  wrapUpSeconds,
} from "./phone-view.ts";

const rules = { wrapUpMs: 120_000 };

test("a call that rings comes first, behind it stays what one talks in", () => {
  const talking = phoneCall("a", stateAfter("inbound, answered by the second agent", 7));
  const ringing = phoneCall("b", stateAfter("inbound, answered by the second agent", 3), [
    "answer",
    "decline",
  ]);
  const view = viewPhone({ calls: [ringing, talking] });
  expect(view.incoming?.callId).toBe("b");
  expect(view.current?.callId).toBe("a");
  expect(view.others).toEqual([]);
});

test("a call that a colleague placed, and gave to a queue, rings like any other", () => {
  const rings = stateAfter("inbound, answered by the second agent", 3);
  const given = phoneCall("a", { ...rings, direction: "outbound" }, ["answer", "decline"]);
  expect(viewPhone({ calls: [given] })).toMatchObject({ incoming: { callId: "a" }, current: null });
});

test("wrap-up lasts whole minutes when it was given whole minutes, whoever told its two ends", () => {
  const since = "2026-11-21T09:00:00.400Z";
  expect(wrapUpSeconds({ since, until: "2026-11-21T09:03:00.170Z" })).toBe(180);
  expect(wrapUpSeconds({ since, until: "2026-11-21T09:03:00.810Z" })).toBe(180);
});

test("of two open calls the one that is not held is the current one", () => {
  const held = phoneCall("a", stateAfter("outbound, answered, held, wrapped up", 7));
  const live = phoneCall("b", stateAfter("outbound, answered, held, wrapped up", 6));
  expect(held.call.phase.phase).toBe("held");
  const view = viewPhone({ calls: [held, live] });
  expect(view.current?.callId).toBe("b");
  expect(view.others.map(({ callId }) => callId)).toEqual(["a"]);
});

test("a call that is over waits to be written down, and then leaves", () => {
  const wrapUp = phoneCall("a", stateAfter("outbound, answered, held, wrapped up", 10));
  const ended = phoneCall("a", stateAfter("outbound, answered, held, wrapped up", 12));
  expect(viewPhone({ calls: [wrapUp] })).toMatchObject({ wrapUp: { callId: "a" }, current: null });
  expect(viewPhone({ calls: [ended] })).toMatchObject({ wrapUp: null, current: null, others: [] });
});

test("the timer counts talking, and the hold while on hold", () => {
  const live = phoneCall("a", stateAfter("outbound, answered, held, wrapped up", 6));
  const held = phoneCall("a", stateAfter("outbound, answered, held, wrapped up", 7));
  const now = new Date("2026-11-21T09:00:26.400Z");
  expect(secondsOf(live, now)).toBe(20);
  expect(secondsOf(held, now)).toBe(6);
});

const names = { personName: () => "Ben Okafor", queueLabel: () => "Sales, north" };

test("says with whom one is while the caller waits", () => {
  const consulting = phoneCall("a", stateAfter("warm transfer, completed", 5));
  const { phase } = consulting.call;
  if (phase.phase !== "transferring") throw new Error(`it is ${phase.phase}`);
  expect(phaseWords(consulting)).toBe("The caller waits");
  expect(transferWords(phase.transfer, names)).toBe("With Ben Okafor");
});

test("calls whoever a call goes to by name, a queue as the tenant does", () => {
  expect(targetName({ kind: "queue", queue: "sales" }, names)).toBe("Sales, north");
  expect(targetName({ kind: "agent", userId: "ben" as UserId }, names)).toBe("Ben Okafor");
});

test("says why a call could not be handed over", () => {
  const desk = { kind: "agent", userId: "ben" as UserId } as const;
  const outside = { kind: "number", number: "+13125550147" } as const;
  const words = (target: CallTarget, why: "declined" | "failed") => backWords({ target, why }, names);
  expect(words(desk, "declined")).toBe("Ben Okafor declined. The caller is with you again.");
  expect(words(desk, "failed")).toBe("The phone of Ben Okafor is not on. The caller is with you again.");
  expect(words(outside, "failed")).toBe(
    "+1 312-555-0147 could not be reached. The caller is with you again.",
  );
});

function stateAfter(name: keyof typeof recordedCalls, count: number): CallState {
  const call = foldCall(recordedCalls[name].events.slice(0, count), rules);
  if (!call) throw new Error("nothing was said");
  return call;
}

function phoneCall(callId: string, call: CallState, can: PhoneCall["can"] = []): PhoneCall {
  return {
    callId: callId as PhoneCall["callId"],
    call,
    number: "+13125550147",
    name: "Maria Kowalski",
    company: "",
    leadId: null,
    muted: false,
    pending: null,
    can,
    warning: null,
    monitoring: null,
  };
}
