import fc from "fast-check";
import { expect, test } from "vitest";
import { CallEvent } from "./call-event.ts";
import { foldCall } from "./fold-call.ts";

type Told = [second: number, fact: { type: string; [field: string]: unknown }];

const at = (second: number) =>
  new Date(Date.parse("2026-11-21T09:00:00.000Z") + second * 1_000).toISOString();

function waitsOf(...told: Told[]) {
  return foldCall(eventsOf(told), { wrapUpMs: 120_000 })?.waits;
}

function eventsOf(told: readonly Told[]): CallEvent[] {
  return told.map(([second, fact], seq) =>
    CallEvent.parse({ source: "server:line", key: `${seq}`, seq, at: at(second), ...fact }),
  );
}

const ends = { from: "+13125550147", to: "+17735550100", provider: "simulator" };
const calls: Told = [0, { type: "offered", ...ends }];
const queued = (second: number, queue: string): Told => [second, { type: "queued", queue }];
const rings = (second: number, agentId: string): Told => [second, { type: "routed", agentId }];
const answers = (second: number, agentId: string): Told => [second, { type: "answered", agentId }];
const given = (second: number, queue: string): Told[] => [
  [
    second,
    { type: "transfer-started", transferId: `t${second}`, mode: "blind", target: { kind: "queue", queue } },
  ],
  [second, { type: "transfer-completed", transferId: `t${second}` }],
];
const hangsUp = (second: number): Told => [second, { type: "ended", why: "completed" }];

test("a caller waits from their call to the answer, whoever's desk rings meanwhile", () => {
  const passed: Told = [12, { type: "passed", agentId: "ana", why: "declined" }];
  expect(
    waitsOf(calls, queued(1, "sales"), rings(2, "ana"), passed, rings(13, "ben"), answers(15, "ben")),
  ).toEqual([{ queue: "sales", from: at(0), to: at(15), answered: true }]);
});

test("each wait counts by itself: who was talked to and given to another queue waits there from then on", () => {
  const first: Told[] = [calls, queued(1, "sales"), rings(2, "ana"), answers(10, "ana")];
  const second = [...given(600, "service"), rings(601, "ben")];
  expect(waitsOf(...first, ...second, answers(640, "ben"), hangsUp(700))).toEqual([
    { queue: "sales", from: at(0), to: at(10), answered: true },
    { queue: "service", from: at(600), to: at(640), answered: true },
  ]);
  expect(waitsOf(...first, ...second, hangsUp(630))).toEqual([
    { queue: "sales", from: at(0), to: at(10), answered: true },
    { queue: "service", from: at(600), to: at(630), answered: false },
  ]);
  expect(waitsOf(...first, ...second)?.at(-1)).toEqual({
    queue: "service",
    from: at(600),
    to: null,
    answered: false,
  });
});

test("one that overflows into another queue is one wait, there", () => {
  expect(
    waitsOf(calls, queued(1, "sales"), queued(30, "service"), rings(31, "ben"), answers(35, "ben")),
  ).toEqual([{ queue: "service", from: at(0), to: at(35), answered: true }]);
});

test("who called one of us, or was given to one of us, waited in no queue", () => {
  expect(waitsOf(calls, queued(1, ""), rings(2, "ana"), answers(5, "ana"), hangsUp(60))).toBeUndefined();
});

test("waits follow each other, whatever is heard in whatever order: open while they wait, in the queue that has them", () => {
  const first = [calls, queued(1, "sales"), rings(2, "ana"), queued(9, "service"), answers(10, "ana")];
  const more = [
    ...given(30, "service"),
    rings(31, "ben"),
    answers(40, "ben"),
    ...given(60, "sales"),
    hangsUp(90),
  ];
  const every = eventsOf([...first, ...more]);
  let seen = 0;
  fc.assert(
    fc.property(fc.subarray(every), (heard) => {
      const call = foldCall(heard, { wrapUpMs: 120_000 });
      const waits = call?.waits ?? [];
      const times = waits.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
      expect(times).toEqual(times.toSorted());
      const open = waits.filter(({ to }) => to === null);
      expect(open).toEqual(
        open.length === 0 ? [] : [{ ...waits.at(-1), queue: call?.queue, answered: false }],
      );
      if (call?.phase.phase === "queued" && call.queue !== "") expect(open).toHaveLength(1);
      seen += waits.length;
    }),
    { numRuns: 500 },
  );
  expect(seen).toBeGreaterThan(100);
});
