import { expect, test } from "vitest";
import { CallEvent } from "../../../shared/calls/call-event.ts";
import { filterQuery } from "../parts/day-filter.ts";
import {
  noFilter,
  outcomes,
  sayBlock,
  sayCarrier,
  sayEnding,
  sayLeg,
  sayOutcome,
  type Call,
} from "./call-words.ts";
import { sayEvent, saySource } from "./event-words.ts";

const names = { people: new Map([["ana", "Ana Ruiz"]]), queues: new Map([["sales", "Sales"]]) };
const say = (fact: object) =>
  sayEvent({ source: "server:line", key: "k", seq: 0, at: "2026-11-21T09:00:00.000Z", ...fact }, names);

test("events are told by the names of people and queues", () => {
  expect(say({ type: "routed", agentId: "ana" })).toBe("Rings at Ana Ruiz");
  expect(say({ type: "queued", queue: "sales" })).toBe("Waits in queue “Sales”");
  expect(say({ type: "offered", from: "", to: "+13125550100", provider: "sip" })).toBe(
    "Somebody without a number calls +1 312-555-0100",
  );
  expect(
    say({
      type: "transfer-started",
      transferId: "t",
      mode: "warm",
      target: { kind: "agent", userId: "gone" },
    }),
  ).toBe("Somebody who left is asked to take over");
  expect(say({ type: "ended", why: "abandoned" })).toBe("Ends: the caller hung up while waiting");
  expect(say({ type: "consent", how: "given", by: "ana" })).toBe(
    "They agree to the recording, as Ana Ruiz notes",
  );
  expect(say({ type: "consent", how: "announced" })).toBe("Hears that the call is recorded");
  expect(say({ type: "consent", how: "needed", number: "+13125550100" })).toBe(
    "Nothing is recorded before +1 312-555-0100 agrees",
  );
});

test("every kind of event has words of its own, and one of a newer server keeps its name", () => {
  const types = CallEvent.options.map(({ shape }) => shape.type.value);
  expect(types.length).toBeGreaterThan(20);
  expect(say({ type: "held" })).not.toBe("held");
  expect(say({ type: "beamed-up", where: "x" })).toBe("beamed-up");
  expect(saySource({ source: "device:7" })).toBe("Desk");
});

const call: Call = {
  ...{ id: "1", startedAt: "2026-11-21T09:00:00.000Z", answeredAt: null, endedAt: null },
  ...{ direction: "inbound", from: "+1", to: "+2", agentId: null, leadName: "", endReason: "" },
  ...{ queue: "", disposition: "", provider: "", isRecorded: false },
};

test("what came of a call: how long it was, or why it was not", () => {
  const [answeredAt, endedAt] = ["2026-11-21T09:00:10.000Z", "2026-11-21T09:07:58.000Z"];
  expect(sayOutcome(call)).toBe("Going on");
  expect(sayOutcome({ ...call, answeredAt, endedAt, endReason: "completed" })).toBe("7:48");
  expect(sayOutcome({ ...call, answeredAt, endedAt, endReason: "dropped" })).toBe("7:48, broke off");
  expect(sayOutcome({ ...call, endedAt, endReason: "abandoned" })).toBe("Gave up waiting");
  expect(sayOutcome({ ...call, endedAt, endReason: "completed" })).toBe("Nobody answered");
});

test("how it ended and whose line it was begin as sentences do, and unknown ones keep their names", () => {
  expect(["completed", "", "beamed-up"].map(sayEnding)).toEqual(["Somebody hung up", "Goes on", "Beamed-up"]);
  expect(["sip", "twilio", "tomorrow"].map(sayCarrier)).toEqual(["Your own exchange", "Twilio", "tomorrow"]);
});

test("a leg is somebody's, and a blocked dial says why", () => {
  const leg = { id: "l", state: "ended", sid: null, dialledAt: "", answeredAt: null, endedAt: null };
  expect(sayLeg({ ...leg, role: "customer", agentId: null }, names.people)).toBe("The customer");
  expect(sayLeg({ ...leg, role: "agent", agentId: "ana" }, names.people)).toBe("Ana Ruiz");
  expect(sayLeg({ ...leg, role: "monitor", agentId: "ana" }, names.people)).toBe("Supervisor: Ana Ruiz");
  expect(sayBlock("too-soon")).toMatch(/too soon/u);
});

test("a filter asks for what it says, the last day included", () => {
  expect(filterQuery(noFilter)).toBe("");
  const query = new URLSearchParams(
    filterQuery({
      ...noFilter,
      search: " 555 ",
      outcome: "busy",
      fromDay: "2026-11-20",
      toDay: "2026-11-20",
    }),
  );
  expect(query.get("search")).toBe("555");
  expect(Date.parse(query.get("to") ?? "") - Date.parse(query.get("from") ?? "")).toBe(86_400_000);
  expect(new Set(outcomes.map(({ value }) => value)).size).toBe(outcomes.length);
});
