import { expect, test } from "vitest";
import { figureQueues, serviceLevel, waitsSince } from "./queue-figures.ts";

const sales = { key: "sales", label: "Sales", targetSeconds: 20, archived: false };
const old = { ...sales, key: "old", label: "Old", archived: true };

test("answered within the target counts; answered later and given up count against it", () => {
  const waits = [
    { waitedSeconds: 20, calls: 6 },
    { waitedSeconds: 21, calls: 1 },
    { waitedSeconds: null, calls: 1 },
  ];
  expect(serviceLevel(waits, 20)).toBe(0.75);
  expect(serviceLevel(waits, 30)).toBe(7 / 8);
  expect(serviceLevel([{ waitedSeconds: 0, calls: 1 }], 0)).toBe(1);
});

test("who is given to a queue after a talk waits since that, and not since they called", () => {
  const startedAt = "2026-11-18T13:48:00.000Z";
  const to = "2026-11-18T14:00:00.000Z";
  expect(waitsSince({ startedAt, talks: [] })).toBe(startedAt);
  expect(waitsSince({ startedAt, talks: [{ agentId: null, from: "2026-11-18T13:49:00.000Z", to }] })).toBe(
    to,
  );
});

test("without calls there is no service level, neither good nor bad", () => {
  expect(serviceLevel([], 20)).toBeNull();
});

test("queues in use come in their order, then those that only calls know; each by its own target", () => {
  const waits = [
    { queue: "sales", waitedSeconds: 25, calls: 2 },
    { queue: "old", waitedSeconds: 5, calls: 1 },
    { queue: "nobody-named-it", waitedSeconds: null, calls: 3 },
  ];
  const waiting = [
    { queue: "sales", since: "2026-11-18T14:00:00.000Z" },
    { queue: "sales", since: "2026-11-18T13:59:00.000Z" },
    { queue: "", since: "2026-11-18T13:00:00.000Z" },
  ];
  expect(figureQueues([old, { ...sales, targetSeconds: 30 }], waiting, waits)).toMatchObject([
    {
      queue: "sales",
      name: "Sales",
      waiting: 2,
      longestSince: "2026-11-18T13:59:00.000Z",
      serviceLevel: 1,
      calls: 2,
      answered: 2,
    },
    { queue: "nobody-named-it", name: "nobody-named-it", serviceLevel: 0, calls: 3, answered: 0 },
    { queue: "old", name: "Old", waiting: 0, longestSince: null, serviceLevel: 1, targetSeconds: 20 },
    { queue: "", name: "No queue", waiting: 1, serviceLevel: null },
  ]);
});

test("who waits in no queue is seen, and nothing stands there when nobody does", () => {
  const waiting = [{ queue: "", since: "2026-11-18T13:00:00.000Z" }];
  expect(figureQueues([], waiting, [])).toMatchObject([
    { name: "No queue", waiting: 1, longestSince: "2026-11-18T13:00:00.000Z" },
  ]);
  expect(figureQueues([], [], [])).toEqual([]);
});
