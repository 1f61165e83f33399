import { expect, test } from "vitest";
import { makeLead } from "../../../testing/fakes/records.ts";
import { openTestReplica } from "../../../testing/fakes/open-test-replica.ts";

test("changing many records at once costs no more for each than changing few", async () => {
  const { database, dispose } = await openTestReplica();
  const { store } = database;
  const ids = Array.from({ length: 6_000 }, (_, at) => `lead-${String(at).padStart(5, "0")}`);
  await store.insert(
    "leads",
    ids.map((id) => makeLead({ id })),
  );
  const removeUs = async (some: readonly string[]) => {
    const held = await store.find("leads", some);
    const cpu = process.cpuUsage();
    await store.put("leads", new Map(some.map((id) => [id, null])), held);
    return process.cpuUsage(cpu).user / some.length;
  };
  // PostgreSQL settles on one plan for a kept statement after it has run five times.
  for (let at = 0; at < 1_200; at += 200) await removeUs(ids.slice(at, at + 200));
  const few = await removeUs(ids.slice(1_200, 1_700));
  const many = await removeUs(ids.slice(2_000, 6_000));
  // Where it compares each with each, eight times as many cost several times as much for each.
  expect(many).toBeLessThan(few * 3);
  await dispose();
});
