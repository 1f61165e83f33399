import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { openTestReplica } from "../../../testing/fakes/open-test-replica.ts";
import type { RunSql } from "./local-tables.ts";
import { openStandingAnswers } from "./standing-answers.ts";

/** The one table that is asked for, without a database under it. */
function fakeTable() {
  let rows: { name: string; answer: unknown }[] = [];
  const ran: string[] = [];
  const sql = (async (text: string, [json]: readonly string[] = []) => {
    ran.push(text.slice(0, 6));
    if (text.startsWith("select")) return rows;
    rows = [];
    if (json !== undefined)
      rows = (JSON.parse(json) as [string, unknown][]).map(([name, answer]) => ({ name, answer }));
    return [];
  }) as RunSql;
  return { sql, ran };
}

const names = ["a", "b"] as const;
type Step =
  | { do: "read"; name: (typeof names)[number]; during: "nothing" | "write" | "start-of-write" }
  | { do: "write" }
  | { do: "reopen" }
  | { do: "crash" };

const name = fc.constantFrom(...names);
const during = fc.constantFrom("nothing" as const, "write" as const, "start-of-write" as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("read" as const), name, during }),
  fc.constant({ do: "write" as const }),
  fc.constant({ do: "reopen" as const }),
  fc.constant({ do: "crash" as const }),
);

const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

test(`whatever is read, written, closed and cut off, an answer that stands is the right one (SEED=${seed})`, async () => {
  let stood = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const { sql } = fakeTable();
      let answers = await openStandingAnswers(sql);
      /** What every answer would say: how often was written. */
      let state = 0;
      const write = () => answers.aroundWrite(async () => void (state += 1));
      for (const next of steps) {
        if (next.do === "write") await write();
        if (next.do === "reopen") await answers.save();
        if (next.do === "reopen" || next.do === "crash") answers = await openStandingAnswers(sql);
        if (next.do !== "read") continue;
        const found = answers.get(next.name, z.int());
        if (found !== null) expect(found).toBe(state);
        if (found !== null) stood += 1;
        await readAnd(next.during, next.name);
      }

      /** A read that is overtaken by a write, or falls into one, and is told of afterwards. */
      async function readAnd(event: "nothing" | "write" | "start-of-write", of: string): Promise<void> {
        let asOf = answers.version();
        let read = state;
        if (event === "write") await write();
        if (event === "start-of-write")
          await answers.aroundWrite(async () => {
            asOf = answers.version();
            read = state;
            state += 1;
          });
        answers.put(of, read, asOf);
      }
    }),
    { seed, numRuns: 300 },
  );
  expect(stood).toBeGreaterThan(50);
});

test("a start that changes nothing writes nothing, and the first write forgets once", async () => {
  const { sql, ran } = fakeTable();
  const first = await openStandingAnswers(sql);
  first.put("a", 1, first.version());
  await first.save();
  const second = await openStandingAnswers(sql);
  expect(second.get("a", z.int())).toBe(1);
  expect(second.get("a", z.string())).toBeNull();
  await second.save();
  expect(ran).toEqual(["select", "delete", "insert", "select"]);
  await second.aroundWrite(async () => {});
  await second.aroundWrite(async () => {});
  expect(ran.slice(4)).toEqual(["delete"]);
});

test("a replica answers the same after it was opened again, until something is written, by a person or by sync", async () => {
  const replica = await openTestReplica({ collections: ["leads", "settings"] });
  const { standing } = replica.reads;
  standing.put("a", [1, "two"], standing.version());
  const again = await replica.reopen();
  const schema = z.tuple([z.int(), z.string()]);
  expect(again.reads.standing.get("a", schema)).toEqual([1, "two"]);
  const lead = { id: "lead-1", rev: 1, kept: [], name: "Maria" };
  await again.takeTurn(() => again.layers.receive("leads", [lead as never], []));
  expect(again.reads.standing.get("a", schema)).toBeNull();
  const third = await again.reopen();
  expect(third.reads.standing.get("a", schema)).toBeNull();
  await third.dispose();
});
