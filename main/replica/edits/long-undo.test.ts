import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../shared/result/ports.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { createJobs, type Jobs } from "../jobs/jobs.ts";
import { recordSql } from "../live/read-records.ts";
import { createRecordHandlers } from "../records/record-handlers.ts";

const many = 620;
let replica: TestReplica;
let jobs: Jobs;
beforeEach(async () => {
  replica = await openTestReplica();
  jobs = createJobs({ clock: systemClock, newId: () => "undo-job" });
});
afterEach(() => replica.dispose());

const ids = Array.from({ length: many }, (_, index) => `lead-${index}`);
const inLeeds = async () => {
  const [found] = await replica.reads.sql<{ n: number }>(
    `select count(*)::int as n from ${replica.reads.table("leads")} where ${recordSql}->>'city' = 'Leeds'`,
  );
  return found?.n;
};

/** Leads that were all moved to Leeds at once. @returns what takes that back */
async function moveAll(): Promise<string> {
  const create = (id: string) => ({ kind: "create" as const, collection: "leads" as const, id, fields: fields.lead({ name: id }) as never }); // prettier-ignore
  await replica.edits.apply(ids.map(create), "Made", { keepUndo: false });
  const move = (id: string) => ({ kind: "update" as const, collection: "leads" as const, id, set: { city: "Leeds" } }); // prettier-ignore
  const moved = await replica.edits.apply(ids.map(move), "Moved to Leeds");
  if (!moved.ok) throw new Error(moved.error.message);
  return moved.value.undoId;
}

test("taking back what was done to hundreds shows how far it is, may be stopped, and goes on where it stopped", async () => {
  const undoId = await moveAll();
  const { undo } = createRecordHandlers({
    replica,
    journal: replica.journal as never,
    jobs,
    clock: systemClock,
  });
  const seen: (number | null)[][] = [];
  const stopWatching = jobs.onChange(() => {
    const [job] = jobs.list();
    seen.push([job?.done ?? null, job?.total ?? null]);
    if (job?.done === 250) jobs.cancel("undo-job");
  });
  expect(await undo({ undoId })).toMatchObject({
    ok: false,
    error: { code: "cancelled", message: `Stopped: 250 of ${many} are as they were before.` },
  });
  stopWatching();
  expect(seen).toEqual(expect.arrayContaining([[0, many], [250, many]])); // prettier-ignore
  expect(jobs.list()[0]).toMatchObject({ kind: "undo", label: "Taking back: Moved to Leeds" });
  expect(await inLeeds()).toBe(many - 250);

  expect(await undo({ undoId })).toMatchObject({
    ok: true,
    value: { count: many - 250, label: "Moved to Leeds" },
  });
  expect(await inLeeds()).toBe(0);
  expect(await undo({ undoId })).toMatchObject({ ok: false, error: { code: "not-found" } });
});
