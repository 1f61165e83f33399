import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { newRecordId, type RecordId } from "../../../shared/entities/id.ts";
import { inTenant } from "../../../sync-server/database/index.ts";
import { announceSaid, askToHangUp, saveRecords, takeCallEvents } from "../../../sync-server/sync/index.ts";
import { isQuiet, openSyncDesk, untilSync, type SyncDesk } from "../../../testing/fakes/sync-desk.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { people, type TestPerson } from "../../../testing/server/test-identities.ts";
import type { StreamDown } from "../../../shared/sync/wire.ts";
import { createHttpTransport } from "./http-transport.ts";
import type { SyncTransport } from "./transport.ts";

type SaidMessage = Extract<StreamDown, { type: "said" }>;

// The real server over real sockets; what only a bad network does is in the simulation.
let server: TestServer;
let desks: SyncDesk[] = [];
const collections = ["settings", "leads", "tasks", "calls", "insights"] as const;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => {
  desks = [];
});
afterEach(async () => {
  for (const desk of desks) await desk.dispose();
});

async function openDesk(
  who: TestPerson,
  pageLength = 100,
  through: (transport: SyncTransport) => SyncTransport = (transport) => transport,
  onSaid: (message: SaidMessage) => void = () => {},
  onHangUp: (message: { callId: string }) => void = () => {},
): Promise<SyncDesk & { token: string }> {
  const { token, deviceId } = server.identities.signIn(who);
  const desk = await openSyncDesk({
    me: { userId: who.userId, name: who.name, role: who.role, teamIds: who.teamIds },
    transport: through(createHttpTransport({ serverUrl: server.url, token })),
    device: deviceId,
    collections,
    pageLength,
    onSaid,
    onHangUp,
  });
  desks.push(desk);
  return { ...desk, token };
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const leadOf = (desk: SyncDesk, id: string) => desk.replica.reads.get("leads", id);
const nameOf = async (desk: SyncDesk, id: string) => (await leadOf(desk, id))?.name;

/** Picked up at a company's own exchange, where only desks tell of calls. */
function pickedUpBy(who: string): CallEvent[] {
  const head = { source: `device:${who}`, at: "2026-03-01T10:00:00.000Z" };
  const both = { from: "+13125550147", to: "101", provider: "sip" };
  return [
    { ...head, key: "1", seq: 0, type: "offered", ...both, leadId: null },
    { ...head, key: "2", seq: 1, type: "answered", agentId: who },
  ] as CallEvent[];
}

test("when the connection went is known until there is one again", async () => {
  const ana = await openDesk(people.ana);
  expect(ana.engine.offlineSince()).toBeNull();
  ana.engine.start();
  await untilSync(ana, isQuiet);
  expect(ana.engine.offlineSince()).toBeNull();
  const before = new Date().toISOString();
  ana.engine.pause(true);
  const since = ana.engine.offlineSince() ?? "";
  expect([before, since, new Date().toISOString()].toSorted()[1]).toBe(since);
  ana.engine.pause(false);
  expect(ana.engine.offlineSince()).toBe(since);
  await untilSync(ana, isQuiet);
  expect(ana.engine.offlineSince()).toBeNull();
});

test("[STREAM-8] what is being said in a call is handed on as it comes", async () => {
  const heard: SaidMessage[] = [];
  const ana = await openDesk(people.ana, 100, undefined, (message) => heard.push(message));
  ana.engine.start();
  await untilSync(ana, isQuiet);
  const callId = newRecordId();
  const utterance = { id: `${callId}:c:0` as RecordId, speaker: "customer" as const, startMs: 0, endMs: 400, text: "Hello", timing: [0, 400], revision: 2, final: true }; // prettier-ignore
  await inTenant(
    server.db,
    { tenantId: server.tenantId },
    (tx) =>
    announceSaid(tx, { tenantId: server.tenantId, callId, users: ["ana"], utterances: [utterance], stopped: false, heard: {} }), // prettier-ignore
  );
  await until(() => heard.length > 0);
  expect(heard).toEqual([{ type: "said", callId, utterances: [utterance], stopped: false }]);
});

test("[STREAM-9] a call that somebody else ends is told to the desks of whoever is in it", async () => {
  const heard: string[] = [];
  const ana = await openDesk(people.ana, 100, undefined, undefined, ({ callId }) =>
    heard.push(`ana ${callId}`),
  );
  const max = await openDesk(people.max, 100, undefined, undefined, ({ callId }) =>
    heard.push(`max ${callId}`),
  );
  for (const desk of [ana, max]) {
    desk.engine.start();
    await untilSync(desk, isQuiet);
  }
  const [first, second] = [newRecordId(), newRecordId()];
  const { tenantId } = server;
  await inTenant(server.db, { tenantId }, (tx) =>
    askToHangUp(tx, { tenantId, userId: "ana", callId: first }),
  );
  await inTenant(server.db, { tenantId }, (tx) =>
    askToHangUp(tx, { tenantId, userId: "max", callId: second }),
  );
  await until(() => heard.length > 1);
  expect(heard.toSorted()).toEqual([`ana ${first}`, `max ${second}`]);
});

async function create(desk: SyncDesk, fields: Record<string, unknown>): Promise<string> {
  const id = newRecordId();
  const made = await desk.replica.edits.apply(
    [{ kind: "create", collection: "leads", id, fields: { name: "Maria", ...fields } as never }],
    "Added",
  );
  expect(made.ok).toBe(true);
  return id;
}
const set = (desk: SyncDesk, id: string, fields: Record<string, unknown>) =>
  desk.replica.edits.apply([{ kind: "update", collection: "leads", id, set: fields as never }], "Edited");

async function seed(count: number, own: Record<string, unknown> = {}): Promise<void> {
  const now = "2026-01-01T09:00:00.000Z";
  const leads = Array.from({ length: count }, (_, n) => ({
    ...fields.lead({ name: `Seed ${n}`, ...own }),
    id: newRecordId(),
  }));
  await inTenant(server.db, { tenantId: server.tenantId }, (tx) =>
    saveRecords(tx, server.tenantId, "leads", leads, { now }),
  );
}

test("[STREAM-3] [PULL-6] a first sync brings everything, in pages, and then changes come by themselves", async () => {
  await seed(250, { ownerId: people.ana.userId });
  const ana = await openDesk(people.ana, 50);
  ana.engine.start();
  await untilSync(ana, isQuiet);
  const [row] = await ana.replica.reads.sql<{ n: number }>(
    `select count(*)::int as n from ${ana.replica.reads.table("leads")} where not deleted`,
  );
  expect(row?.n).toBeGreaterThanOrEqual(250);
  expect(ana.feed.position("leads")).toMatchObject({ complete: true, total: row?.n, done: row?.n });

  const max = await openDesk(people.max);
  max.engine.start();
  await untilSync(max, isQuiet);
  const id = await create(max, { name: "Live", teamId: "north" });
  await until(async () => (await nameOf(ana, id)) === "Live");
  expect(await leadOf(max, id)).toMatchObject({ rev: 1 });
  expect(max.replica.journal.counts().unsent).toBe(0);
  expect(ana.troubles).toEqual([]);
});

test("[EDIT-4] what two desks type without a network is merged, the loser kept, both desks equal", async () => {
  const ana = await openDesk(people.ana);
  const max = await openDesk(people.max);
  for (const desk of [ana, max]) desk.engine.start();
  await untilSync(ana, isQuiet);
  await untilSync(max, isQuiet);
  const id = await create(ana, { teamId: "north", ownerId: people.ana.userId });
  await until(async () => (await nameOf(max, id)) === "Maria");
  for (const desk of [ana, max]) desk.engine.pause(true);
  await set(ana, id, { name: "Maria Kowalski", city: "Gdańsk" });
  await set(max, id, { name: "Marie", company: "Kowal" });
  expect(await leadOf(ana, id)).toMatchObject({ name: "Maria Kowalski", company: "" });

  ana.engine.pause(false);
  await untilSync(ana, isQuiet);
  max.engine.pause(false);
  await untilSync(max, isQuiet);
  await until(async () => (await nameOf(ana, id)) === "Marie");
  const lead = await leadOf(ana, id);
  expect(lead).toMatchObject({
    city: "Gdańsk",
    company: "Kowal",
    kept: [{ field: "name", value: "Maria Kowalski" }],
  });
  expect(await leadOf(max, id)).toEqual(lead);
});

test("[PUSH-3] a refused edit stays with its reason and no longer shows; a showing and a word on a stranger's call, which nobody made, are gone", async () => {
  const ana = await openDesk(people.ana);
  const max = await openDesk(people.max);
  for (const desk of [ana, max]) desk.engine.start();
  await untilSync(ana, isQuiet);
  await untilSync(max, isQuiet);
  const id = await create(max, { teamId: "north", ownerId: people.max.userId });
  await until(async () => (await nameOf(ana, id)) === "Maria");
  // Ana's desk believes that it may: the server has the last word.
  ana.engine.pause(true);
  await set(ana, id, { city: "Bonn" });
  const shown = "shown:in-her-call" as RecordId;
  const at = "2026-03-01T10:00:00.000Z";
  const seen = {
    kind: "card-shown",
    at,
    leadId: id,
    byId: "ana",
    card: "price",
    atMs: 1_000,
    state: "shown",
  };
  await ana.replica.edits.apply([{ kind: "create", collection: "insights", id: shown, fields: seen }], "Saw a card"); // prettier-ignore
  expect(await ana.replica.reads.get("insights", shown)).not.toBeNull();
  // Whoever was given a call may be heard before whoever gave it: one that she may see, and one that she may not.
  const [ofMax, ofBen] = [newRecordId(), newRecordId()];
  await inTenant(server.db, { tenantId: server.tenantId }, (tx) =>
    takeCallEvents(
      tx,
      server.tenantId,
      new Map([
        [ofMax, pickedUpBy("max")],
        [ofBen, pickedUpBy("ben")],
      ]),
      { now: at },
    ),
  );
  for (const call of [ofMax, ofBen])
    await ana.replica.edits.apply(
      [{ kind: "report", collection: "calls", id: call, events: pickedUpBy("ana") }],
      "A call",
    );
  expect(await ana.replica.reads.get("calls", ofBen)).toMatchObject({ agentId: "ana" });
  await set(max, id, { teamId: null, ownerId: people.max.userId });
  await until(() => max.replica.journal.counts().unsent === 0);
  ana.engine.pause(false);
  await until(() => ana.refused.length === 1 && ana.replica.journal.counts().unsent === 0);
  expect(await ana.replica.reads.get("insights", shown)).toBeNull();
  expect(await ana.replica.reads.get("calls", ofBen)).toBeNull();
  await until(async () => (await ana.replica.reads.get("calls", ofMax))?.agentId === "max");
  expect(ana.replica.journal.counts()).toEqual({ unsent: 0, refused: 1, blocked: 0 });
  expect(ana.refused[0]?.refusal.code).toBe("not-found");
  await until(async () => (await leadOf(ana, id)) === null);
});

test("[PUSH-4] edits that build on a refused creation wait with it", async () => {
  const ana = await openDesk(people.ana);
  const id = newRecordId();
  const edits = ["create", "update"].map((kind) => ({
    editId: newRecordId() as never,
    collection: "leads" as const,
    id,
    at: "2026-03-01T10:00:00.000Z",
    rev: 0,
    ...(kind === "create"
      ? { kind: "create" as const, fields: { ...fields.lead({ name: "X" }), custom: { nonsense: 1 } } }
      : { kind: "update" as const, changes: { city: { from: "", to: "Bonn" } } }),
  }));
  await ana.replica.journal.append(
    edits.map((edit) => ({ type: "edited", edit: edit as never, label: "Added" })),
  );
  ana.engine.start();
  await until(() => ana.refused.length === 1);
  expect(ana.replica.journal.counts()).toEqual({ unsent: 0, refused: 1, blocked: 1 });
});

test("[AUD-4] another scope: what may no longer be seen goes, what may be seen now comes", async () => {
  const ana = await openDesk(people.ana);
  const max = await openDesk(people.max);
  max.engine.start();
  await untilSync(max, isQuiet);
  const north = await create(max, { name: "North", teamId: "north", ownerId: null });
  const south = await create(max, { name: "South", teamId: "south", ownerId: null });
  await untilSync(max, isQuiet);
  ana.engine.start();
  await until(async () => (await nameOf(ana, north)) === "North");
  expect(await leadOf(ana, south)).toBeNull();
  await untilSync(ana, isQuiet);
  ana.engine.pause(true);
  server.identities.change(ana.token, { teamIds: people.ben.teamIds });
  ana.engine.pause(false);
  await until(async () => (await nameOf(ana, south)) === "South" && (await leadOf(ana, north)) === null);
  await untilSync(ana, isQuiet);
  expect(ana.feed.position("leads")).toMatchObject({ repull: false, complete: true });
  expect(await ana.replica.reads.sql("select * from ringside_seen")).toEqual([]);
});

test("[SES-2] a revoked session stops sync and keeps everything", async () => {
  const ana = await openDesk(people.ana);
  ana.engine.start();
  await untilSync(ana, isQuiet);
  ana.engine.pause(true);
  const id = await create(ana, {});
  server.identities.change(ana.token, { code: "revoked", message: "Signed out by an admin." });
  ana.engine.pause(false);
  await untilSync(ana, ({ phase }) => phase === "stopped");
  expect(ana.ends).toEqual(["revoked"]);
  expect(await nameOf(ana, id)).toBe("Maria");
  expect(ana.replica.journal.counts().unsent).toBe(1);
});

test("[PUSH-7] no server: edits wait, the desk works on, and everything goes up when it is back", async () => {
  const { token, deviceId } = server.identities.signIn(people.ana);
  const nowhere = await openSyncDesk({
    transport: createHttpTransport({ serverUrl: "http://127.0.0.1:9", token }),
    device: deviceId,
    collections,
  });
  desks.push(nowhere);
  nowhere.engine.start();
  await untilSync(nowhere, ({ phase }) => phase === "waiting");
  expect(nowhere.engine.state()).toMatchObject({ failures: 1, trouble: null });
  const id = await create(nowhere, {});
  expect(await nameOf(nowhere, id)).toBe("Maria");
});

test("[PUSH-1] edits go in the order in which they were made, in as many requests as they need", async () => {
  const requests: string[][] = [];
  const ana = await openDesk(people.ana, 100, (transport) => ({
    ...transport,
    push(request, signal) {
      requests.push(request.edits.map(({ editId }) => editId));
      return transport.push(request, signal);
    },
  }));
  const made = Array.from({ length: 600 }, () => ({
    ...{ kind: "create" as const, collection: "leads" as const, id: newRecordId() },
    fields: fields.lead({ ownerId: "ana", teamId: "north" }) as never,
  }));
  expect(await ana.replica.edits.apply(made, "Made")).toMatchObject({ ok: true });
  await set(ana, made[0]?.id ?? "", { city: "Bern" });
  const inOrder = ana.replica.journal.unsent(1_000).map(({ edit }) => edit);
  expect(inOrder.map(({ id }) => id)).toEqual([...made.map(({ id }) => id), made[0]?.id]);
  ana.engine.start();
  await until(() => ana.replica.journal.counts().unsent === 0);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.flat()).toEqual(inOrder.map(({ editId }) => editId));
});

test("a break that was chosen without a network is told with its reason when there is one", async () => {
  const [ana, max] = [await openDesk(people.ana), await openDesk(people.max)];
  ana.presence.setMine("break", "lunch");
  max.engine.start();
  await untilSync(max, isQuiet);
  ana.engine.start();
  await until(() =>
    max.presence.people().some(({ userId, reason }) => userId === "ana" && reason === "lunch"),
  );
});

test("[PUSH-9] an answer that was long on its way does not bring back a lead that was handed over meanwhile", async () => {
  const release = Promise.withResolvers<void>();
  const ana = await openDesk(people.ana, 100, (transport) => ({
    ...transport,
    async push(request, signal) {
      const answer = await transport.push(request, signal);
      await release.promise;
      return answer;
    },
  }));
  const max = await openDesk(people.max);
  for (const desk of [ana, max]) desk.engine.start();
  const id = await create(max, { teamId: "north" });
  await until(async () => (await nameOf(ana, id)) === "Maria");

  await set(ana, id, { city: "Leeds" });
  await until(async () => (await leadOf(max, id))?.city === "Leeds");
  await set(max, id, { teamId: "south" });
  await until(async () => (await leadOf(ana, id)) === null);
  release.resolve();
  await until(() => ana.replica.journal.counts().unsent === 0);
  expect(await leadOf(ana, id)).toBeNull();
});
