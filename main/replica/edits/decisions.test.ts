import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import type { Refusal } from "../../../shared/sync/edit.ts";
import { createDecisions, type Decisions } from "./decisions.ts";

let replica: TestReplica;
let decisions: Decisions;
const refusal: Refusal = { code: "invalid", message: "No." };

beforeEach(async () => {
  replica = await openTestReplica();
  decisions = createDecisions(replica.editsPorts, replica.edits);
  const at = "2026-02-01T10:00:00.000Z";
  const doc = {
    id: "lead-1",
    rev: 3,
    createdAt: at,
    updatedAt: at,
    kept: [],
    name: "Maria",
    city: "Berlin",
    stage: "new",
  };
  await replica.takeTurn(() => replica.layers.receive("leads", [doc as unknown as Doc], []));
});
afterEach(() => replica.dispose());

const lead = async (id = "lead-1") =>
  (await replica.reads.get("leads", id)) as Record<string, unknown> | null;
const city = async () => (await lead())?.["city"];
const moveTo = (to: string) =>
  replica.edits.apply(
    [{ kind: "update", collection: "leads", id: "lead-1", set: { city: to } }],
    `Moved to ${to}`,
  );

/** What a push does when the server says no to the edits so far. */
async function refuseAll(): Promise<string[]> {
  const edits = replica.journal.unsent().map(({ edit }) => edit);
  await replica.takeTurn(async () => {
    const tidy = await replica.layers.uncover(edits);
    const [first, ...later] = edits;
    await replica.journal.append([
      ...(first ? [{ type: "refused" as const, editId: first.editId, refusal }] : []),
      ...later.map(({ editId }) => ({ type: "blocked" as const, editId, by: first?.editId as never })),
    ]);
    await tidy();
  });
  return edits.map(({ editId }) => editId);
}

test("[PUSH-3] a refused edit is sent again on request, and shows again", async () => {
  await moveTo("Bonn");
  const ids = await refuseAll();
  expect(await city()).toBe("Berlin");
  expect(await decisions.retry(ids)).toEqual({ ok: true, value: { count: 1 } });
  expect(await city()).toBe("Bonn");
  expect(replica.journal.counts()).toEqual({ unsent: 1, refused: 0, blocked: 0 });
});

test("[PUSH-3] discarding a refused edit forgets it, and undo brings it back as it was", async () => {
  await moveTo("Bonn");
  const ids = await refuseAll();
  const discarded = await decisions.discard(ids);
  expect(replica.journal.counts()).toEqual({ unsent: 0, refused: 0, blocked: 0 });
  if (!discarded.ok) throw new Error(discarded.error.message);
  await replica.edits.undo(discarded.value.undoId);
  expect(replica.journal.refused()).toMatchObject([
    { label: "Moved to Bonn", status: { kind: "refused", refusal } },
  ]);
  expect(await city()).toBe("Berlin");
});

test("[JOURNAL-2] discarding an edit that may be on its way takes it back by another one", async () => {
  await moveTo("Bonn");
  const ids = replica.journal.unsent().map(({ edit }) => edit.editId);
  expect(await decisions.discard(ids)).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await city()).toBe("Berlin");
  expect(replica.journal.unsent().map(({ edit }) => edit)).toMatchObject([
    { changes: { city: { from: "Berlin", to: "Bonn" } } },
    { changes: { city: { from: "Bonn", to: "Berlin" } } },
  ]);
});

test("an amended edit is a new one, over what the record is now", async () => {
  await moveTo("Bonn");
  const [id = ""] = await refuseAll();
  expect(await decisions.amend(id, { city: 7 })).toMatchObject({ ok: false, error: { code: "bad-input" } });
  expect(await decisions.amend(id, { city: "Köln" })).toEqual({ ok: true, value: undefined });
  expect(await city()).toBe("Köln");
  const [item] = replica.journal.unsent();
  expect(item?.edit.editId).not.toBe(id);
  expect(item?.edit).toMatchObject({ rev: 3, changes: { city: { from: "Berlin", to: "Köln" } } });
});

test("[PUSH-4] what waits for a refused creation goes, comes and is amended with it, in order", async () => {
  await replica.edits.apply(
    [{ kind: "create", collection: "leads", id: "lead-2", fields: { name: "Ben" } }],
    "Added",
  );
  await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: "lead-2", set: { city: "Bonn" } }],
    "Edited",
  );
  const [creation = ""] = await refuseAll();
  expect(await lead("lead-2")).toBeNull();
  expect(await decisions.retry([creation])).toEqual({ ok: true, value: { count: 2 } });
  expect(await lead("lead-2")).toMatchObject({ name: "Ben", city: "Bonn" });

  await refuseAll();
  await decisions.amend(creation, { name: "Benjamin" });
  expect(await lead("lead-2")).toMatchObject({ name: "Benjamin", city: "Bonn" });
  expect(replica.journal.unsent().map(({ edit }) => edit.kind)).toEqual(["create", "update"]);
});

test("[PUSH-3] all that were refused are retried or discarded at once, with what waits for them", async () => {
  for (const to of ["Bonn", "Köln", "Trier"]) await moveTo(to);
  await refuseAll();
  expect(await decisions.retry("refused")).toEqual({ ok: true, value: { count: 3 } });
  expect(await city()).toBe("Trier");
  await refuseAll();
  const discarded = await decisions.discard("refused");
  expect(discarded).toMatchObject({ ok: true, value: { count: 3 } });
  expect(replica.journal.counts()).toEqual({ unsent: 0, refused: 0, blocked: 0 });
  await replica.edits.undo(discarded.ok ? discarded.value.undoId : "");
  const all = [...replica.journal.refused(), ...replica.journal.unsent()];
  const back = all.flatMap(({ edit }) => (edit.kind === "update" ? edit.changes["city"]?.to : [])); // prettier-ignore
  expect(back).toEqual(["Bonn", "Köln", "Trier"]);
});
