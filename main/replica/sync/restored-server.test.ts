import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newRecordId } from "../../../shared/entities/id.ts";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { beginFeedEpoch, readFeedEpoch } from "../../../sync-server/database/feed-epoch.ts";
import { openDatabase } from "../../../sync-server/database/index.ts";
import { isQuiet, openSyncDesk, untilSync, type SyncDesk } from "../../../testing/fakes/sync-desk.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { createTestIdentities, people, type TestPerson } from "../../../testing/server/test-identities.ts";
import { createHttpTransport } from "./http-transport.ts";
import type { SyncTransport } from "./transport.ts";

/** Waits that the test does not want to sit through are a twentieth as long. */
const hurried: Timers = { ...systemTimers, after: (delayMs, run) => systemTimers.after(delayMs / 20, run) };

// The real server, put back to a real backup of itself.
const collections = ["settings", "leads"] as const;
const identities = createTestIdentities();
let server: TestServer;
let desks: SyncDesk[] = [];

beforeEach(async () => {
  server = await startTestServer({ identities });
  desks = [];
});
afterEach(async () => {
  for (const desk of desks) await desk.dispose();
  await server.close();
});

test("[REST-1] [REST-2] edits that the backup does not hold are sent again; those that it holds are not taken twice", async () => {
  const ana = await openDesk(people.ana);
  const id = await create(ana, { name: "Maria" });
  await set(ana, id, { title: "in the backup" });
  await set(ana, id, { title: "in the backup too" });
  await untilSent(ana);
  const backup = await server.db.dump();
  await set(ana, id, { title: "after the backup", city: "Bonn" });
  const late = await create(ana, { name: "After the backup" });
  await set(ana, late, { title: "told later" });
  await untilSent(ana);
  expect((await ana.replica.reads.get("leads", id))?.rev).toBe(4);

  await putBack(backup);
  await untilSent(ana);
  const stored = await readLead(id);
  expect(stored).toMatchObject({ title: "after the backup", city: "Bonn", rev: 4, kept: [] });
  expect(await readLead(late)).toMatchObject({ name: "After the backup", title: "told later", rev: 2 });
  expect(await ana.replica.reads.get("leads", id)).toEqual(stored);
  expect(ana.troubles).toEqual([]);
});

test("[REST-1] what only others knew goes, although the device held it under a higher rev", async () => {
  const ana = await openDesk(people.ana);
  const max = await openDesk(people.max);
  // Whichever comes first, hers or this one: what comes behind it counts as well.
  const other = await create(max, { name: "Tom", teamId: "north" });
  const id = await create(max, { name: "Maria", teamId: "north" });
  await untilSent(max);
  const backup = await server.db.dump();
  for (const city of ["Bonn", "Cologne"]) {
    for (const one of [id, other]) await set(max, one, { city });
    await untilSent(max);
  }
  for (const one of [id, other]) await untilSeen(ana, one, "city", "Cologne");
  // Max's machine never comes back: nobody else may speak for it.
  await max.engine.stop();
  await putBack(backup);
  for (const one of [id, other]) await untilSeen(ana, one, "city", "");
  await untilSync(ana, isQuiet);
  expect(await ana.replica.reads.get("leads", id)).toMatchObject({ rev: 1 });
});

test("[REST-3] an edit of before the restore never overwrites in silence what was written since", async () => {
  const ana = await openDesk(people.ana);
  const max = await openDesk(people.max);
  const id = await create(ana, { name: "Maria", teamId: "north" });
  await untilSent(ana);
  await untilSeen(max, id, "name", "Maria");
  const backup = await server.db.dump();
  for (const title of ["one", "two", "three"]) await set(ana, id, { title });
  await untilSent(ana);
  await ana.engine.pause(true);
  await max.engine.pause(true);
  await set(ana, id, { title: "four" });
  await putBack(backup);
  max.engine.pause(false);
  await untilSeen(max, id, "title", "");
  await set(max, id, { title: "written since" });
  await untilSent(max);
  ana.engine.pause(false);
  await untilSent(ana);
  const stored = await readLead(id);
  expect(stored).toMatchObject({ title: "four" });
  expect(stored?.["kept"]).toEqual([expect.objectContaining({ field: "title", value: "written since" })]);
});

test("[REST-2] where streams do not get through, edits that the backup does not hold are sent again, too", async () => {
  const ana = await openDesk(people.ana, withoutStreams, hurried);
  const id = await create(ana, { name: "Maria" });
  await untilSent(ana);
  const backup = await server.db.dump();
  await set(ana, id, { title: "after the backup" });
  const late = await create(ana, { name: "After the backup" });
  await untilSent(ana);

  await putBack(backup);
  await untilSent(ana);
  expect(await readLead(id)).toMatchObject({ title: "after the backup", rev: 2, kept: [] });
  expect(await readLead(late)).toMatchObject({ name: "After the backup", rev: 1 });
  expect(ana.troubles).toEqual([]);
});

test("[REST-5] what is sent before anything was heard of the restore is neither refused nor taken without what it builds on", async () => {
  const pulls = createPullHold();
  const ana = await openDesk(people.ana, (transport) => pulls.over(withoutStreams(transport)), hurried);
  const first = await create(ana, { name: "In the backup" });
  await untilSent(ana);
  const backup = await server.db.dump();
  const late = await create(ana, { name: "After the backup" });
  await untilSent(ana);

  pulls.hold("all");
  await putBack(backup);
  for (const id of [late, first]) await set(ana, id, { title: "sent into the new epoch" });
  await untilStored(late);
  pulls.release();
  await untilSent(ana);
  expect(await readLead(late)).toMatchObject({ name: "After the backup", title: "sent into the new epoch" });
  expect(await readLead(first)).toMatchObject({ title: "sent into the new epoch" });
  expect([ana.refused, ana.troubles]).toEqual([[], []]);
});

test("[PUSH-9] what is sent again while everything is pulled anew is gone at no moment, although the pages do not hold it", async () => {
  const pulls = createPullHold();
  const ana = await openDesk(people.ana, pulls.over);
  await create(ana, { name: "In the backup" });
  await untilSent(ana);
  const backup = await server.db.dump();
  const late = await create(ana, { name: "After the backup" });
  await untilSent(ana);
  const gone: string[] = [];
  ana.replica.reads.onChange(({ records }) =>
    gone.push(...records.filter(({ after }) => after === null).map(({ id }) => id)),
  );

  pulls.hold("pages");
  await putBack(backup);
  await until(
    async () => (await readLead(late)) !== undefined && ana.replica.journal.counts().unsent === 0,
    () => "it was not sent again",
  );
  pulls.release();
  await untilSent(ana);
  expect(gone).toEqual([]);
  expect(await ana.replica.reads.get("leads", late)).toMatchObject({ name: "After the backup", rev: 1 });
});

test("[REST-2] edits are kept in order, for seven days, and the server may forget them only then", async () => {
  const ana = await openDesk(people.ana);
  const id = await create(ana, { name: "Maria" });
  for (const title of ["one", "two"]) await set(ana, id, { title });
  await untilSent(ana);
  const kept = await ana.feed.sent.list();
  expect(kept.map(({ edit }) => edit.kind)).toEqual(["create", "update", "update"]);
  expect(await ana.feed.sent.listOld(Date.now() + 6 * 86_400_000)).toEqual([]);
  const old = await ana.feed.sent.listOld(Date.now() + 8 * 86_400_000);
  expect(old).toEqual(kept.map(({ edit }) => edit.editId));
  await ana.feed.sent.forget(old.slice(0, 1));
  expect(await ana.feed.sent.list()).toEqual(kept.slice(1));
});

/** Stops the server and starts one on what a backup holds, as `restore` leaves it, at the same address. */
async function putBack(backup: Blob): Promise<void> {
  const { port } = new URL(server.url);
  await server.close();
  const db = await openDatabase({ kind: "embedded", dataDir: null, snapshot: backup });
  await db.transaction(beginFeedEpoch);
  server = await startTestServer({ db, identities, config: { port: Number(port) } });
  for (const { engine } of desks) engine.now();
}

type Way = (transport: SyncTransport) => SyncTransport;

/** As a company's proxy lets it through: requests, and no stream. */
function withoutStreams(transport: SyncTransport): SyncTransport {
  return {
    ...transport,
    openStream(listener) {
      queueMicrotask(() => listener.closed({ kind: "no-answer", trouble: null }));
      return { send: () => {}, close: () => {} };
    },
  };
}

/**
 * From `hold` on pulls are answered before anything is sent, and the device hears what they were answered only once it is
 * told to: of pages alone, or of nothing, so that what it sends is the first to tell it of another epoch.
 */
function createPullHold() {
  let held: "nothing" | "pages" | "all" = "nothing";
  let read = () => {};
  let isRead = Promise.resolve();
  let released = Promise.resolve();
  let release = () => {};
  return {
    over: (transport: SyncTransport): SyncTransport => ({
      ...transport,
      async pull(request, signal) {
        const answer = await transport.pull(request, signal);
        const isNews = held === "all" && !answer.ok && answer.error.kind === "scope-changed";
        if (held === "nothing" || !(answer.ok || isNews)) return answer;
        if (request.collection === "leads") read();
        const given = new Promise((resolve) => signal.addEventListener("abort", resolve));
        await Promise.race([released, given]);
        return answer;
      },
      async push(request, signal) {
        await isRead;
        return transport.push(request, signal);
      },
    }),
    hold(what: "pages" | "all") {
      held = what;
      isRead = new Promise((resolve) => (read = resolve));
      released = new Promise((resolve) => (release = resolve));
    },
    release() {
      held = "nothing";
      release();
    },
  };
}

async function openDesk(
  who: TestPerson,
  way: Way = (transport) => transport,
  timers = systemTimers,
): Promise<SyncDesk> {
  const { token, deviceId } = identities.signIn(who);
  const transport = createHttpTransport({ serverUrl: server.url, token });
  const desk = await openSyncDesk({
    me: { userId: who.userId, name: who.name, role: who.role, teamIds: who.teamIds },
    transport: way(transport),
    device: deviceId,
    collections,
    timers,
    pageLength: 1,
  });
  desks.push(desk);
  desk.engine.start();
  await untilSync(desk, isQuiet);
  return desk;
}

async function create(desk: SyncDesk, fields: Record<string, unknown>): Promise<string> {
  const id = newRecordId();
  const made = await desk.replica.edits.apply(
    [{ kind: "create", collection: "leads", id, fields: { name: "", ...fields } as never }],
    "Added",
  );
  if (!made.ok) throw new Error(made.error.message);
  return id;
}

async function set(desk: SyncDesk, id: string, fields: Record<string, unknown>): Promise<void> {
  const done = await desk.replica.edits.apply(
    [{ kind: "update", collection: "leads", id, set: fields as never }],
    "Edited",
  );
  if (!done.ok) throw new Error(done.error.message);
}

/** Everything sent and pulled, and nothing pulled for another epoch than the server's. */
async function untilSent(desk: SyncDesk): Promise<void> {
  const isDone = async () => {
    const { feed, engine, replica } = desk;
    const { scope, repull } = feed.position("leads");
    const current = scope.endsWith(`epoch:${await readEpoch()}`) && !repull;
    return isQuiet(engine.state()) && replica.journal.counts().unsent === 0 && current;
  };
  await until(isDone, () => `sync stands at ${JSON.stringify(desk.engine.state())}`);
}

function untilSeen(desk: SyncDesk, id: string, field: string, value: unknown): Promise<void> {
  return until(
    async () =>
      ((await desk.replica.reads.get("leads", id)) as Record<string, unknown> | null)?.[field] === value,
    () => `${field} of ${id} is not ${String(value)}`,
  );
}

async function until(isThere: () => Promise<boolean>, explain: () => string): Promise<void> {
  const deadline = performance.now() + 40_000;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error(explain());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function untilStored(id: string): Promise<void> {
  return until(
    async () => (await readLead(id)) !== undefined,
    () => `${id} never came`,
  );
}

async function readEpoch(): Promise<string> {
  return readFeedEpoch(server.db.owner);
}

async function readLead(id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = (await server.db.owner.execute(
    sql`SELECT doc FROM leads WHERE id = ${id}`,
  )) as unknown as { rows: { doc: Record<string, unknown> }[] };
  return rows[0]?.doc;
}
