import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import type { Draft } from "../replica.ts";

// A disk that fills between the journal and the records: the edit is kept, and the answer says so.

let replica: TestReplica;
let timers: (() => void)[];
beforeEach(async () => {
  timers = [];
  replica = await openTestReplica({
    timers: {
      after(_delayMs, task) {
        timers.push(task);
        return () => void timers.splice(timers.indexOf(task), 1);
      },
    },
  });
});
afterEach(() => replica.dispose());

const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });
const create = (id: string, name = "Maria"): Draft => ({ kind: "create", collection: "leads", id, fields: { name } as never }); // prettier-ignore
const update = (id: string, set: object): Draft => ({
  kind: "update",
  collection: "leads",
  id,
  set: set as never,
});
const nameOf = async (id: string) =>
  ((await replica.reads.get("leads", id)) as { name: string } | null)?.name;

/** What the disk refuses from now on; the returned function makes room. */
function fillUnder(part: "cover" | "recover", afterSlices = 0): () => void {
  const { layers } = replica;
  const before = layers[part];
  let calls = 0;
  layers[part] = (...given: unknown[]) =>
    (calls += 1) > afterSlices
      ? Promise.reject(full)
      : (before as (...all: unknown[]) => Promise<void>)(...given);
  return () => void Object.assign(layers, { [part]: before });
}

test("the answer says that the edit is kept; it waits in the journal and is seen when there is room", async () => {
  const makeRoom = fillUnder("cover");
  const stillFull = fillUnder("recover");
  const made = await replica.edits.apply([create("lead-1")], "Added Maria");
  expect(made).toEqual({
    ok: false,
    error: {
      code: "disk-full",
      message: "The disk is full. Your change is kept and will be sent; you see it when there is room again.",
      details: { kept: 1 },
    },
  });
  expect(replica.journal.counts().unsent).toBe(1);
  expect(await nameOf("lead-1")).toBeUndefined();
  await elapse();
  expect(timers, "tried in vain, to be tried again").toHaveLength(1);
  makeRoom();
  stillFull();
  await elapse();
  expect(await nameOf("lead-1")).toBe("Maria");
  expect(timers).toEqual([]);
});

test("whoever types on meanwhile sees the later words at once, and loses neither edit", async () => {
  await replica.edits.apply([create("lead-1")], "Added Maria");
  const makeRoom = fillUnder("cover");
  await replica.edits.apply([update("lead-1", { title: "first", company: "Kept" })], "Typed");
  makeRoom();
  expect((await replica.edits.apply([update("lead-1", { title: "second" })], "Typed")).ok).toBe(true);
  const shown = { name: "Maria", title: "second", company: "Kept" };
  expect(await replica.reads.get("leads", "lead-1")).toMatchObject(shown);
  await elapse();
  expect(await replica.reads.get("leads", "lead-1")).toMatchObject(shown);
  expect(replica.journal.counts().unsent).toBe(3);
});

test("in the middle of a long list the answer counts what was saved before", async () => {
  fillUnder("cover", 1);
  const drafts = Array.from({ length: 600 }, (_, number) => create(`lead-${number}`));
  const made = await replica.edits.apply(drafts, "Many");
  expect(made).toMatchObject({
    ok: false,
    error: {
      message: expect.stringMatching(/250 changes are kept .* 250 before were saved\./u),
      details: { kept: 500 },
    },
  });
  expect(replica.journal.counts().unsent).toBe(500);
});

test("what the database cannot note for undoing is not done at all, and the answer says so", async () => {
  const { sql } = replica.editsPorts;
  await sql(
    "create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'No space left on device'; end $$",
  );
  const [table] = await sql<{ name: string }>(
    "select quote_ident(relname) as name from pg_class where relname like '%undo%' and relkind = 'r'",
  );
  await sql(`create trigger refuse before insert on ${table?.name} for each row execute function refuse()`);
  const made = await replica.edits.apply([create("lead-1")], "Added Maria");
  expect(made).toMatchObject({
    ok: false,
    error: { code: "disk-full", message: "The disk is full: nothing was saved." },
  });
  expect(replica.journal.counts().unsent).toBe(0);
});

test("after a crash in between, opening lays it over the records", async () => {
  fillUnder("cover");
  await replica.edits.apply([create("lead-1")], "Added Maria");
  replica = await replica.reopen();
  expect(await nameOf("lead-1")).toBe("Maria");
});

/** Runs what waits for its time, to its end. */
async function elapse(): Promise<void> {
  for (const task of timers.splice(0)) task();
  await replica.takeTurn(async () => {});
}
