import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemTimers, type Timers } from "../../shared/result/ports.ts";
import type { ConversionModel } from "../../shared/scoring/conversion/model.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { Setting } from "../../shared/entities/setting.ts";
import { inSystem, inTenant, isoText, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { addJob } from "../../sync-server/jobs/index.ts";
import { startScoring } from "../../sync-server/scoring/index.ts";
import { nextNight } from "../../sync-server/scoring/next-night.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { someChat } from "../fakes/some-story.ts";
import { startTestServer, type TestServer } from "../server/start-test-server.ts";
import { createTestDevice, edit } from "../server/test-device.ts";
import { people, testTenant as tenantId } from "../server/test-identities.ts";

const nowMs = Date.parse("2026-11-21T12:00:00.000Z");
const daysAgo = (days: number) => new Date(nowMs - days * 86_400_000).toISOString();
const other = "other";
const won = { id: "stage:deals:won", kind: "stage", order: 1, pipeline: "deals", key: "won", label: "Won", outcome: "won", archived: false }; // prettier-ignore

const call = (leadId: string, days: number) => ({
  ...{
    id: `call-${leadId}-${days}`,
    leadId,
    agentId: null,
    teamId: null,
    direction: "outbound",
    from: "",
    to: "",
  },
  ...{
    startedAt: daysAgo(days),
    answeredAt: daysAgo(days),
    endedAt: daysAgo(days - 0.005),
    endReason: "",
    line: null,
  },
  ...{ disposition: "", notes: "", summary: "", sentiment: "positive", recording: "" },
});
const deal = (leadId: string) => ({
  ...{
    id: `deal-${leadId}`,
    name: "Lease",
    leadId,
    listingId: null,
    stage: "won",
    value: null,
    currency: "USD",
  },
  ...{ expectedCloseOn: null, probability: null, ownerId: null, teamId: null, notes: "", custom: {} },
});

/** Training and scoring as jobs, on one kind of database. */
export function scoringSuite(open: () => Promise<Database>): void {
  let server: TestServer;
  /** For how long the job rested between pages: nothing else here waits for less than half a second. */
  const restsMs: number[] = [];
  const timers: Timers = {
    after(delayMs, task) {
      if (delayMs < 500) restsMs.push(delayMs);
      return systemTimers.after(delayMs, task);
    },
  };

  beforeAll(async () => {
    const db = await open();
    await inSystem(db, async (tx) => {
      await tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${other}, 'Other')`);
      await tx.execute(
        sql`INSERT INTO jobs (tenant_id, kind, key, payload, due_at, attempts, failed_at)
            VALUES (${other}, 'scoring.train', 'tenant', '{}', ${daysAgo(1)}, 8, ${daysAgo(1)})`,
      );
    });
    server = await startTestServer({
      db,
      clock: { now: () => nowMs },
      add: (context) => startScoring({ ...context, timers }),
    });
  });
  afterAll(() => server.close());

  const save = (of: string, collection: Parameters<typeof saveRecords>[2], records: Parameters<typeof saveRecords>[3], now = daysAgo(90)) => inTenant(server.db, { tenantId: of }, (tx) => saveRecords(tx, of, collection, records, { now })); // prettier-ignore
  const train = (of: string) => inTenant(server.db, { tenantId: of }, (tx) => addJob(tx, { tenantId: of, kind: "scoring.train", key: "tenant", dueAt: new Date(nowMs) })); // prettier-ignore
  const model = async (of: string) => (await inTenant(server.db, { tenantId: of }, (tx) => rowsOf<{ doc: { model: ConversionModel } }>(tx, sql`SELECT doc FROM settings WHERE tenant_id = ${of} AND id = 'conversion'`)))[0]?.doc.model; // prettier-ignore
  const scores = async (of: string) => (await inTenant(server.db, { tenantId: of }, (tx) => rowsOf<{ id: string; score: number | null; rev: number }>(tx, sql`SELECT id, (doc->>'score')::int AS score, rev FROM leads WHERE tenant_id = ${of} ORDER BY id`))); // prettier-ignore
  const soon = <T>(read: () => T) => expect.poll(read, { interval: 50 });

  test("a training that was given up is asked for anew, each tenant's at its own time of the night", async () => {
    const readDue = () =>
      inSystem(server.db, (tx) =>
        rowsOf<{ of: string; at: string; failed: boolean }>(
          tx,
          sql`SELECT tenant_id AS of, ${isoText(sql`due_at`)} AS at, failed_at IS NOT NULL AS failed
              FROM jobs WHERE kind = 'scoring.train' ORDER BY tenant_id = ${tenantId}`,
        ),
      );
    const night = (of: string) => nextNight(of, new Date(nowMs)).toISOString();
    // A server that has started asks for them behind what it answers.
    await soon(readDue).toEqual([other, tenantId].map((of) => ({ of, at: night(of), failed: false })));
    expect(night(other)).not.toBe(night(tenantId));
    for (const one of [other, tenantId]) expect(night(one)).toMatch(/^2026-11-22T0[1-3]:/u);
  });

  test("a tenant learns of its own calls and wins alone, and every lead is scored, page after page, with a rest between them", async () => {
    const leads = Array.from({ length: 450 }, (_, index) => `lead-${String(index).padStart(3, "0")}`);
    await save(tenantId, "leads", leads.map((id) => ({ id, ...fields.lead({ name: id, phone: "+442079460000" }) }))); // prettier-ignore
    await save(tenantId, "settings", [won]);
    const called = leads.slice(0, 60);
    await save(
      tenantId,
      "calls",
      called.map((id) => call(id, 80)),
    );
    await save(
      tenantId,
      "calls",
      called.slice(0, 5).map((id) => call(id, 3)),
      daysAgo(3),
    );
    await save(tenantId, "deals", called.slice(0, 20).map(deal), daysAgo(70));
    // What is written of it afterwards does not change when it was won.
    await save(tenantId, "deals", called.slice(0, 20).map((id) => ({ ...deal(id), notes: "Thanked." })), daysAgo(3)); // prettier-ignore
    await save(other, "leads", [{ id: "theirs", ...fields.lead() }]);
    await save(other, "settings", [won]);
    await save(other, "calls", [call("theirs", 80)]);
    await train(tenantId);
    await train(other);

    await soon(() => model(tenantId)).toMatchObject({ version: 1, contacts: 60, converted: 20 });
    await soon(() => model(other)).toMatchObject({ version: 1, contacts: 1, converted: 0 });
    await soon(async () => (await scores(tenantId)).filter(({ score }) => score === null)).toEqual([]);
    expect(restsMs.length).toBeGreaterThanOrEqual(2);
    const [lately, longAgo, never] = await Promise.all(["lead-000", "lead-050", "lead-449"].map(async (id) => (await scores(tenantId)).find((lead) => lead.id === id)?.score ?? -1)); // prettier-ignore
    expect(lately).toBeGreaterThan(longAgo ?? 0);
    expect(longAgo).toBeGreaterThan(never ?? 0);
    const [stored] = await inTenant(server.db, { tenantId }, (tx) => rowsOf<{ doc: unknown }>(tx, sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = 'conversion'`)); // prettier-ignore
    expect(() => Setting.parse(stored?.doc)).not.toThrow();
  });

  test("learned again it is the next version, kept beside the first; scores that did not change are not written", async () => {
    const before = await scores(tenantId);
    await train(tenantId);
    await soon(() => model(tenantId)).toMatchObject({ version: 2 });
    const versions = () => inTenant(server.db, { tenantId }, (tx) => rowsOf<{ version: number; tenant: string }>(tx, sql`SELECT version, tenant_id AS tenant FROM conversion_models ORDER BY version`)); // prettier-ignore
    expect(await versions()).toEqual([{ version: 1, tenant: tenantId }, { version: 2, tenant: tenantId }]); // prettier-ignore
    const left = () => inSystem(server.db, (tx) => rowsOf(tx, sql`SELECT 1 FROM jobs WHERE kind = 'scoring.leads' AND tenant_id = ${tenantId}`)); // prettier-ignore
    await soon(left).toEqual([]);
    expect(await scores(tenantId)).toEqual(before);
  });

  test("who was called or came since is scored within the hour, and nobody else is written", async () => {
    const look = () => inTenant(server.db, { tenantId }, (tx) => addJob(tx, { tenantId, kind: "scoring.touched", key: "tenant", payload: positions, dueAt: new Date(nowMs) })); // prettier-ignore
    const waiting = () => inSystem(server.db, (tx) => rowsOf<{ payload: { positions?: unknown }; later: boolean }>(tx, sql`SELECT payload, due_at > ${new Date(nowMs).toISOString()}::timestamptz AND due_at <> 'infinity' AS later FROM jobs WHERE kind = 'scoring.touched' AND tenant_id = ${tenantId}`)); // prettier-ignore
    let positions: Record<string, unknown> = {};
    const looked = async () => {
      await look();
      await soon(async () => (await waiting())[0]).toMatchObject({ later: true, payload: { positions: expect.anything() } }); // prettier-ignore
      positions = (await waiting())[0]?.payload ?? {};
    };
    // Everything that was written so far, page after page.
    await looked();
    const before = await scores(tenantId);
    await looked();
    expect(await scores(tenantId)).toEqual(before);

    await save(tenantId, "leads", [{ id: "newcomer", ...fields.lead({ name: "New", phone: "+442079460001" }) }], daysAgo(0)); // prettier-ignore
    await save(tenantId, "calls", [call("lead-449", 1)], daysAgo(1));
    await save(tenantId, "insights", [someChat({ at: daysAgo(1), leadId: "lead-448" as RecordId })], daysAgo(1)); // prettier-ignore
    await looked();
    const after = await scores(tenantId);
    expect(after.find(({ id }) => id === "newcomer")?.score).toEqual(expect.any(Number));
    // Called, and came to a chat.
    const moved = ["lead-449", "lead-448"];
    const scoreOf = (among: typeof after, of: string) => among.find(({ id }) => id === of)?.score ?? 0;
    for (const id of moved) expect(scoreOf(after, id)).toBeGreaterThan(scoreOf(before, id) + 2);
    const others = (among: typeof after) =>
      among.filter(({ id }) => id !== "newcomer" && !moved.includes(id));
    expect(others(after)).toEqual(others(before));
  });

  test("a call or a chat that is another lead's after all counts for that one, and no more for the first", async () => {
    const before = await scores(tenantId);
    const scoreOf = (among: typeof before, of: string) => among.find(({ id }) => id === of)?.score ?? 0;
    const [called, chatted] = [scoreOf(before, "lead-449"), scoreOf(before, "lead-448")];
    const max = createTestDevice(server, people.max);
    const toAnother = edit.update("calls", call("lead-449", 1).id, 1, {
      leadId: { from: "lead-449", to: "lead-447" },
    });
    expect(await max.push(toAnother)).toMatchObject([{ outcome: "accepted" }]);
    await save(tenantId, "insights", [someChat({ at: daysAgo(1), leadId: "lead-447" as RecordId })], daysAgo(0)); // prettier-ignore
    await soon(async () => scoreOf(await scores(tenantId), "lead-449")).toBeLessThan(called - 2);
    await soon(async () => scoreOf(await scores(tenantId), "lead-448")).toBeLessThan(chatted - 2);
  });
}
