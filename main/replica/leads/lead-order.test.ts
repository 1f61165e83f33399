import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareKeys, type SortKey } from "../../../shared/leads/sort-keys.ts";
import { createLeadOrder } from "./lead-order.ts";

const key = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5 }));
const batch = fc.array(fc.record({ row: fc.nat(80), key: fc.option(key, { nil: undefined }) }), {
  maxLength: 60,
});

test("an order that follows changes is the order that would be built anew", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ row: fc.nat(80), key }), { selector: ({ row }) => row }),
      fc.array(batch, { maxLength: 6 }),
      fc.constantFrom("asc" as const, "desc" as const),
      async (start, batches, direction) => {
        const idOf = (row: number) => `id-${String((row * 37) % 101).padStart(3, "0")}`;
        const order = await createLeadOrder(start, { direction, idOf });
        const expected = new Map<number, SortKey>(start.map((entry) => [entry.row, entry.key]));
        for (const changes of batches) {
          order.update(changes);
          for (const change of changes) {
            if (change.key === undefined) expected.delete(change.row);
            else expected.set(change.row, change.key);
          }
        }
        const rows = [...expected.keys()].sort(
          (a, b) =>
            compareKeys(expected.get(a) ?? null, expected.get(b) ?? null, direction) ||
            (idOf(a) < idOf(b) ? -1 : 1),
        );
        expect(Array.from(order.slice(0, 1000))).toEqual(rows);
        rows.forEach((row, at) => expect(order.indexOf(row)).toBe(at));
        expect(order.indexOf(999)).toBe(-1);
      },
    ),
    { numRuns: 300 },
  );
});
