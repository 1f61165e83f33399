import { afterEach, expect, test } from "vitest";
import { openTestReplica, type TestReplica } from "../../testing/fakes/open-test-replica.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import type { Draft, RecordsChanged } from "./replica.ts";

let replica: TestReplica;
afterEach(() => replica.dispose());

const create = (id: string, fields: Record<string, unknown> = {}): Draft => ({
  kind: "create",
  collection: "leads",
  id,
  fields: { name: "Maria", ...fields } as never,
});
const update = (id: string, set: Record<string, unknown>): Draft => ({
  kind: "update",
  collection: "leads",
  id,
  set: set as never,
});
/** A record as the server would send it. */
function said(id: string, rev: number, fields: Record<string, unknown> = {}): Doc {
  const at = "2026-02-01T10:00:00.000Z";
  return {
    id,
    rev,
    createdAt: at,
    updatedAt: at,
    kept: [],
    name: "Maria",
    stage: "new",
    ...fields,
  } as unknown as Doc;
}
const receive = (...docs: Doc[]) => replica.takeTurn(() => replica.layers.receive("leads", docs, []));
const lead = async (id: string) => (await replica.reads.get("leads", id)) as Record<string, unknown> | null;

test("what a person does is seen at once, is told to listeners, waits in the journal, and can be taken back", async () => {
  replica = await openTestReplica();
  const seen: RecordsChanged[] = [];
  replica.reads.onChange((change) => seen.push(change));

  const made = await replica.edits.apply([create("lead-1", { stage: "new" })], "Added Maria");
  expect(made).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await lead("lead-1")).toMatchObject({
    name: "Maria",
    rev: 0,
    stage: "new",
    company: "",
    score: null,
  });
  expect(seen).toMatchObject([
    { collection: "leads", records: [{ id: "lead-1", before: null, after: { name: "Maria" } }] },
  ]);
  expect(replica.edits.waitingFields("leads", "lead-1")).toContain("name");

  if (made.ok) await replica.edits.undo(made.value.undoId);
  expect(await lead("lead-1")).toBeNull();
  expect(replica.journal.counts().unsent).toBe(2);
});

test("an import keeps no steps to undo beside its own ledger; its edits wait like any others", async () => {
  replica = await openTestReplica();
  const made = await replica.edits.apply([create("lead-1")], "Imported", { keepUndo: false });
  expect(made.ok && (await replica.edits.undo(made.value.undoId))).toMatchObject({
    ok: false,
    error: { code: "not-found" },
  });
  expect(await lead("lead-1")).toMatchObject({ name: "Maria" });
  expect(replica.journal.counts().unsent).toBe(1);
});

test("an update names only what changes, with what it was typed over; nothing to change is no edit", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 4, { stage: "new", city: "Berlin" }));
  await replica.edits.apply([update("lead-1", { stage: "tour", city: "Berlin" })], "Moved");
  expect(replica.journal.unsent()).toMatchObject([
    { label: "Moved", edit: { rev: 4, changes: { stage: { from: "new", to: "tour" } } } },
  ]);
  const again = await replica.edits.apply([update("lead-1", { stage: "tour" })], "Moved");
  expect(again).toMatchObject({ ok: true, value: { count: 0 } });
});

test("undo leaves alone what somebody has changed since", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 1, { city: "Berlin" }));
  const made = await replica.edits.apply([update("lead-1", { stage: "tour", city: "Bonn" })], "Moved");
  await replica.edits.apply([update("lead-1", { city: "Köln" })], "Corrected");
  if (!made.ok) throw new Error("refused");
  expect(await replica.edits.undo(made.value.undoId)).toMatchObject({
    ok: true,
    value: { count: 1, label: "Moved" },
  });
  expect(await lead("lead-1")).toMatchObject({ stage: "new", city: "Köln" });
  expect(await replica.edits.undo(made.value.undoId)).toMatchObject({
    ok: false,
    error: { code: "not-found" },
  });
});

test("a bad value is refused with its field, and nothing of the list is written", async () => {
  replica = await openTestReplica();
  const result = await replica.edits.apply([create("lead-1"), create("lead-2", { score: 200 })], "Import");
  expect(result).toMatchObject({ ok: false, error: { code: "bad-input", details: { field: "score" } } });
  expect(await lead("lead-1")).toBeNull();
  expect(replica.journal.counts().unsent).toBe(0);
});

test("the server's own rules are asked before anything is written", async () => {
  replica = await openTestReplica();
  const id = "field:leads:budget";
  const result = await replica.edits.apply(
    [
      {
        kind: "create",
        collection: "settings",
        id,
        fields: { kind: "stage", pipeline: "leads", key: "x", label: "X" },
      },
    ],
    "Added a stage",
  );
  expect(result).toMatchObject({ ok: false, error: { code: "forbidden" } });
});

test("text that PostgreSQL cannot store is cleaned, not refused", async () => {
  replica = await openTestReplica();
  await replica.edits.apply([create("lead-1", { notes: "a\0b\ud800c" })], "Added");
  expect(await lead("lead-1")).toMatchObject({ notes: "ab\ufffdc" });
});

test("[PULL-4] [PUSH-6] what the server says arrives under unsent edits, newest revision only", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 3, { city: "Berlin" }));
  await replica.edits.apply([update("lead-1", { stage: "tour" })], "Moved");
  await receive(said("lead-1", 5, { city: "Bonn", stage: "lost" }));
  expect(await lead("lead-1")).toMatchObject({ rev: 5, city: "Bonn", stage: "tour" });
  await receive(said("lead-1", 4, { city: "Old" }));
  expect(await lead("lead-1")).toMatchObject({ rev: 5, city: "Bonn", stage: "tour" });
});

test("[PUSH-3] without its edits a record is the server's again", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 3));
  await replica.edits.apply([update("lead-1", { stage: "tour" })], "Moved");
  const edits = replica.journal.unsent().map(({ edit }) => edit);
  const tidy = await replica.takeTurn(() => replica.layers.uncover(edits));
  await replica.journal.append(edits.map(({ editId }) => ({ type: "discarded", editId })));
  await tidy();
  expect(await lead("lead-1")).toMatchObject({ rev: 3, stage: "new" });
  expect(await replica.reads.sql("select * from ringside_shadow")).toEqual([]);
});

test("[AUD-6] a record out of sight goes, its unsent edits stay", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 3));
  await replica.edits.apply([update("lead-1", { stage: "tour" })], "Moved");
  await replica.takeTurn(() => replica.layers.receive("leads", [], ["lead-1"]));
  expect(await lead("lead-1")).toBeNull();
  expect(replica.journal.counts().unsent).toBe(1);
});

test("[JOURNAL-1] an edit that could not be journalled is not shown", async () => {
  replica = await openTestReplica();
  replica.disk.failWith("ENOSPC");
  const result = await replica.edits.apply([create("lead-1")], "Added");
  expect(result).toMatchObject({ ok: false, error: { code: "disk-full" } });
  expect(await lead("lead-1")).toBeNull();
  replica.disk.failWith(null);
});

test("[JOURNAL-3] what was journalled and not yet shown is laid over on opening; twice changes nothing", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 3));
  await replica.edits.apply([update("lead-1", { stage: "tour" })], "Moved");
  // A crash between journal and record: the record as it was before.
  const { database, layers, takeTurn } = replica;
  await takeTurn(async () => {
    const held = await database.store.find("leads", ["lead-1"]);
    await database.store.put("leads", new Map([["lead-1", said("lead-1", 3)]]), held);
  });
  expect(await lead("lead-1")).toMatchObject({ stage: "new" });
  await takeTurn(() => layers.recover());
  replica = await replica.reopen();
  expect(await lead("lead-1")).toMatchObject({ rev: 3, stage: "tour" });
  expect(await replica.reads.sql("select doc->>'stage' as stage from ringside_shadow")).toEqual([
    { stage: "new" },
  ]);
});

test("[JOURNAL-3] a folder put back to an older copy loses nothing that the journal holds and shows nothing twice", async () => {
  replica = await openTestReplica();
  await receive(said("lead-1", 3));
  await replica.edits.apply([create("lead-2")], "Added");
  // The journal goes on; the folder does not: the creation was sent and answered after the copy was made.
  const edits = replica.journal.unsent().map(({ edit }) => edit);
  await replica.journal.append(edits.map(({ editId }) => ({ type: "answered", editId })));
  replica = await replica.reopen();
  expect(await lead("lead-2")).toBeNull();
  expect(await lead("lead-1")).toMatchObject({ rev: 3 });
});
