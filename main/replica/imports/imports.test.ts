import { expect, test } from "vitest";
import { formatCount } from "../../../shared/text/counts.ts";
import { makeCall, makeField, makeLead } from "../../../testing/fakes/records.ts";
import { must, useImportDesk } from "../../../testing/fakes/import-desk.ts";
import { watch } from "../../../testing/fakes/watch.ts";

const imports = useImportDesk();
const { upload, until, checked, ended, set, leads, run } = imports;

const expo = `Full Name,Tel 1,Mail,Status,Annual spend,Rep
Nadia Castellano,(312) 555-0171,nadia@fairfield.example,New,$480k,aruiz
Peter Osei,617.555.0126,,Contacted,310000,bokafor
Maria Kowalski,312-555-0147,,Warm,1.2m,
Clara Whitfield,202-555-019,,New,,
,206-555-0185,,New,,
Nadia C.,+1 312 555 0171,nadia@other.example,,99,
`;

test("a file is matched with reasons, checked, asked about, imported, and its errors can be fetched", async () => {
  await imports.replica.seed("settings", [makeField("budget", "money", { label: "Annual spend" })]);
  imports.close();
  imports.open();
  const importId = await upload(expo, "expo.csv");
  const state = await checked(importId);
  expect(state.columns.map(({ header, field, why }) => [header, field, why.kind])).toEqual([
    ["Full Name", "name", "same-name"],
    ["Tel 1", "phone", "same-name"],
    ["Mail", "email", "same-name"],
    ["Status", "stage", "question"],
    ["Annual spend", "custom.budget", "same-name"],
    ["Rep", "ownerId", "same-name"],
  ]);
  expect(state.checked).toMatchObject({ rows: 6, fresh: 2, duplicates: 1, errors: 3, done: true });
  expect(state.questions).toMatchObject([{ field: "stage", value: "Warm", rows: 1 }]);
  expect(state.errorGroups).toEqual(
    expect.arrayContaining([
      { message: "Phone has too few digits", count: 1, rows: [5] },
      { message: "No name", count: 1, rows: [6] },
      { message: "Stage not known", count: 1, rows: [4] },
    ]),
  );
  expect(state.preview[5]).toMatchObject({ status: "duplicate", row: 7 });

  await set(importId, { answers: { stage: { Warm: "qualified" } } });
  expect((await until(importId, ({ checked: { done, errors } }) => done && errors === 2)).questions).toEqual(
    [],
  );
  const done = await run(importId);
  expect(done.result).toEqual({ created: 3, filled: 0, skipped: 1, errors: 2 });
  const made = await leads();
  expect(
    made.map(({ name, phone, stage, ownerId, custom }) => [name, phone, stage, ownerId, custom["budget"]]),
  ).toEqual([
    ["Nadia Castellano", "+13125550171", "new", "ana", 480_000],
    ["Peter Osei", "+16175550126", "contacted", "ben", 310_000],
    ["Maria Kowalski", "+13125550147", "qualified", "ana", 1_200_000],
  ]);
  const file = await must(imports.handlers.importErrors({ importId }));
  const { base64 } = await must(imports.handlers.readFile({ fileId: file.fileId, offset: 0 }));
  expect(Buffer.from(base64, "base64").toString()).toBe(
    "Full Name,Tel 1,Mail,Status,Annual spend,Rep,Row,Reason\r\n" +
      "Clara Whitfield,202-555-019,,New,,,5,Phone has too few digits\r\n" +
      ",206-555-0185,,New,,,6,No name\r\n",
  );
});

test("when options are answered, the check of the options before is no longer shown as done", async () => {
  const importId = await upload("Wer,Phone\nAnna,312 555 0101\n");
  await checked(importId);
  const state = watch(imports.handlers.importState, { importId });
  await state.next();
  await set(importId, { fields: { Wer: "name", Phone: "phone" } });
  expect(state.last()).toMatchObject({ options: { fields: { Wer: "name" } }, checked: { done: false } });
  state.stop();
  expect((await checked(importId)).checked).toMatchObject({ fresh: 1, errors: 0 });
});

test("the next file with the same headers is matched as the last one was", async () => {
  const first = await upload("Wer,Nummer\nAnna,312 555 0101\n");
  await checked(first);
  await set(first, { fields: { Wer: "name", Nummer: "phoneSecond" } });
  await until(first, ({ checked: { done, fresh } }) => done && fresh === 1);
  await run(first);
  const second = await checked(await upload("Wer,Nummer\nBen,312 555 0102\n"));
  expect(second.columns.map(({ field, why }) => [field, why.text])).toEqual([
    ["name", "same as last import"],
    ["phoneSecond", "same as last import"],
  ]);
});

test("duplicates fill what is empty, are skipped, or become second leads, as the person says", async () => {
  await imports.replica.seed("leads", [
    makeLead({ id: "old", name: "Nadia", phone: "+13125550171", email: "", company: "Kept" }),
  ]);
  const csv = "name,phone,email,company\nN. Castellano,312 555 0171,n@x.example,Lost\n";
  const skip = await upload(csv);
  await checked(skip);
  await set(skip, { duplicates: "skip" });
  await until(skip, ({ options, checked: { done } }) => done && options.duplicates === "skip");
  expect((await run(skip)).result).toEqual({ created: 0, filled: 0, skipped: 1, errors: 0 });
  const fill = await upload(csv);
  expect((await checked(fill)).preview[0]).toMatchObject({ status: "fills", note: "fills 1 field" });
  expect((await run(fill)).result).toEqual({ created: 0, filled: 1, skipped: 0, errors: 0 });
  expect(await leads()).toMatchObject([{ id: "old", name: "Nadia", email: "n@x.example", company: "Kept" }]);
  const second = await upload(csv);
  await checked(second);
  await set(second, { duplicates: "second" });
  await until(second, ({ checked: { done, fresh } }) => done && fresh === 1);
  await run(second);
  expect(await leads()).toHaveLength(2);
});

test("a lead is known by its e-mail address, too, however that is written", async () => {
  await imports.replica.seed("leads", [
    makeLead({ id: "old", name: "Nadia", phone: "", email: "nadia@x.example", city: "" }),
  ]);
  const importId = await upload(
    "name,email,city\nN. Castellano, Nadia@X.example ,Bern\nNew,new@x.example,Bern\n",
  );
  const { preview } = await checked(importId);
  expect(preview.map(({ status }) => status)).toEqual(["fills", "new"]);
  expect((await run(importId)).result).toEqual({ created: 1, filled: 1, skipped: 0, errors: 0 });
  expect(await leads()).toMatchObject([{ name: "New" }, { id: "old", name: "Nadia", city: "Bern" }]);
});

test("undo takes back an import but for what people have worked on since, also after a restart, for 30 days", async () => {
  await imports.replica.seed("leads", [makeLead({ id: "old", phone: "+13125550100" })]);
  const importId = await upload(
    "name,phone,city\nA,312 555 0101,X\nB,312 555 0102,X\nC,312 555 0103,X\nOld,312 555 0100,Y\n",
  );
  await checked(importId);
  await run(importId);
  const [a, b] = (await leads()).filter(({ importId: from }) => from === importId);
  await imports.replica.edits.apply(
    [{ kind: "update", collection: "leads", id: a?.id ?? "", set: { notes: "spoke" } }],
    "x",
  );
  await imports.replica.seed("calls", [makeCall({ id: "call", leadId: b?.id })]);
  imports.close();
  await imports.stopJobs();
  imports.open();
  const recent = await watch(imports.handlers.recentImports, {}).first();
  expect(recent.imports).toMatchObject([
    { importId, created: 3, filled: 1, undoableUntil: "2026-06-03T15:00:00.000Z" },
  ]);
  await must(imports.handlers.undoImport({ importId }));
  const undone = await until(importId, ({ step }) => step === "undone");
  expect(undone.message).toBe(
    "Removed 1 lead and emptied fields of 1. 2 stay: somebody has worked on them since.",
  );
  expect((await leads()).map(({ name, city }) => [name, city])).toEqual(
    expect.arrayContaining([
      ["A", "X"],
      ["B", "X"],
      ["Maria Kowalski", ""],
    ]),
  );
  expect(await leads()).toHaveLength(3);
  expect(await imports.handlers.undoImport({ importId })).toMatchObject({ ok: false });
});

test("an import that a restart interrupts goes on where it was, and nothing is doubled", async () => {
  const rows = Array.from({ length: 3_500 }, (_, at) => `Lead ${at},+1312${String(2_000_000 + at)}`);
  const importId = await upload(`name,phone\n${rows.join("\n")}\n`);
  await checked(importId);
  const apply = imports.replica.edits.apply;
  let batches = 0;
  imports.replica.edits.apply = async (...call) => {
    batches += 1;
    const applied = await apply(...call);
    // The third batch is in the replica, but the process ends before anybody hears of it.
    if (batches === 4) throw new Error("power cut");
    return applied;
  };
  await must(imports.handlers.runImport({ importId }));
  await until(importId, ({ step }) => step === "failed");
  imports.replica.edits.apply = apply;
  imports.close();
  imports.open();
  const done = await until(importId, ({ step }) => step === "done");
  expect(done.result).toEqual({ created: 3_500, filled: 0, skipped: 0, errors: 0 });
  expect(await leads()).toHaveLength(3_500);
});

test("closing the desk in the middle is no end: the import goes on when it is opened again", async () => {
  const rows = Array.from({ length: 6_000 }, (_, at) => `Lead ${at}`);
  const importId = await upload(`name\n${rows.join("\n")}\n`);
  await checked(importId);
  await must(imports.handlers.runImport({ importId }));
  await until(importId, ({ progress }) => (progress?.done ?? 0) >= 1_000);
  await imports.stopJobs();
  imports.close();
  const before = (await leads()).length;
  expect(before).toBeLessThan(6_000);
  imports.open();
  expect((await until(importId, ({ step }) => step === "done")).result?.created).toBe(6_000);
  expect(await leads()).toHaveLength(6_000);
});

test("an import that a full disk stops keeps what it did, and goes on when there is room", async () => {
  const importId = await upload(
    `name\n${Array.from({ length: 2_500 }, (_, at) => `Lead ${at}`).join("\n")}\n`,
  );
  await checked(importId);
  const apply = imports.replica.edits.apply;
  imports.replica.edits.apply = async (...call) =>
    (await leads()).length >= 1_000
      ? { ok: false, error: { code: "disk-full", message: "The disk is full." } }
      : apply(...call);
  await must(imports.handlers.runImport({ importId }));
  const failed = await until(importId, ({ step }) => step === "failed");
  expect([failed.message, failed.result?.created]).toEqual(["The disk is full.", 1_000]);
  imports.replica.edits.apply = apply;
  expect((await run(importId)).result).toEqual({ created: 2_500, filled: 0, skipped: 0, errors: 0 });
  expect(await leads()).toHaveLength(2_500);
});

test("cancelling keeps what was imported, and says so", async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => `Lead ${at}`);
  const importId = await upload(`name\n${rows.join("\n")}\n`);
  await checked(importId);
  await must(imports.handlers.runImport({ importId }));
  await until(importId, ({ progress }) => (progress?.done ?? 0) >= 1_000);
  await must(imports.handlers.cancelImport({ importId }));
  const state = await ended(importId);
  const count = (await leads()).length;
  expect(state.step).toBe("cancelled");
  expect(count).toBe(state.result?.created);
  expect(count).toBeLessThan(5_000);
  expect(state.message).toBe(
    `Stopped. ${formatCount(count)} new leads are here and stay until you undo the import.`,
  );
});
