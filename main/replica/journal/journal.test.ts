import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EditId } from "../../../shared/entities/id.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { createFaultyFiles, type Fault } from "../../../testing/fakes/faulty-files.ts";
import { diskFiles, type FilePort } from "./file-port.ts";
import { openJournal, removeJournal, type Journal, type JournalEntry, type JournalOptions } from "./index.ts";
import { JournalState } from "./journal-state.ts";

const key = new Uint8Array(32).fill(7);
let folder = "";
const opened: Journal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringside-journal-"));
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = () => join(folder, "journal.log");
const id = (name: string) => name as EditId;

function edited(name: string, record = "lead-1"): JournalEntry {
  const edit = {
    kind: "update",
    editId: id(name),
    collection: "leads",
    id: record,
    at: "2026-01-01T00:00:00.000Z",
    rev: 1,
    changes: { notes: { from: "", to: `text of ${name}` } },
  } as unknown as Edit;
  return { type: "edited", edit, label: `Note ${name}`, group: "typing" };
}

async function open(options: Partial<JournalOptions> = {}): Promise<Journal> {
  const result = await openJournal({ folder, key, ...options });
  if (!result.ok) throw new Error(result.error.message, { cause: result.error.cause });
  opened.push(result.value);
  return result.value;
}

async function reopen(journal: Journal): Promise<Journal> {
  await journal.close();
  return open();
}

const names = (journal: Journal) => journal.unsent().map(({ edit }) => edit.editId as string);
const invalid = { code: "invalid", message: "No." } as const;

describe("edits", () => {
  test("[JOURNAL-1] an appended edit is in the file, sealed, before append returns", async () => {
    const journal = await open();
    expect(await journal.append([edited("a"), edited("b")])).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path()).toString("latin1")).not.toContain("text of");
    expect(names(await reopen(journal))).toEqual(["a", "b"]);
  });

  test("[JOURNAL-2] only the server's yes and a person's discard remove an edit", async () => {
    let journal = await open();
    await journal.append(["a", "b", "c", "d"].map((name) => edited(name)));
    await journal.append([
      { type: "answered", editId: id("a") },
      { type: "refused", editId: id("b"), refusal: invalid },
      { type: "blocked", editId: id("c"), by: id("b") },
      { type: "discarded", editId: id("d") },
    ]);
    journal = await reopen(journal);
    expect(journal.counts()).toEqual({ unsent: 0, refused: 1, blocked: 1 });
    expect(journal.refused().map(({ status }) => status)).toEqual([
      { kind: "refused", refusal: invalid },
      { kind: "blocked", by: "b" },
    ]);
    await journal.append([{ type: "retried", editId: id("c") }]);
    await journal.append([{ type: "retried", editId: id("b") }]);
    expect(names(journal)).toEqual(["b", "c"]);
    await journal.settle([id("b"), id("c")]);
    expect((await reopen(journal)).counts()).toEqual({ unsent: 0, refused: 0, blocked: 0 });
  });

  test("edits of a record come in the order in which they were made, with label and group", async () => {
    const journal = await open();
    await journal.append([edited("a", "x"), edited("b", "y"), edited("c", "x")]);
    await journal.append([{ type: "refused", editId: id("a"), refusal: invalid }]);
    expect(journal.byRecord("leads", "x").map(({ edit }) => edit.editId)).toEqual(["a", "c"]);
    expect(journal.get(id("b"))).toMatchObject({ label: "Note b", group: "typing" });
    expect(journal.unsent(1).map(({ edit }) => edit.editId)).toEqual(["b"]);
  });

  test("listeners hear which records changed, and nothing of entries without effect", async () => {
    const journal = await open();
    const heard: unknown[] = [];
    const stop = journal.onChange(({ records }) => heard.push(records));
    await journal.append([edited("a", "x"), edited("b", "x"), edited("c", "y")]);
    await journal.settle([id("unknown")]);
    stop();
    await journal.settle([id("a")]);
    expect(heard).toEqual([
      [
        { collection: "leads", id: "x" },
        { collection: "leads", id: "y" },
      ],
    ]);
  });

  test("appends made at once share a write and keep their order", async () => {
    let syncs = 0;
    const counting: FilePort = {
      ...diskFiles,
      async open(name) {
        const file = await diskFiles.open(name);
        return {
          ...file,
          sync() {
            syncs++;
            return file.sync();
          },
        };
      },
    };
    const journal = await open({ files: counting });
    await Promise.all(Array.from({ length: 100 }, (_, index) => journal.append([edited(`e${index}`)])));
    expect(syncs).toBe(1);
    expect(names(await reopen(journal))).toEqual(Array.from({ length: 100 }, (_, index) => `e${index}`));
  });

  test("a closed journal says so", async () => {
    const journal = await open();
    await journal.close();
    expect(await journal.append([edited("a")])).toMatchObject({ ok: false, error: { code: "closed" } });
  });
});

describe("the file", () => {
  const entry = fc
    .tuple(
      fc.constantFrom("edited", "answered", "refused", "blocked", "retried", "discarded"),
      fc.constantFrom("a", "b", "c", "d", "e", "f"),
    )
    .map(([type, name]): JournalEntry => {
      if (type === "edited") return edited(name, name < "c" ? "x" : "y");
      if (type === "refused") return { type, editId: id(name), refusal: invalid };
      if (type === "blocked") return { type, editId: id(name), by: id("a") };
      return { type, editId: id(name) } as JournalEntry;
    });
  const history = fc.array(fc.array(entry, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  const stateOf = (entries: readonly JournalEntry[]) => {
    const state = new JournalState();
    state.apply(entries);
    return [...state.entries()];
  };
  const stateIn = (journal: Journal) =>
    [...journal.unsent(), ...journal.refused()]
      .map(({ edit, status }) => `${edit.editId}:${status.kind}`)
      .sort();
  const shown = (entries: readonly JournalEntry[]) => {
    const state = new JournalState();
    state.apply(entries);
    return [...state.list(true), ...state.list(false)]
      .map(({ edit, status }) => `${edit.editId}:${status.kind}`)
      .sort();
  };

  test("[JOURNAL-3] a log laid over its own result changes nothing", () => {
    fc.assert(
      fc.property(history, (groups) => {
        const log = groups.flat();
        const compact = stateOf(log);
        expect(stateOf(compact)).toEqual(compact);
        expect(new Set(shown([...compact, ...compact]))).toEqual(new Set(shown(log)));
      }),
    );
  });

  test("[JOURNAL-4] cut at any byte it holds what was acknowledged up to there, and goes on from it", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.double({ min: 0, max: 1, noNaN: true }), async (groups, where) => {
        rmSync(path(), { force: true });
        const journal = await open();
        const ends: number[] = [0];
        for (const group of groups) {
          await journal.append(group);
          ends.push(statSync(path()).size);
        }
        await journal.close();
        const whole = readFileSync(path());
        const cut = Math.floor(where * whole.length);
        writeFileSync(path(), whole.subarray(0, cut));
        const kept = ends.filter((end) => end <= cut).length - 1;
        let after = await open();
        expect(after.damage).toBeNull();
        expect(stateIn(after)).toEqual(shown(groups.slice(0, kept).flat()));
        await after.append([edited("z")]);
        after = await reopen(after);
        expect(after.damage).toBeNull();
        expect(stateIn(after)).toEqual(shown([...groups.slice(0, kept).flat(), edited("z")]));
        await after.close();
      }),
      { numRuns: 60 },
    );
  });

  test("[JOURNAL-4] damage in the middle costs one frame; the file is kept and the loss reported", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (position, flip) => {
        for (const name of readdirSync(folder)) rmSync(join(folder, name));
        const journal = await open();
        const ends = [0];
        for (const name of ["a", "b", "c", "d"]) {
          await journal.append([edited(name)]);
          ends.push(statSync(path()).size);
        }
        await journal.close();
        const bytes = readFileSync(path());
        const at = position % (ends[3] as number);
        bytes[at] = (bytes[at] as number) ^ flip;
        writeFileSync(path(), bytes);
        const hit = ends.findIndex((end) => at < end) - 1;
        const after = await open({ clock: { now: () => 0 } });
        expect(names(after)).toEqual(["a", "b", "c", "d"].filter((_, index) => index !== hit));
        expect(after.damage?.lostBytes).toBeGreaterThan(0);
        expect(readFileSync(after.damage?.setAside ?? "")).toEqual(bytes);
        expect((await reopen(after)).damage).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  test("two broken frames at the end are no torn write: both were acknowledged once", async () => {
    const journal = await open();
    for (const name of ["a", "b", "c"]) await journal.append([edited(name)]);
    await journal.close();
    const bytes = readFileSync(path());
    const frame = bytes.length / 3;
    bytes[Math.floor(frame * 1.5)] = 1 ^ (bytes[Math.floor(frame * 1.5)] as number);
    bytes[Math.floor(frame * 2.5)] = 1 ^ (bytes[Math.floor(frame * 2.5)] as number);
    writeFileSync(path(), bytes);
    const after = await open();
    expect(names(after)).toEqual(["a"]);
    expect(after.damage?.lostBytes).toBe(Math.round(frame * 2));
  });

  test("another key is told apart from damage, and nothing is touched", async () => {
    const journal = await open();
    await journal.append([edited("a")]);
    await journal.close();
    const before = readFileSync(path());
    const other = await openJournal({ folder, key: new Uint8Array(32).fill(8) });
    expect(other).toMatchObject({ ok: false, error: { code: "wrong-key" } });
    expect(readFileSync(path())).toEqual(before);
    expect(names(await open())).toEqual(["a"]);
  });

  test("a file of mostly dead edits is written anew, and the living stay in order", async () => {
    const journal = await open();
    const all = Array.from({ length: 3_000 }, (_, index) => edited(`e${index}`));
    for (let at = 0; at < all.length; at += 1_000) await journal.append(all.slice(at, at + 1_000));
    const full = statSync(path()).size;
    await journal.settle(journal.unsent(2_900).map(({ edit }) => edit.editId));
    const after = await reopen(journal);
    expect(statSync(path()).size).toBeLessThan(full / 10);
    expect(names(after)).toEqual(Array.from({ length: 100 }, (_, index) => `e${index + 2_900}`));
  });

  test("a wipe leaves nothing, also of what was set aside", async () => {
    const journal = await open();
    await journal.append([edited("a")]);
    await journal.close();
    writeFileSync(`${path()}.damaged-2026`, "x");
    await removeJournal(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a disk that fails", () => {
  const faults: { current: readonly Fault[] } = { current: [] };
  const files = createFaultyFiles(faults);
  beforeEach(() => {
    faults.current = [];
  });

  const cases: { name: string; faults: Fault[]; code: string }[] = [
    { name: "full", faults: [{ call: "write", code: "ENOSPC" }], code: "disk-full" },
    { name: "full halfway", faults: [{ call: "write", code: "ENOSPC", written: 0.5 }], code: "disk-full" },
    { name: "full at the sync", faults: [{ call: "sync", code: "ENOSPC" }], code: "disk-full" },
    { name: "read-only", faults: [{ call: "write", code: "EROFS" }], code: "read-only" },
    { name: "broken", faults: [{ call: "sync", code: "EIO" }], code: "failed" },
    {
      name: "broken so that even cutting back fails",
      faults: [
        { call: "write", code: "EIO", written: 0.9 },
        { call: "truncate", code: "EIO" },
      ],
      code: "failed",
    },
    { name: "unsure of its folder", faults: [{ call: "syncFolder", code: "EIO" }], code: "failed" },
  ];

  test.each(cases)("$name: the edit is refused whole, and taken when the cause is gone", async (fault) => {
    let journal = await open({ files });
    if (fault.name !== "unsure of its folder") await journal.append([edited("before")]);
    faults.current = fault.faults;
    expect(await journal.append([edited("lost"), edited("lost too")])).toMatchObject({
      ok: false,
      error: { code: fault.code },
    });
    expect(names(journal)).not.toContain("lost");
    faults.current = [];
    expect((await journal.append([edited("after")])).ok).toBe(true);
    journal = await reopen(journal);
    expect(journal.damage).toBeNull();
    expect(names(journal).filter((name) => name !== "before")).toEqual(["after"]);
  });

  test.each(["rename", "sync", "write"] as const)(
    "compaction that fails at %s loses nothing",
    async (call) => {
      const journal = await open({ files });
      await journal.append(Array.from({ length: 2_000 }, (_, index) => edited(`e${index}`)));
      const settled = journal.settle(journal.unsent(1_990).map(({ edit }) => edit.editId));
      // The append itself has synced when it reports; what follows is the compaction.
      const stop = journal.onChange(() => {
        faults.current = [{ call, code: "EIO" }];
      });
      expect((await settled).ok).toBe(true);
      stop();
      await new Promise((resolve) => setTimeout(resolve, 50));
      faults.current = [];
      await journal.append([edited("after")]);
      expect(names(await reopen(journal))).toEqual([
        ...Array.from({ length: 10 }, (_, index) => `e${index + 1_990}`),
        "after",
      ]);
    },
  );
});
