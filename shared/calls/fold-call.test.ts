import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserId } from "../entities/id.ts";
import { isOver } from "./call.ts";
import { CallEvent } from "./call-event.ts";
import { foldCall } from "./fold-call.ts";
import { recordedCalls } from "../../testing/calls/recorded-calls.ts";

const rules = { wrapUpMs: 120_000 };

describe.each(Object.entries(recordedCalls))("the call %s", (_name, { events, end }) => {
  test("is made of events that the wire allows", () => {
    for (const event of events) expect(CallEvent.parse(event)).toEqual(event);
  });

  test("ends as its story says", () => {
    expect(foldCall(events, rules)).toMatchObject(end);
  });

  test("is the same call in every order, and however often each event comes", () => {
    const expected = foldCall(events, rules);
    fc.assert(
      fc.property(shuffled(events), repeats(events), (order, again) => {
        expect(foldCall([...order, ...again], rules)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test("never reopens: whatever else is heard, once its end was heard it is over", () => {
    fc.assert(
      fc.property(fc.subarray([...events]), (heard) => {
        const over = heard.some(({ type }) => type === "ended");
        const call = foldCall(heard, rules);
        if (over) expect(call && isOver(call)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("grows only: an answer, an end or a recording that was known stays known", () => {
    fc.assert(
      fc.property(shuffled(events), fc.nat(events.length), (order, length) => {
        const early = foldCall(order.slice(0, length), rules);
        const late = foldCall(order, rules);
        if (early?.answeredAt) expect(late?.answeredAt).not.toBeNull();
        if (early?.endedAt) expect(late?.endedAt).not.toBeNull();
        if (early?.recordingKey) expect(late?.recordingKey).toBe(early.recordingKey);
      }),
      { numRuns: 300 },
    );
  });
});

test("talks follow each other, whatever is heard in whatever order: open while they talk, of whoever has the call", () => {
  const every = Object.values(recordedCalls).flatMap(({ events }) => [...events]);
  fc.assert(
    fc.property(fc.subarray(every), (heard) => {
      const call = foldCall(heard, rules);
      if (call === null) return;
      const times = call.talks.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]);
      expect(times).toEqual(times.toSorted());
      const open = call.talks.filter(({ to }) => to === null);
      const talks = call.phase.phase === "live" || call.phase.phase === "conference";
      expect(open).toEqual(talks ? [{ ...call.talks.at(-1), agentId: call.agentId, to: null }] : []);
    }),
    { numRuns: 500 },
  );
});

test("an event of the middle of a call that nobody has heard of makes a call", () => {
  const [, , , answered] = recordedCalls["inbound, answered by the second agent"].events;
  if (!answered) throw new Error("the recording is shorter than that");
  expect(foldCall([answered], rules)?.phase.phase).not.toBe("ended");
});

test("what somebody who is asked in hears of the recording is no word of the customer's", () => {
  const consent = (seq: number, how: string, number?: string) =>
    CallEvent.parse({ source: "server:line", key: `${seq}`, seq, at: "2026-11-21T09:00:05.000Z", type: "consent", how, number }); // prettier-ignore
  const given = consent(0, "given");
  const third = "+14155550123";
  expect(foldCall([given, consent(1, "announced", third)], rules)?.consent).toBe("given");
  expect(foldCall([given, consent(1, "needed", third)], rules)?.consent).toBe("needed");
});

test.each(["needed", "given", "refused"] as const)(
  "a customer who hears the announcement to its end after it was %s changes nothing: all must agree, or one has refused",
  (how) => {
    const at = "2026-11-21T09:00:05.000Z";
    const asked = {
      source: "server:line",
      key: "0",
      seq: 0,
      at,
      type: "consent",
      how,
      number: "+493023125012",
    };
    const heard = { ...asked, key: "1", seq: 1, how: "announced", number: undefined };
    const events = [asked, heard].map((event) => CallEvent.parse(event));
    expect(foldCall(events, rules)?.consent).toBe(how);
  },
);

test("of two agents who pick up at once the first has the call", () => {
  const at = "2026-11-21T09:00:05.000Z";
  const pickUp = (seq: number, agentId: string) =>
    CallEvent.parse({ source: "carrier:CA1", key: `CA1:${seq}`, seq, at, type: "answered", agentId });
  const call = foldCall([pickUp(2, "ben"), pickUp(1, "ana")], rules);
  expect(call?.agentId).toBe("ana" as UserId);
});

test("a warm transfer that comes to nothing never leaves the caller on hold", () => {
  const { events } = recordedCalls["warm transfer, cancelled"];
  const cancelled = events.findIndex(({ type }) => type === "transfer-cancelled");
  expect(foldCall(events.slice(0, cancelled + 1), rules)?.phase.phase).toBe("live");
});

test("a hold during a transfer keeps the third leg", () => {
  const { events } = recordedCalls["warm transfer, completed"];
  const started = events.findIndex(({ type }) => type === "transfer-started");
  const held = CallEvent.parse({
    source: "device:ana-laptop",
    key: "hold-in-transfer",
    seq: 50,
    at: "2026-11-21T09:00:11.000Z",
    type: "held",
  });
  const call = foldCall([...events.slice(0, started + 1), held], rules);
  expect(call?.phase).toMatchObject({ phase: "transferring", transfer: { held: true } });
});

test("what the server supposes of a call that was given away is outweighed by the desk that has it, however late", () => {
  const { events } =
    recordedCalls["given to a colleague at a company's own exchange, who has it as another call"];
  const said = (seq: number, second: string, what: object) =>
    CallEvent.parse({
      source: "device:ben-desk",
      key: `${seq}`,
      seq,
      at: `2026-11-21T09:${second}.000Z`,
      ...what,
    });
  const claimed = said(0, "00:31", { type: "answered", agentId: "ben" });
  const over = said(1, "05:00", { type: "ended", why: "completed" });
  expect(foldCall([...events, claimed, over], rules)).toMatchObject({
    ...{ agentId: "ben", formerAgentIds: ["ana"], endedAt: "2026-11-21T09:05:00.000Z" },
    phase: { phase: "wrap-up", why: "completed" },
  });
});

describe("how long a wrap-up lasts", () => {
  const { events } = recordedCalls["inbound, answered by the second agent"];
  const endedAt = Date.parse(foldCall(events.filter(isNoWrapUp), rules)?.endedAt ?? "");
  const set = (source: string, atSecond: number, untilSecond: number) =>
    CallEvent.parse({
      source,
      key: `until-${untilSecond}`,
      seq: 90,
      at: new Date(endedAt + atSecond * 1_000).toISOString(),
      type: "wrap-up-extended",
      until: new Date(endedAt + untilSecond * 1_000).toISOString(),
    });
  const lasts = (...said: CallEvent[]) => {
    const phase = foldCall([...events.filter(isNoWrapUp), ...said], rules)?.phase;
    return phase?.phase === "wrap-up" ? (Date.parse(phase.until) - endedAt) / 1_000 : null;
  };

  test.each([
    ["is as long as the tenant says, also where that is less than usual", [set("server:line", 1, 30)], 30],
    ["is longer where the agent asks for more", [set("device:ana", 5, 180)], 180],
    [
      "stays that long where the tenant's own, shorter time comes late",
      [set("device:ana", 5, 180), set("server:line", 9, 30)],
      180,
    ],
    [
      "is the tenant's where that comes late and is longer",
      [set("device:ana", 5, 180), set("server:line", 9, 600)],
      600,
    ],
    [
      "stays the tenant's where the agent had not heard of it yet",
      [set("server:line", 1, 600), set("device:ana", 5, 180)],
      600,
    ],
  ] as const)("%s", (_which, said, seconds) => {
    expect(lasts(...said)).toBe(seconds);
  });
});

function isNoWrapUp({ type }: CallEvent): boolean {
  return type !== "wrap-up-extended" && type !== "wrapped-up";
}

test("a source whose clock is set back in mid-call keeps its own order", () => {
  const event = (seq: number, second: string, type: string) =>
    CallEvent.parse({
      source: "carrier:CA1",
      key: `CA1:${seq}`,
      seq,
      at: `2026-11-21T09:00:${second}.000Z`,
      type,
      ...(type === "answered" ? { agentId: null } : {}),
    });
  const call = foldCall(
    [event(0, "10", "answered"), event(1, "20", "held"), event(2, "05", "resumed")],
    rules,
  );
  expect(call?.phase.phase).toBe("live");
  expect(call?.holdMs).toBe(0);
});

function shuffled<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...values], { minLength: values.length });
}

function repeats<T>(values: readonly T[]): fc.Arbitrary<T[]> {
  return fc.array(fc.constantFrom(...values), { maxLength: 10 });
}

test("a lead that the server found for a dialled number stays, though the desk that dialled it knew none", () => {
  const requested = (source: string, to: string, at: string, leadId: string | null = null) =>
    CallEvent.parse({
      ...{
        type: "requested",
        source,
        key: `${source} ${at}`,
        seq: 0,
        at: `2026-11-21T09:00:0${at}.000Z`,
        leadId,
      },
      ...{ from: "+12125550100", to, provider: "sip", agentId: "ana" },
    });
  const server = requested("server:line", "+13125550147", "0", "lead-1");
  const desk = requested("device:one", "+13125550147", "1");
  expect(foldCall([server, desk], rules)?.leadId).toBe("lead-1");
  expect(foldCall([{ ...server, at: "2026-11-21T09:00:02.000Z" }, desk], rules)?.leadId).toBe("lead-1");
  const passedOn = requested("device:one", "102", "3");
  expect(foldCall([server, desk, passedOn], rules)?.leadId, "with somebody else").toBeNull();
});
