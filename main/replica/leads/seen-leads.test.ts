import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { RecordsChanged } from "../replica.ts";
import { createSeenLeads } from "./seen-leads.ts";

/** Leads in a table whose reads end when the test says so, each with the leads as they were when it began. */
function playTable(ids: readonly string[]) {
  const table = new Map(ids.map((id) => [id, { id, rev: 1 } as unknown as Lead]));
  const listeners = new Set<(change: RecordsChanged) => void>();
  const reads: (() => void)[] = [];
  const asked: string[][] = [];
  return {
    table,
    asked,
    /** Ends the oldest read. @returns false where there is none */
    finish() {
      const end = reads.shift();
      end?.();
      return end !== undefined;
    },
    write(id: string, after: Lead | null) {
      const before = table.get(id) ?? null;
      if (after) table.set(id, after);
      else table.delete(id);
      for (const tell of listeners) tell({ collection: "leads", records: [{ id, before, after }] });
    },
    port: {
      getAll: (_collection: string, wanted: readonly string[]) =>
        new Promise<Map<string, Lead>>((resolve) => {
          asked.push([...wanted]);
          const found = new Map(wanted.flatMap((id) => (table.has(id) ? [[id, table.get(id) as Lead]] : [])));
          reads.push(() => resolve(found));
        }),
      onChange(listener: (change: RecordsChanged) => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    } as never,
  };
}

const ids = ["a", "b", "c", "d", "e"];
const step = fc.oneof(
  fc.record({ do: fc.constant("look" as const), ids: fc.subarray(ids, { minLength: 1 }) }),
  fc.record({ do: fc.constant("write" as const), id: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant("delete" as const), id: fc.constantFrom(...ids) }),
  fc.constant({ do: "finish" as const }),
);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

test(`whatever changes before, while and after leads are read, what is held is what the table says (SEED=${seed})`, async () => {
  let answeredFromMemory = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      async (steps, limit) => {
        const play = playTable(ids);
        const seen = createSeenLeads(play.port, limit);
        const looks: Promise<unknown>[] = [];
        let rev = 1;
        for (const next of steps) {
          if (next.do === "look") looks.push(seen.read(next.ids));
          if (next.do === "write") play.write(next.id, { id: next.id, rev: ++rev } as unknown as Lead);
          if (next.do === "delete") play.write(next.id, null);
          if (next.do === "finish") play.finish();
          await Promise.resolve();
        }
        for (; play.finish(););
        await Promise.all(looks);
        const askedBefore = play.asked.length;
        const last = seen.read(ids);
        for (; play.finish(););
        expect(new Map([...(await last)].sort())).toEqual(new Map([...play.table].sort()));
        if (play.asked.slice(askedBefore).flat().length < ids.length) answeredFromMemory += 1;
      },
    ),
    { seed, numRuns: 500 },
  );
  expect(answeredFromMemory).toBeGreaterThan(50);
});

test("a list that was seen takes nothing from the table, also when one of its leads has changed", async () => {
  const play = playTable(ids);
  const seen = createSeenLeads(play.port);
  const first = seen.read(["a", "b"]);
  play.finish();
  await first;
  play.write("b", { id: "b", rev: 2 } as unknown as Lead);
  expect((await seen.read(["a", "b"])).get("b")).toMatchObject({ rev: 2 });
  expect(play.asked).toEqual([["a", "b"]]);
});
