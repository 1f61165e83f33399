import { expect, test } from "vitest";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { openTestReplica } from "../../../testing/fakes/open-test-replica.ts";

test("a deed is called by what can be stored of its name, and can be taken back", async () => {
  const replica = await openTestReplica();
  const task = { kind: "create", collection: "tasks", id: "water", fields: fields.task({ title: "Water" }) };
  const made = await replica.edits.apply([task as never], "Added “\u0000Water\ud800”");
  expect(made).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await replica.edits.undo(made.ok ? made.value.undoId : "")).toMatchObject({
    ok: true,
    value: { count: 1, label: "Added “Water\ufffd”" },
  });
  await replica.dispose();
});

test("[PUSH-10] handing over and making for a colleague are taken back; what is theirs is refused as ever", async () => {
  const replica = await openTestReplica();
  const draft = (given: object) => given as never;
  const doIt = async (given: object) => {
    const done = await replica.edits.apply([draft(given)], "Did it");
    return done.ok ? done.value.undoId : done.error.message;
  };
  const lead = { collection: "leads", id: "lead" };
  const task = { collection: "tasks", id: "task" };
  await doIt({ ...lead, kind: "create", fields: fields.lead({ ownerId: "ana" }) });
  const given = await doIt({ ...lead, kind: "update", set: { ownerId: "ben" } });
  expect(await doIt({ ...lead, kind: "update", set: { ownerId: "ana" } })).toMatch(/may hand this over/u);
  expect(await replica.edits.undo(given)).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await replica.reads.get("leads", "lead")).toMatchObject({ ownerId: "ana" });
  const made = await doIt({ ...task, kind: "create", fields: fields.task({ assigneeId: "ben" }) });
  expect(await doIt({ ...task, kind: "delete" })).toMatch(/may delete this/u);
  expect(await replica.edits.undo(made)).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await replica.reads.get("tasks", "task")).toBeNull();
  await replica.dispose();
});

test("what an agent may delete they may bring back, though the desk knows no more whose it was", async () => {
  const replica = await openTestReplica();
  const view = { kind: "view", name: "Mine", ownerId: "ana", filters: [], sort: { field: "name", direction: "asc" }, columns: [], layout: "list" } as const; // prettier-ignore
  const mine = [
    ["settings", view],
    ["activities", fields.note({ byId: "ana" })],
    ["leads", fields.lead({ ownerId: "ana" })],
  ] as const;
  for (const [collection, given] of mine) {
    const record = { collection, id: `my-${collection}` } as const;
    await replica.edits.apply([{ ...record, kind: "create", fields: given as never }], "Made it");
    const deleted = await replica.edits.apply([{ ...record, kind: "delete" }], "Deleted it");
    expect(await replica.reads.get(collection, record.id)).toBeNull();
    expect(await replica.edits.undo(deleted.ok ? deleted.value.undoId : "")).toMatchObject({ ok: true });
    expect(await replica.reads.get(collection, record.id)).toMatchObject(given);
  }
  await replica.dispose();
});
