import { afterEach, beforeEach, expect, test } from "vitest";
import type { Doc } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { createJobs } from "../jobs/jobs.ts";
import { createRecordHandlers } from "./record-handlers.ts";

let replica: TestReplica;
beforeEach(async () => {
  replica = await openTestReplica({ me: { teamIds: ["north", "shared"] as never } });
  await receive("settings", person("ana", ["north", "shared"]), person("ben", ["north"]), person("eva", []));
  await receive("settings", person("dan", ["south", "shared"]), person("kim", ["south", "east"]));
});
afterEach(() => replica.dispose());

const at = "2026-02-01T10:00:00.000Z";
const said = (id: string, own: object) =>
  ({ id, rev: 1, createdAt: at, updatedAt: at, kept: [], ...own }) as unknown as Doc;
const person = (userId: string, teamIds: string[]) =>
  said(`person:${userId}`, { kind: "person", order: 0, userId, name: userId, role: "agent", teamIds });
const receive = (collection: "settings" | "leads" | "tasks", ...docs: Doc[]) =>
  replica.takeTurn(() => replica.layers.receive(collection, docs, []));

async function give(collection: "leads" | "tasks", id: string, set: Record<string, string | null>) {
  const jobs = createJobs({ clock: systemClock, newId: () => "job" });
  const journal = replica.journal as never;
  const { editRecords } = createRecordHandlers({ replica, journal, jobs, clock: systemClock });
  const done = await editRecords({ edits: [{ collection, id: id as never, set }], label: "Gave it away" });
  if (!done.ok) throw new Error(done.error.message);
  return done.value.undoId;
}
const lead = (id: string) => replica.reads.get("leads", id);

test.each([
  ["of the same team", "ben", "north"],
  ["of other teams, to one that both share", "dan", "shared"],
  ["of other teams alone, to their first", "kim", "south"],
  ["of no team, and stays", "eva", "north"],
  ["who is nobody, and stays", null, "north"],
])("a lead is given to somebody %s", async (_to, ownerId, teamId) => {
  await receive("leads", said("lead", fields.lead({ ownerId: "ana", teamId: "north" })));
  const undoId = await give("leads", "lead", { ownerId });
  expect(await lead("lead")).toMatchObject({ ownerId, teamId });
  expect(await replica.edits.undo(undoId)).toMatchObject({ ok: true });
  expect(await lead("lead")).toMatchObject({ ownerId: "ana", teamId: "north" });
});

test("an edit that says where it goes is left alone, and so is what changes no owner; tasks go as leads do", async () => {
  await receive("leads", said("lead", fields.lead({ ownerId: "ana", teamId: "north" })));
  await receive("tasks", said("task", fields.task({ assigneeId: "ana", teamId: null })));
  await give("leads", "lead", { ownerId: "kim", teamId: "east" });
  expect(await lead("lead")).toMatchObject({ ownerId: "kim", teamId: "east" });
  await give("leads", "lead", { ownerId: "kim", city: "Bern" });
  expect(await lead("lead")).toMatchObject({ teamId: "east", city: "Bern" });
  await give("tasks", "task", { assigneeId: "kim" });
  expect(await replica.reads.get("tasks", "task")).toMatchObject({ teamId: "south" });
});

test("[PUSH-10] a lead that has left for another team is asked back of the server; one that was deleted is not", async () => {
  await receive("leads", ...["given", "kept"].map((id) => said(id, fields.lead({ ownerId: "ana", teamId: "north" })))); // prettier-ignore
  const undoIds = [
    await give("leads", "given", { ownerId: "kim" }),
    await give("leads", "kept", { ownerId: "ben" }),
  ];
  await replica.journal.settle(replica.journal.unsent().map(({ edit }) => edit.editId));
  await replica.takeTurn(() => replica.layers.receive("leads", [], ["given", "kept"]));
  expect(await lead("given")).toBeNull();
  for (const undoId of undoIds) expect(await replica.edits.undo(undoId)).toMatchObject({ ok: true });
  expect(replica.journal.unsent().map(({ edit }) => edit)).toMatchObject([
    {
      kind: "update",
      id: "given",
      rev: 0,
      changes: { ownerId: { from: "kim", to: "ana" }, teamId: { from: "south", to: "north" } },
    },
  ]);
});
