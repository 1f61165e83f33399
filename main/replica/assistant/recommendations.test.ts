import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import type { recommendations } from "../../../shared/rpc/contract/assistant.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { afterPastSync } from "../../../testing/fakes/first-sync.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { makeTask } from "./act.ts";
import { createRecommendations, type Recommending } from "./recommendations.ts";

const leadId = "lead-1" as RecordId;
let replica: TestReplica;
let settings: TenantSettings;
let recommending: Recommending;

beforeAll(async () => {
  replica = await openTestReplica();
  settings = openTenantSettings(replica.reads);
  const lead = fields.lead({ name: "Maria Keller", lastContactAt: new Date().toISOString() });
  await replica.edits.apply([{ kind: "create", collection: "leads", id: leadId, fields: lead }], "A lead");
  recommending = await createRecommendations({
    ...{ replica, settings, clock: systemClock, onMinute: () => () => {} },
    path: join(replica.folder.root, "recommendations.json"),
    newLeads: () => Promise.resolve([]),
    afterFirstSync: afterPastSync,
    makeTask: (...task) => makeTask({ ...replica, nowMs: Date.now(), zone: "Europe/Lisbon" }, ...task),
    onTrouble: (cause) => expect.fail(String(cause)),
  });
});
afterAll(async () => {
  await recommending.close();
  settings.close();
  await replica.dispose();
});

const look = () => watch<typeof recommendations>(recommending.handlers.recommendations, { leadId }).first();
const tasks = () =>
  replica.reads.sql(`select doc->>'title' as title from ${replica.reads.table("tasks")} where not deleted`);

test("a task that was recommended is made once and counts as taken; one undo takes back both, as often as one likes", async () => {
  const { recommendations: open, acceptance } = await look();
  const key = open[0]?.key ?? "";
  expect(acceptance).toEqual({ accepted: 0, seen: 0 });
  for (const round of [1, 2]) {
    const made = await recommending.handlers.takeRecommendedTask({ leadId, key });
    expect(made, `round ${round}`).toMatchObject({ ok: true, value: { count: 2 } });
    const again = await recommending.handlers.takeRecommendedTask({ leadId, key });
    expect(again).toEqual({ ok: true, value: { undoId: "", count: 0 } });
    expect(await tasks()).toEqual([{ title: "Follow up with Maria Keller" }]);
    expect(await look()).toMatchObject({ recommendations: [], acceptance: { accepted: 1, seen: 1 } });
    await replica.edits.undo(made.ok ? made.value.undoId : "");
    expect(await tasks()).toEqual([]);
    expect(await look()).toMatchObject({ recommendations: [{ key, status: "new" }], acceptance });
  }
});

test("taken in two windows at once it is one task", async () => {
  const key = (await look()).recommendations[0]?.key ?? "";
  const take = () => recommending.handlers.takeRecommendedTask({ leadId, key });
  const made = await Promise.all([take(), take()]);
  expect(made).toMatchObject([{ value: { count: 2 } }, { value: { count: 0 } }]);
  expect(await tasks()).toEqual([{ title: "Follow up with Maria Keller" }]);
  const [first] = made;
  await replica.edits.undo(first.ok ? first.value.undoId : "");
});

test("one that was dismissed is there again once that is taken back, and may still be answered otherwise", async () => {
  const { recommendations: open, acceptance } = await look();
  const key = open[0]?.key ?? "";
  const { judgeRecommendation } = recommending.handlers;
  const dismissed = await judgeRecommendation({ leadId, key, status: "dismissed" });
  expect(await look()).toMatchObject({ recommendations: [], acceptance: { accepted: 0, seen: 1 } });
  const undone = await replica.edits.undo(dismissed.ok ? dismissed.value.undoId : "");
  expect(undone).toMatchObject({ ok: true, value: { label: "Dismissed “Plan the next step”" } });
  expect(await look()).toMatchObject({ recommendations: [{ key, status: "new" }], acceptance });
  const accepted = await judgeRecommendation({ leadId, key, status: "accepted" });
  expect(accepted).toEqual({ ok: true, value: { undoId: "", count: 0 } });
  expect(await look()).toMatchObject({ recommendations: [], acceptance: { accepted: 1, seen: 1 } });
});

test("a next step is advised again once what was planned is done", async () => {
  expect(await look()).toMatchObject({ recommendations: [] });
  const id = "task-1" as RecordId;
  const task = { kind: "create", collection: "tasks", id, fields: fields.task({ title: "Send plans", leadId }) } as const; // prettier-ignore
  await replica.edits.apply([task], "A task");
  expect(await look()).toMatchObject({ recommendations: [] });
  const set = { doneAt: "2026-11-22T09:00:00.000Z" };
  await replica.edits.apply([{ kind: "update", collection: "tasks", id, set }], "Done");
  expect(await look()).toMatchObject({ recommendations: [{ title: "Plan the next step" }] });
});
