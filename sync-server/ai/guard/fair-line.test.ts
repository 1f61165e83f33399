import fc from "fast-check";
import { expect, test } from "vitest";
import { FairLine } from "./fair-line.ts";

const waiting = fc.record({ tenantId: fc.constantFrom("a", "b", "c"), priority: fc.constantFrom(0, 1, 2) });
const moves = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("enqueue" as const), who: waiting }),
    fc.record({ do: fc.constant("dequeue" as const) }),
    fc.record({ do: fc.constant("remove" as const), at: fc.nat({ max: 20 }) }),
  ),
  { maxLength: 60 },
);

test("nobody is lost or served twice, the highest priority goes first, and each tenant's own keep their order", () => {
  fc.assert(
    fc.property(moves, (steps) => {
      const line = new FairLine<number>();
      const inside: { id: number; tenantId: string; priority: number }[] = [];
      let next = 0;
      for (const step of steps) {
        if (step.do === "enqueue") {
          line.enqueue(next, { id: String(next), ...step.who });
          inside.push({ id: next++, ...step.who });
        } else if (step.do === "remove") {
          line.remove(String(step.at));
          const at = inside.findIndex(({ id }) => id === step.at);
          if (at !== -1) inside.splice(at, 1);
        } else {
          const served = line.dequeue();
          const at = inside.findIndex(({ id }) => id === served);
          const { tenantId, priority } = inside[at] ?? { tenantId: "", priority: 0 };
          expect(at === -1).toBe(inside.length === 0);
          expect(inside.every((other) => other.priority <= priority || inside.length === 0)).toBe(true);
          const own = inside.find((other) => other.tenantId === tenantId && other.priority === priority);
          expect(own?.id).toBe(served);
          if (at !== -1) inside.splice(at, 1);
        }
        expect(line.size).toBe(inside.length);
      }
    }),
  );
});

test("tenants of one priority take turns, however many questions each has", () => {
  const line = new FairLine<string>();
  for (const [tenantId, count] of [
    ["a", 3],
    ["b", 1],
    ["c", 2],
  ] as const)
    for (let at = 1; at <= count; at++)
      line.enqueue(`${tenantId}${at}`, { id: `${tenantId}${at}`, tenantId });
  expect(line.filter({ priority: 0 })).toEqual(["a1", "a2", "a3", "b1", "c1", "c2"]);
  const served = Array.from({ length: 7 }, () => line.dequeue());
  expect(served).toEqual(["a1", "b1", "c1", "a2", "c2", "a3", undefined]);
});
