import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Filter } from "../../../shared/entities/setting.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { seededRandom } from "../../../shared/result/seeded-random.ts";
import type { LeadRow } from "../../../shared/rpc/contract/leads.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { makeLead, makeLeads, makeStage, makeTask, makeTenant } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import { createLeadSearch } from "../search/lead-search.ts";
import { createLeadIndex } from "./lead-index.ts";
import { createLeadLists } from "./lead-lists.ts";

let replica: FakeReplica;
const clock = {
  nowMs: Date.parse("2026-05-04T15:00:00.000Z"),
  now: () => clock.nowMs,
  zone: () => "America/Chicago",
};
beforeEach(async () => {
  clock.nowMs = Date.parse("2026-05-04T15:00:00.000Z");
  replica = await createFakeReplica();
  await replica.seed("settings", makeTenant());
});
afterEach(() => replica.close());

function open(at: LocalClock = clock) {
  const settings = openTenantSettings(replica.reads);
  const index = createLeadIndex(replica, settings, at);
  const search = createLeadSearch(replica.reads, index.context.rows);
  return { index, search, lists: createLeadLists(index, search, settings) };
}
const all = { filters: [], search: "", offset: 0, limit: 50 };
const byScore = { field: "score", direction: "desc" } as const;
const names = ({ rows }: { rows: LeadRow[] }) => rows.map(({ name }) => name);

test("a list answers, moves with edits, and says nothing when nothing it shows has changed", async () => {
  await replica.seed("leads", [
    makeLead({ id: "a", name: "A", score: 10 }),
    makeLead({ id: "b", name: "B", score: 30 }),
    makeLead({ id: "c", name: "C", score: null }),
  ]);
  const { lists } = open();
  const list = watch(lists.listLeads, { ...all, sort: byScore });
  expect(names(await list.next())).toEqual(["B", "A", "C"]);
  await list.settled();
  await replica.edits.apply([{ kind: "update", collection: "leads", id: "a", set: { score: 90 } }], "x");
  const moved = await list.next();
  expect(names(moved)).toEqual(["A", "B", "C"]);
  expect(moved.rows[0]).toMatchObject({ waiting: true });
  const seen = list.count();
  await replica.edits.apply(
    [{ kind: "create", collection: "leads", id: "d", fields: makeLead({ id: "d", score: 1 }) as never }],
    "x",
  );
  expect((await list.next()).total).toBe(4);
  await replica.receive("leads", []);
  await list.settled();
  expect(list.count()).toBe(seen + 1);
  list.stop();
});

test("of leads that are ticked it is told which have left the list, and which come back", async () => {
  await replica.seed("leads", [
    makeLead({ id: "a", name: "Ann Lee", stage: "new" }),
    makeLead({ id: "b", name: "Bea Lee", stage: "new" }),
    makeLead({ id: "c", name: "Cy Oh", stage: "new" }),
  ]);
  const { lists } = open();
  const notLost: Filter = { field: "stage", op: "is-not", values: ["lost"] };
  const ids = ["a", "b", "c", "never-here"] as RecordId[];
  const gone = watch(lists.leadsGone, { filters: [notLost], search: "", ids });
  expect((await gone.next()).ids).toEqual(["never-here"]);
  const found = watch(lists.leadsGone, { filters: [], search: "lee", ids });
  await expect.poll(() => found.last()?.ids).toEqual(["c", "never-here"]);
  const done = await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: "b", set: { stage: "lost" } }],
    "x",
  );
  await expect.poll(() => gone.last()?.ids).toEqual(["b", "never-here"]);
  await replica.edits.undo((done as { value: { undoId: string } }).value.undoId);
  await expect.poll(() => gone.last()?.ids).toEqual(["never-here"]);
  gone.stop();
  found.stop();
});

test("every window of a long list is the same as one sort of everything, before and after the order is built", async () => {
  await replica.seed("leads", makeLeads(2_500, seededRandom(7)));
  const { index, lists } = open();
  for (const field of ["score", "name", "lastContactAt", "ownerId", "stage", "custom.budget", "company"]) {
    const sort = { field, direction: field === "score" ? "desc" : "asc" } as const;
    const before = await watch(lists.listLeads, { ...all, sort, offset: 700, limit: 40 }).first();
    await index.order([], sort).ready;
    const after = await watch(lists.listLeads, { ...all, sort, offset: 700, limit: 40 }).first();
    expect([field, after.rows.map(({ id }) => id)]).toEqual([field, before.rows.map(({ id }) => id)]);
    expect(after.total).toBe(2_500);
  }
});

test("next tasks are shown, sorted and filtered by, and follow the tasks", async () => {
  await replica.seed(
    "leads",
    ["a", "b", "c"].map((id) => makeLead({ id, name: id })),
  );
  await replica.seed("tasks", [
    makeTask({ id: "t1", leadId: "b", dueAt: "2026-05-04T20:00:00.000Z" }),
    makeTask({ id: "t2", leadId: "b", dueAt: "2026-05-09T20:00:00.000Z" }),
    makeTask({ id: "t3", leadId: "c", dueAt: "2026-05-06T20:00:00.000Z" }),
  ]);
  const { lists } = open();
  const sort = { field: "nextTask", direction: "asc" } as const;
  const list = watch(lists.listLeads, { ...all, sort });
  const first = await list.next();
  expect(first.rows.map(({ id, nextTask }) => [id, nextTask?.id ?? null])).toEqual([
    ["b", "t1"],
    ["c", "t3"],
    ["a", null],
  ]);
  const today = watch(lists.countLeads, {
    views: [{ key: "today", filters: [{ field: "nextTask", op: "within-days", values: [0] }] }],
  });
  expect((await today.next()).counts).toEqual({ today: 1 });
  await replica.edits.apply(
    [{ kind: "update", collection: "tasks", id: "t1", set: { doneAt: "2026-05-04T15:00:00.000Z" } }],
    "x",
  );
  await expect.poll(() => list.last()?.rows.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  await expect.poll(() => today.last()?.counts).toEqual({ today: 0 });
  list.stop();
  today.stop();
});

test("a next task for a whole day stands at noon of the desk's clock among those of an hour", async () => {
  await replica.seed(
    "leads",
    ["a", "b", "c"].map((id) => makeLead({ id, name: id })),
  );
  await replica.seed("tasks", [
    makeTask({ id: "evening", leadId: "a", dueAt: "2026-05-04T22:00:00.000Z" }),
    makeTask({ id: "whole-day", leadId: "b", dueAt: dueOfDay("2026-05-04"), allDay: true }),
    makeTask({ id: "nine", leadId: "c", dueAt: "2026-05-04T14:00:00.000Z" }),
  ]);
  const list = watch(open().lists.listLeads, { ...all, sort: { field: "nextTask", direction: "asc" } });
  expect(names(await list.next())).toEqual(["c", "b", "a"]);
  list.stop();
});

test("of a whole day and nine in the morning of it, nine is next: only in UTC is noon before it", async () => {
  await replica.seed("leads", [makeLead({ id: "a", name: "a" })]);
  await replica.seed("tasks", [
    makeTask({ id: "whole-day", leadId: "a", dueAt: dueOfDay("2026-05-04"), allDay: true }),
    makeTask({ id: "nine", leadId: "a", dueAt: "2026-05-04T14:00:00.000Z" }),
  ]);
  const { rows } = await watch(open().lists.listLeads, { ...all, sort: byScore }).first();
  expect(rows[0]?.nextTask?.id).toBe("nine");
});

test("counts of views follow edits, deletions and midnight", async () => {
  await replica.seed("leads", [
    makeLead({ id: "a", lastContactAt: "2026-05-04T14:00:00.000Z" }),
    makeLead({ id: "b", ownerId: "ben" }),
  ]);
  const { index, lists } = open();
  const counts = watch(lists.countLeads, {
    views: [
      { key: "mine", filters: [{ field: "ownerId", op: "is", values: ["me"] }] },
      { key: "today", filters: [{ field: "lastContactAt", op: "within-days", values: [0] }] },
      { key: "all", filters: [] },
    ],
  });
  expect((await counts.next()).counts).toEqual({ mine: 1, today: 1, all: 2 });
  await replica.edits.apply([{ kind: "update", collection: "leads", id: "b", set: { ownerId: "ana" } }], "x");
  await expect.poll(() => counts.last()?.counts).toEqual({ mine: 2, today: 1, all: 2 });
  await replica.edits.apply([{ kind: "delete", collection: "leads", id: "b" }], "x");
  await expect.poll(() => counts.last()?.counts).toEqual({ mine: 1, today: 1, all: 1 });
  index.checkDay();
  clock.nowMs += 86_400_000;
  index.checkDay();
  await expect.poll(() => counts.last()?.counts).toEqual({ mine: 1, today: 0, all: 1 });
  counts.stop();
});

test("counts of views that name a day are those of the zone in which the desk is", async () => {
  // Late on the third in Chicago, on the fourth in Lisbon.
  await replica.seed("leads", [makeLead({ id: "a", lastContactAt: "2026-05-04T02:00:00.000Z" })]);
  const travelling: LocalClock & { at: string } = {
    ...clock,
    at: "America/Chicago",
    zone: () => travelling.at,
  };
  const { index, lists } = open(travelling);
  const views = [
    { key: "fourth", filters: [{ field: "lastContactAt", op: "is" as const, values: ["2026-05-04"] }] },
  ];
  const counts = watch(lists.countLeads, { views });
  expect((await counts.next()).counts).toEqual({ fourth: 0 });
  travelling.at = "Europe/Lisbon";
  index.checkDay();
  await expect.poll(() => counts.last()?.counts).toEqual({ fourth: 1 });
  counts.stop();
});

test("the board shows every lead, also those whose stage is archived, unknown or empty", async () => {
  await replica.seed("settings", [makeStage("parked", 9, { archived: true })]);
  await replica.seed("leads", [
    makeLead({ id: "a", stage: "new", score: 5 }),
    makeLead({ id: "b", stage: "new", score: 95 }),
    makeLead({ id: "c", stage: "parked" }),
    makeLead({ id: "d", stage: "from-elsewhere" }),
    makeLead({ id: "e", stage: "" }),
  ]);
  const { lists } = open();
  const board = watch(lists.leadBoard, { filters: [], search: "", perStage: 1 });
  const { stages } = await board.next();
  expect(stages.map(({ stage, total, rows }) => [stage, total, rows.map(({ id }) => id)])).toEqual([
    ["new", 2, ["b"]],
    ["contacted", 0, []],
    ["qualified", 0, []],
    ["lost", 0, []],
    ["", 1, ["e"]],
    ["from-elsewhere", 1, ["d"]],
    ["parked", 1, ["c"]],
  ]);
  await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: "d", set: { stage: "qualified" } }],
    "x",
  );
  await expect.poll(() => board.last()?.stages.map(({ total }) => total)).toEqual([2, 0, 1, 0, 1, 1]);
  board.stop();
});

test("a lead knows its place and its neighbours in the list it was opened from", async () => {
  await replica.seed(
    "leads",
    [10, 20, 30].map((score) => makeLead({ id: `l${score}`, score })),
  );
  const { lists } = open();
  const where = (id: string) =>
    watch(lists.leadPosition, { filters: [], search: "", sort: byScore, id } as never).first();
  expect(await where("l20")).toEqual({ index: 1, total: 3, previousId: "l30", nextId: "l10" });
  expect(await where("l10")).toMatchObject({ index: 2, nextId: null });
  expect(await where("gone")).toEqual({ index: null, total: 3, previousId: null, nextId: null });
});

test("search within a filter, before and after the index is built", async () => {
  await replica.seed("leads", [
    makeLead({ id: "a", name: "Maria Kowalski", ownerId: "ana" }),
    makeLead({ id: "b", name: "Mario Rossi", ownerId: "ben", notes: "maria's brother" }),
  ]);
  const { lists, search } = open();
  const input = {
    ...all,
    sort: byScore,
    search: "maria",
    filters: [{ field: "ownerId", op: "is" as const, values: ["me"] }],
  };
  expect(names(await watch(lists.listLeads, input).first())).toEqual(["Maria Kowalski"]);
  expect(names(await watch(lists.listLeads, { ...input, filters: [] }).first())).toEqual([
    "Maria Kowalski",
    "Mario Rossi",
  ]);
  await search.build();
  expect(names(await watch(lists.listLeads, { ...input, search: "kowalksi" }).first())).toEqual([
    "Maria Kowalski",
  ]);
  expect(names(await watch(lists.listLeads, { ...input, filters: [] }).first())).toEqual([
    "Maria Kowalski",
    "Mario Rossi",
  ]);
});

test("next tasks that could not be followed are read anew", async () => {
  await replica.seed("leads", [makeLead({ id: "a", name: "A" }), makeLead({ id: "b", name: "B" })]);
  const settings = openTenantSettings(replica.reads);
  const getAll = () => Promise.reject(new Error("the database is being opened anew"));
  const index = createLeadIndex({ ...replica, reads: { ...replica.reads, getAll } }, settings, clock);
  const sort = { field: "nextTask", direction: "asc" } as const;
  await index.order([], sort).ready;
  expect(index.hasOrder([], sort)).toBe(true);
  const record = makeTask({ id: "t", leadId: "b", dueAt: "2026-05-04T20:00:00.000Z" });
  await replica.receive("tasks", [{ id: "t", record }]);
  await expect.poll(() => index.hasOrder([], sort)).toBe(false);
  index.close();
});
