import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { reportCall } from "../../main/replica/phone/report-calls.ts";
import type { CallEvent } from "../../shared/calls/call-event.ts";
import { newRecordId, type RecordId, type UserId } from "../../shared/entities/id.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { isQuiet } from "../fakes/sync-desk.ts";
import { openTestDatabase } from "../server/open-test-database.ts";
import { people, testTenant } from "../server/test-identities.ts";
import { makeDice } from "./random.ts";
import { openSimDesk, type SimDesk } from "./sim-desk.ts";
import { calm, createSimLink, noFaults, type FaultCounts } from "./sim-link.ts";
import { createSimServer, type SimServer } from "./sim-server.ts";
import { VirtualTime } from "./virtual-time.ts";

const startMs = Date.parse("2026-03-02T08:00:00.000Z");
const aheadMs = 90_000;

let time: VirtualTime;
let server: SimServer;
let desk: SimDesk;
let faults: FaultCounts;
let said: number;

beforeEach(async () => {
  time = new VirtualTime(startMs);
  said = 0;
  faults = noFaults();
  const dice = makeDice(seededRandom(7));
  server = await createSimServer(await openTestDatabase(), { clock: time, timers: time });
  const { token, deviceId: device } = server.identities.signIn(people.ana);
  const link = createSimLink({ time, dice, server, token, counts: faults });
  link.weather = calm;
  desk = await openSimDesk({
    ...{ name: "ana's desk", who: people.ana, device, token, link, time, dice },
    skewMs: aheadMs,
    collections: ["settings", "calls", "tasks"],
  });
  await untilQuiet();
});
afterEach(async () => {
  await desk.dispose();
  await server.close();
});

test.each([
  ["that ends", true],
  ["that begins and ends", false],
])(
  "a call %s while the server is away is complete after reconnection, once",
  { timeout: 240_000 },
  async (_which, isKnown) => {
    const id = newRecordId();
    if (isKnown) {
      await begin(id);
      await untilQuiet();
      expect((await server.readAll("calls"))[0]?.doc).toMatchObject({ line: { phase: { phase: "live" } } });
    }
    await time.hold(server.stop());
    if (!isKnown) await begin(id);
    await report(id, { type: "held" });
    await report(id, { type: "resumed" });
    await desk.crash();
    await report(id, { type: "ended", why: "completed" });
    const taskId = await writeUp(id);
    await desk.crash();
    await report(id, { type: "wrapped-up", by: "agent" });
    await desk.crash();
    expect(desk.open().replica.journal.counts().unsent).toBeGreaterThan(0);
    expect(await desk.open().replica.reads.get("calls", id), "the desk itself knows it whole").toMatchObject({
      ...{ disposition: "won", notes: "Wants the fourth floor", endReason: "completed" },
    });
    // A desk that starts anew says what its person chooses now, not what was true before.
    desk.open().presence.setMine("break", "lunch");

    // Each request arrives twice, and many an answer is lost.
    desk.link.weather = { ...calm, repeatRequest: 1, loseAnswer: 0.4 };
    await time.hold(server.start());
    await untilQuiet();
    expect(faults.repeatedRequests).toBeGreaterThan(0);

    const calls = await server.readAll("calls");
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ id, deleted: false });
    expect(calls[0]?.doc).toMatchObject({
      ...{ agentId: "ana", direction: "outbound", from: number.from, to: number.to, kept: [] },
      // Told by the server's clock, although the desk's is ahead.
      ...{ startedAt: at(1), answeredAt: at(3), endedAt: at(6), endReason: "completed" },
      ...{ disposition: "won", notes: "Wants the fourth floor" },
      line: { phase: { phase: "ended", why: "completed" }, holdMs: 1_000 },
    });
    expect(await storedEvents(id)).toEqual(["requested", "dialled", "answered", "held", "resumed", "ended", "wrapped-up"]); // prettier-ignore
    const tasks = await server.readAll("tasks");
    expect(tasks.map((task) => task.id)).toEqual([taskId]);
    expect(tasks[0]?.doc).toMatchObject({ title: "Send the plan", callId: id, assigneeId: "ana" });
    expect(await countChanges(id, "disposition", "won")).toBe(1);
    expect(await countChanges(id, "notes", "Wants the fourth floor")).toBe(1);
    expect(await presenceNow()).toEqual([{ presence: "break", reason: "lunch" }]);
    expect(desk.open().replica.journal.counts()).toMatchObject({ unsent: 0 });
    expect(desk.open().refused).toEqual([]);
    expect(desk.open().troubles).toEqual([]);
    expect(await desk.open().replica.reads.get("calls", id)).toEqual(calls[0]?.doc);
  },
);

const number = { from: "+13125550100", to: "+13125550147", provider: "simulator" };

async function begin(id: RecordId): Promise<void> {
  await report(id, { type: "requested", ...number, agentId: "ana" as UserId, leadId: null });
  await report(id, { type: "dialled" });
  await report(id, { type: "answered", agentId: "ana" as UserId });
}

/** One second later the phone says so, by the server's clock, and the desk has it on its disk when this returns. */
async function report(id: RecordId, what: object): Promise<void> {
  said += 1;
  const now = new Date(startMs + said * 1_000).toISOString();
  const event = { source: "device:this", key: `${said}`, seq: said, at: now, ...what } as CallEvent;
  const { edits } = desk.open().replica;
  expect(await time.hold(reportCall(edits, "desk-1", id, [event]))).toEqual({
    ok: true,
    value: {},
  });
}

/** What an agent does in wrap-up. @returns the id of the task */
async function writeUp(callId: RecordId): Promise<RecordId> {
  const id = newRecordId();
  const { edits } = desk.open().replica;
  const update = { kind: "update", collection: "calls", id: callId } as const;
  const task = fields.task({ title: "Send the plan", callId, assigneeId: "ana" });
  for (const draft of [
    { ...update, set: { disposition: "won" } },
    { ...update, set: { notes: "Wants the fourth floor" } },
    { kind: "create" as const, collection: "tasks" as const, id, fields: task as never },
  ])
    expect(await time.hold(edits.apply([draft], "Wrap-up"))).toMatchObject({ ok: true });
  return id;
}

async function untilQuiet(): Promise<void> {
  for (let minute = 0; minute < 30; minute += 1) {
    await time.pass(60_000);
    const { engine, replica } = desk.open();
    if (isQuiet(engine.state()) && replica.journal.counts().unsent === 0) return;
    engine.now();
  }
  throw new Error(`the desk does not come to rest: ${JSON.stringify(desk.open().engine.state())}`);
}

async function storedEvents(id: string): Promise<string[]> {
  const found = await inTenant(server.db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ type: string }>(
      tx,
      sql`SELECT event->>'type' AS type FROM call_events WHERE call_id = ${id} ORDER BY (event->>'seq')::int`,
    ),
  );
  return found.map(({ type }) => type);
}

async function countChanges(id: string, field: string, to: string): Promise<number> {
  const history = await server.readAll("activities");
  return history
    .filter(({ doc }) => (doc["subject"] as { id: string } | null)?.id === id)
    .flatMap(({ doc }) => doc["changes"] as { field: string; to: unknown }[])
    .filter((change) => change.field === field && change.to === to).length;
}

function presenceNow(): Promise<{ presence: string; reason: string }[]> {
  return inTenant(server.db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ presence: string; reason: string }>(tx, sql`SELECT presence, reason FROM presence`),
  );
}

function at(second: number): string {
  return new Date(startMs + second * 1_000).toISOString();
}
