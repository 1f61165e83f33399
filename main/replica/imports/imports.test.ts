import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { makeCall, makeField, makeLead, makeTenant } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createFileShelf } from "../files/file-shelf.ts";
import { createLeadRows } from "../leads/lead-rows.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import { createJobs, type Jobs } from "../jobs/jobs.ts";
import { createImportStore } from "./import-store.ts";
import { createImports } from "./imports.ts";

let replica: FakeReplica;
let folder: string;
let jobs: Jobs;
let desk: ReturnType<typeof openImports>;
const clock = { nowMs: Date.parse("2026-05-04T15:00:00.000Z"), now: () => clock.nowMs };

beforeEach(async () => {
  replica = await createFakeReplica();
  await replica.seed("settings", makeTenant());
  folder = mkdtempSync(join(tmpdir(), "imports-"));
  open();
});
afterEach(async () => {
  desk.close();
  await jobs.stop();
  await replica.close();
  rmSync(folder, { recursive: true });
});

function open(): void {
  jobs = createJobs({ clock, newId: randomUUID });
  desk = openImports();
}

function openImports() {
  const settings = openTenantSettings(replica.reads);
  const shelf = createFileShelf(randomUUID);
  const imports = createImports({
    replica,
    rows: createLeadRows(replica.reads),
    settings,
    store: createImportStore(join(folder, "imports")),
    jobs,
    shelf,
    newId: randomUUID,
    clock,
  });
  void imports.resume();
  return {
    handlers: { ...imports, readFile: shelf.readFile },
    close() {
      imports.close();
      settings.close();
    },
  };
}

async function must<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>,
): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

async function upload(content: string | Buffer, fileName = "leads.csv"): Promise<string> {
  const bytes = Buffer.from(content);
  const { importId } = await must(desk.handlers.beginImport({ fileName, sizeBytes: bytes.length }));
  const size = 700_000;
  for (let index = 0; index === 0 || index * size < bytes.length; index += 1) {
    const piece = bytes.subarray(index * size, (index + 1) * size);
    await must(
      desk.handlers.addImportChunk({
        importId,
        index,
        base64: piece.toString("base64"),
        last: (index + 1) * size >= bytes.length,
      }),
    );
  }
  return importId;
}

async function until(
  importId: string,
  test: (
    state: Awaited<
      ReturnType<
        ReturnType<typeof watch<typeof import("../../../shared/rpc/contract/files.ts").importState>>["next"]
      >
    >,
  ) => boolean,
) {
  const state = watch(desk.handlers.importState, { importId });
  for (;;) {
    const now = await state.next();
    if (!test(now)) continue;
    state.stop();
    return now;
  }
}
const checked = (importId: string) => until(importId, (state) => state.checked.done);
const ended = (importId: string) =>
  until(importId, ({ step }) => ["done", "cancelled", "failed", "undone"].includes(step));
const set = (importId: string, options: Partial<ImportOptions>) =>
  must(desk.handlers.setImportOptions({ importId, options }));

async function leads(): Promise<Lead[]> {
  const rows = await replica.reads.sql<{ doc: Lead }>(
    "select doc || jsonb_build_object('id', id) as doc from leads where not deleted order by id",
  );
  return rows.map(({ doc }) => doc);
}

async function run(importId: string) {
  await must(desk.handlers.runImport({ importId }));
  return ended(importId);
}

const expo = `Full Name,Tel 1,Mail,Status,Annual spend,Rep
Nadia Castellano,(312) 555-0171,nadia@fairfield.example,New,$480k,aruiz
Peter Osei,617.555.0126,,Contacted,310000,bokafor
Maria Kowalski,312-555-0147,,Warm,1.2m,
Clara Whitfield,202-555-019,,New,,
,206-555-0185,,New,,
Nadia C.,+1 312 555 0171,nadia@other.example,,99,
`;

test("a file is matched with reasons, checked, asked about, imported, and its errors can be fetched", async () => {
  await replica.seed("settings", [makeField("budget", "money", { label: "Annual spend" })]);
  desk.close();
  open();
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
  const file = await must(desk.handlers.importErrors({ importId }));
  const { base64 } = await must(desk.handlers.readFile({ fileId: file.fileId, offset: 0 }));
  expect(Buffer.from(base64, "base64").toString()).toBe(
    "Full Name,Tel 1,Mail,Status,Annual spend,Rep,Row,Reason\r\n" +
      "Clara Whitfield,202-555-019,,New,,,5,Phone has too few digits\r\n" +
      ",206-555-0185,,New,,,6,No name\r\n",
  );
});

test("when options are answered, the check of the options before is no longer shown as done", async () => {
  const importId = await upload("Wer,Phone\nAnna,312 555 0101\n");
  await checked(importId);
  const state = watch(desk.handlers.importState, { importId });
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
  await replica.seed("leads", [
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

test("undo takes back an import but for what people have worked on since, also after a restart, for 30 days", async () => {
  await replica.seed("leads", [makeLead({ id: "old", phone: "+13125550100" })]);
  const importId = await upload(
    "name,phone,city\nA,312 555 0101,X\nB,312 555 0102,X\nC,312 555 0103,X\nOld,312 555 0100,Y\n",
  );
  await checked(importId);
  await run(importId);
  const [a, b] = (await leads()).filter(({ importId: from }) => from === importId);
  await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: a?.id ?? "", set: { notes: "spoke" } }],
    "x",
  );
  await replica.seed("calls", [makeCall({ id: "call", leadId: b?.id })]);
  desk.close();
  await jobs.stop();
  open();
  const recent = await watch(desk.handlers.recentImports, {}).first();
  expect(recent.imports).toMatchObject([
    { importId, created: 3, filled: 1, undoableUntil: "2026-06-03T15:00:00.000Z" },
  ]);
  await must(desk.handlers.undoImport({ importId }));
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
  expect(await desk.handlers.undoImport({ importId })).toMatchObject({ ok: false });
});

test("an import that a restart interrupts goes on where it was, and nothing is doubled", async () => {
  const rows = Array.from({ length: 3_500 }, (_, at) => `Lead ${at},+1312${String(2_000_000 + at)}`);
  const importId = await upload(`name,phone\n${rows.join("\n")}\n`);
  await checked(importId);
  const apply = replica.edits.apply;
  let batches = 0;
  replica.edits.apply = async (...call) => {
    batches += 1;
    const applied = await apply(...call);
    // The third batch is in the replica, but the process ends before anybody hears of it.
    if (batches === 4) throw new Error("power cut");
    return applied;
  };
  await must(desk.handlers.runImport({ importId }));
  await until(importId, ({ step }) => step === "failed");
  replica.edits.apply = apply;
  desk.close();
  open();
  const done = await until(importId, ({ step }) => step === "done");
  expect(done.result).toEqual({ created: 3_500, filled: 0, skipped: 0, errors: 0 });
  expect(await leads()).toHaveLength(3_500);
});

test("closing the desk in the middle is no end: the import goes on when it is opened again", async () => {
  const rows = Array.from({ length: 6_000 }, (_, at) => `Lead ${at}`);
  const importId = await upload(`name\n${rows.join("\n")}\n`);
  await checked(importId);
  await must(desk.handlers.runImport({ importId }));
  await until(importId, ({ progress }) => (progress?.done ?? 0) >= 1_000);
  await jobs.stop();
  desk.close();
  const before = (await leads()).length;
  expect(before).toBeLessThan(6_000);
  open();
  expect((await until(importId, ({ step }) => step === "done")).result?.created).toBe(6_000);
  expect(await leads()).toHaveLength(6_000);
});

test("an import that a full disk stops keeps what it did, and goes on when there is room", async () => {
  const importId = await upload(
    `name\n${Array.from({ length: 2_500 }, (_, at) => `Lead ${at}`).join("\n")}\n`,
  );
  await checked(importId);
  const apply = replica.edits.apply;
  replica.edits.apply = async (...call) =>
    (await leads()).length >= 1_000
      ? { ok: false, error: { code: "disk-full", message: "The disk is full." } }
      : apply(...call);
  await must(desk.handlers.runImport({ importId }));
  const failed = await until(importId, ({ step }) => step === "failed");
  expect([failed.message, failed.result?.created]).toEqual(["The disk is full.", 1_000]);
  replica.edits.apply = apply;
  expect((await run(importId)).result).toEqual({ created: 2_500, filled: 0, skipped: 0, errors: 0 });
  expect(await leads()).toHaveLength(2_500);
});

test("cancelling keeps what was imported, and says so", async () => {
  const rows = Array.from({ length: 5_000 }, (_, at) => `Lead ${at}`);
  const importId = await upload(`name\n${rows.join("\n")}\n`);
  await checked(importId);
  await must(desk.handlers.runImport({ importId }));
  await until(importId, ({ progress }) => (progress?.done ?? 0) >= 1_000);
  await must(desk.handlers.cancelImport({ importId }));
  const state = await ended(importId);
  const count = (await leads()).length;
  expect(state.step).toBe("cancelled");
  expect(count).toBe(state.result?.created);
  expect(count).toBeLessThan(5_000);
  expect(state.message).toBe(`Stopped. ${count} new leads are here and stay until you undo the import.`);
});

test.each<[string, Buffer, string]>([
  ["UTF-8 with a mark", Buffer.from("\ufeffname,city\nZoë,Köln\n"), "utf-8"],
  ["UTF-16 LE with a mark", Buffer.from("\ufeffname,city\nZoë,Köln\n", "utf16le"), "utf-16le"],
  ["UTF-16 LE without", Buffer.from("name,city\nZoë,Köln\n", "utf16le"), "utf-16le"],
  ["UTF-16 BE", Buffer.from("\ufeffname,city\nZoë,Köln\n", "utf16le").swap16(), "utf-16be"],
  ["Latin-1", Buffer.from("name,city\nZoë,Köln\n", "latin1"), "windows-1252"],
])("%s", async (_, bytes, encoding) => {
  const importId = await upload(bytes);
  const state = await checked(importId);
  expect(state.options.encoding).toBe(encoding);
  await run(importId);
  expect(await leads()).toMatchObject([{ name: "Zoë", city: "Köln" }]);
});

test("NUL and lone surrogates are cleaned, ragged rows are named or padded, broken quotes cost one row", async () => {
  const csv = 'name,city,notes\nA\u0000na,X\nBen,Y,fine,too much\nCy,Z,"ok"\nDi,"open,Q\nEd,W,last\n';
  const importId = await upload(csv);
  const state = await checked(importId);
  expect(state.errorGroups).toEqual(
    expect.arrayContaining([{ message: "More cells than columns", count: 1, rows: [3] }]),
  );
  await run(importId);
  expect((await leads()).map(({ name }) => name)).toEqual(["Ana", "Cy", "Ed"]);
});

const bank = new URL("../../../../shared/data/bank-marketing/bank.csv", import.meta.url);
const missing = existsSync(bank) ? false : "skipped: shared/data/bank-marketing is not on this machine";
if (missing) process.stdout.write(`${missing}\n`);

test.skipIf(missing)(
  "the bank file: 32,950 rows without names or numbers, in under a minute",
  { timeout: 180_000 },
  async () => {
    const content = readFileSync(bank, "latin1");
    const headers = (content.slice(0, content.indexOf("\n")).match(/[^";\r]+/gu) ?? []) as string[];
    const numbers = new Set([
      "age",
      "duration",
      "campaign",
      "pdays",
      "previous",
      "emp.var.rate",
      "cons.price.idx",
      "cons.conf.idx",
      "euribor3m",
      "nr.employed",
    ]);
    await replica.seed(
      "settings",
      headers.map((header) =>
        makeField(header.replaceAll(".", "_"), numbers.has(header) ? "number" : "text", { label: header }),
      ),
    );
    desk.close();
    open();
    const importId = await upload(readFileSync(bank), "bank.csv");
    await until(importId, ({ step }) => step === "matching");
    await set(importId, { templates: { name: "Contact {row}", phone: "+1312{row:7}" } });
    const state = await until(importId, ({ checked: { done, rows } }) => done && rows === 32_950);
    expect(state.options.delimiter).toBe(";");
    expect(state.columns.every(({ field }) => field?.startsWith("custom."))).toBe(true);
    expect(state.checked).toMatchObject({ fresh: 32_950, errors: 0 });
    const startedAt = performance.now();
    const done = await run(importId);
    const tookMs = performance.now() - startedAt;
    process.stdout.write(
      `bank file: 32,950 rows imported in ${(tookMs / 1000).toFixed(1)} s (without journal and RxDB)\n`,
    );
    expect(done.result).toEqual({ created: 32_950, filled: 0, skipped: 0, errors: 0 });
    expect(tookMs).toBeLessThan(60_000);
    const [sample] = await leads();
    expect(sample?.custom).toMatchObject({
      job: expect.any(String),
      age: expect.any(Number),
      euribor3m: expect.any(Number),
    });
  },
);
