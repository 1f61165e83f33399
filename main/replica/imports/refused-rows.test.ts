import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../shared/result/ports.ts";
import { must, openImportDesk, type ImportDesk } from "../../../testing/fakes/import-desk.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeField, makeTenant } from "../../../testing/fakes/records.ts";

let replica: TestReplica;
let desk: ImportDesk;
let folder: string;
/** Called when a batch of leads, of so many at least, is about to be applied, and when it was. */
let around: { least: number; before?: () => Promise<void>; after?: () => void };
beforeEach(async () => {
  around = { least: 100 };
  replica = await openTestReplica();
  for (const setting of [...makeTenant(), makeField("budget", "number")])
    await receive("settings", { ...setting, rev: 1 });
  folder = mkdtempSync(join(tmpdir(), "imports-"));
  const apply: TestReplica["edits"]["apply"] = async (...call) => {
    if (call[0].length < around.least || call[0][0]?.collection !== "leads")
      return replica.edits.apply(...call);
    await around.before?.();
    const applied = await replica.edits.apply(...call);
    around.after?.();
    return applied;
  };
  desk = openImportDesk({ ...replica, edits: { ...replica.edits, apply } }, folder, systemClock);
});
afterEach(async () => {
  desk.close();
  await desk.stopJobs();
  await replica.dispose();
  rmSync(folder, { recursive: true });
});

function receive(collection: "leads" | "settings", doc: object) {
  return replica.takeTurn(() => replica.layers.receive(collection, [doc as never], []));
}

test("a batch that a crash cut short is done again without taking back what a colleague did with it meanwhile", async () => {
  const rows = Array.from({ length: 300 }, (_, row) => `Guest ${row},Bern`);
  const importId = await desk.upload(["name,city", ...rows].join("\n"));
  await desk.checked(importId);
  around.after = () => {
    throw new Error("power cut");
  };
  await must(desk.handlers.runImport({ importId }));
  expect(await desk.ended(importId)).toMatchObject({ step: "failed" });

  const [lead] = await replica.reads.sql<{ doc: object; id: string }>(
    `select id, doc from ${replica.reads.table("leads")} where doc->>'name' = 'Guest 7'`,
  );
  if (!lead) throw new Error("it was made");
  await replica.journal.settle(replica.journal.unsent().map(({ edit }) => edit.editId));
  await receive("leads", { ...lead.doc, id: lead.id, rev: 2, ownerId: "ben", city: "Basel" });

  around = { least: 100 };
  expect(await desk.run(importId)).toMatchObject({
    step: "done",
    result: { created: 300, filled: 0, skipped: 0, errors: 0 },
  });
  expect(await replica.reads.get("leads", lead.id)).toMatchObject({ ownerId: "ben", city: "Basel" });
});

test("rows that are refused are left out and told of, and the others are imported", async () => {
  const rows = Array.from({ length: 300 }, (_, row) => `Guest ${row},${row % 100 === 7 ? "" : row}`);
  const importId = await desk.upload(["name,budget", ...rows].join("\n"));
  await desk.checked(importId);
  around.before = () => receive("settings", { ...makeField("budget", "number", { required: true }), rev: 2 });
  expect(await desk.run(importId)).toMatchObject({
    step: "done",
    result: { created: 297, errors: 0, refused: { rows: 3, why: "“budget” must be filled in." } },
  });
  const [counted] = await replica.reads.sql<{ n: number }>(
    `select count(*)::int as n from ${replica.reads.table("leads")} where not deleted`,
  );
  expect(counted?.n).toBe(297);
});

test("a file of one row that is refused tells why, and is done", async () => {
  const importId = await desk.upload("name,budget\nGuest,");
  await desk.checked(importId);
  const required = { ...makeField("budget", "number", { required: true }), rev: 2 };
  around = { least: 1, before: () => receive("settings", required) };
  expect(await desk.run(importId)).toMatchObject({
    step: "done",
    result: { created: 0, errors: 0, refused: { rows: 1, why: "“budget” must be filled in." } },
  });
});
