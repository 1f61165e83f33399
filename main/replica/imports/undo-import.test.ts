import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../shared/result/ports.ts";
import { openImportDesk, must, type ImportDesk } from "../../../testing/fakes/import-desk.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeField, makeLead, makeTenant } from "../../../testing/fakes/records.ts";

let replica: TestReplica;
let desk: ImportDesk;
let folder: string;
beforeEach(async () => {
  replica = await openTestReplica();
  const settings = makeTenant().map((setting) => ({ ...setting, rev: 1 }));
  await replica.takeTurn(() => replica.layers.receive("settings", settings as never, []));
  folder = mkdtempSync(join(tmpdir(), "imports-"));
  desk = openImportDesk(replica, folder, systemClock);
});
afterEach(async () => {
  desk.close();
  await desk.stopJobs();
  await replica.dispose();
  rmSync(folder, { recursive: true });
});

async function imported(lines: string[]): Promise<string> {
  const importId = await desk.upload(lines.join("\n"));
  await desk.checked(importId);
  await desk.run(importId);
  return importId;
}

async function undone(importId: string) {
  await must(desk.handlers.undoImport({ importId }));
  return (await desk.until(importId, ({ step }) => step === "undone")).message;
}

function receive(collection: "leads" | "settings", doc: object) {
  return replica.takeTurn(() => replica.layers.receive(collection, [doc as never], []));
}

async function leads() {
  const rows = await replica.reads.sql<{ id: string; name: string; owner: string }>(
    `select id, doc->>'name' as name, doc->>'ownerId' as owner from ${replica.reads.table("leads")} where not deleted`,
  );
  return rows;
}

test("[PUSH-10] an agent takes back an import that gave leads to colleagues; those that left meanwhile are told of", async () => {
  const importId = await imported([
    "name,email,Rep",
    "A,a@x.example,aruiz",
    "B,b@x.example,bokafor",
    "C,c@x.example,bokafor",
  ]);
  expect((await leads()).map(({ name, owner }) => [name, owner])).toEqual(
    expect.arrayContaining([
      ["A", "ana"],
      ["B", "ben"],
    ]),
  );
  const left = (await leads()).find(({ name }) => name === "C")?.id ?? "";
  await replica.journal.settle(replica.journal.unsent().map(({ edit }) => edit.editId));
  await replica.takeTurn(() => replica.layers.receive("leads", [], [left]));
  expect(await undone(importId)).toBe(
    "Removed 2 leads and emptied fields of 0. 1 is no longer here: another team has it now, or somebody deleted it.",
  );
  expect(await leads()).toEqual([]);
});

test("[PUSH-10] what the desk would refuse stays as it is, is told of, and holds nothing else up", async () => {
  const more = Array.from({ length: 300 }, (_, row) => `Guest ${row},,`);
  await receive("leads", { ...makeLead({ id: "known", phone: "+13125550171", ownerId: "ana" }), rev: 1 });
  await receive("settings", { ...makeField("budget", "number"), rev: 1 });
  const importId = await imported(["name,phone,budget", ...more, "Maria,312 555 0171,9"]);
  expect(await replica.reads.get("leads", "known")).toMatchObject({ custom: { budget: 9 } });
  await receive("settings", { ...makeField("budget", "number", { required: true }), rev: 2 });
  expect(await undone(importId)).toBe(
    "Removed 300 leads and emptied fields of 0. 1 stays as it is: “budget” must be filled in.",
  );
  expect((await leads()).map(({ id }) => id)).toEqual(["known"]);
});

test("a lead that a later row of the same file has filled goes with it, unless somebody has changed that", async () => {
  const more = Array.from({ length: 1_100 }, (_, row) => `Guest ${row},+1312${2_000_000 + row},`);
  const importId = await imported([
    "name,phone,email",
    "Nadia,312 555 0171,",
    "Peter,312 555 0172,",
    ...more,
    "Nadia C.,312 555 0171,nadia@x.example",
    "Peter O.,312 555 0172,peter@x.example",
  ]);
  const peter = (await leads()).find(({ name }) => name === "Peter")?.id ?? "";
  expect(await replica.reads.get("leads", peter)).toMatchObject({ email: "peter@x.example" });
  const set = { email: "osei@x.example" };
  await replica.edits.apply([{ kind: "update", collection: "leads", id: peter, set }], "Corrected");
  expect(await undone(importId)).toBe(
    "Removed 1,101 leads and emptied fields of 0. 1 stays: somebody has worked on it since.",
  );
  expect((await leads()).map(({ name }) => name)).toEqual(["Peter"]);
});
