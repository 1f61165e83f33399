import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemTimers } from "../../shared/result/ports.ts";
import { createLedger } from "../../sync-server/ai/ledger/index.ts";
import type { Settlement } from "../../sync-server/ai/parts-port.ts";
import { inSystem, rowsOf, schema, type Database, type Tx } from "../../sync-server/database/index.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { addModel } from "./add-model.ts";
import { sampleAttempt } from "./sample-attempt.ts";

type NewLimit = Partial<typeof schema.aiLimits.$inferInsert>;
type Ledger = Awaited<ReturnType<typeof createLedger>>;

const dollar = 1_000_000_000;
/** What a sample attempt costs, and the most that it may cost: 3,000 tokens in. */
const perCall = dollar / 1_000;
const mostOfOne = 3.5 * perCall;
const answered: Settlement = {
  usage: { inputTokens: 500, outputTokens: 500 },
  outcome: "answered",
  latencyMs: 120,
  firstMs: null,
};

/** Limits, the bill and the audit on one kind of database. @param concurrent how many ask at once */
export function ledgerSuite(open: () => Promise<Database>, concurrent: number): void {
  let db: Database;
  let ledgers: Ledger[] = [];
  let nowMs = 0;
  const clock = { now: () => nowMs };
  const log = { warn: (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`) };

  beforeAll(async () => {
    db = await open();
  });
  afterEach(async () => {
    for (const ledger of ledgers.splice(0)) await ledger.stop();
    await db.transaction((tx) =>
      tx.execute(sql`TRUNCATE ai_limits, ai_counters, ai_requests, ai_batches, ai_accounts CASCADE`),
    );
  });
  afterAll(() => db.close());

  const openLedger = async (at: string, ...limits: NewLimit[]): Promise<Ledger> => {
    nowMs = Date.parse(at);
    const usual = { tenantId: "north", per: "organisation", measure: "money", period: "month", most: dollar } as const; // prettier-ignore
    const rows = limits.map((limit, index) => ({ ...usual, id: `limit-${index}`, ...limit }));
    if (rows.length > 0) await inSystem(db, (tx) => tx.insert(schema.aiLimits).values(rows));
    const ledger = await createLedger({ db, clock, timers: systemTimers, log });
    ledgers.push(ledger);
    return ledger;
  };
  const counters = () =>
    rowsOf<{ used: number; held: number }>(
      db.owner,
      sql`SELECT used::float8 AS used, held::float8 AS held FROM ai_counters ORDER BY limit_id, subject, first_day`,
    );
  const lines = () =>
    rowsOf(
      db.owner,
      sql`SELECT source, outcome, cost::float8 AS cost, input_tokens AS "in", output_tokens AS "out", doubted, model
          FROM ai_requests ORDER BY id`,
    );
  const use = async (ledger: Ledger, attempt = sampleAttempt(), settlement = answered) => {
    const reserved = await ledger.reserve(attempt);
    if (reserved.ok) await ledger.settle(reserved.value, settlement);
    return reserved;
  };

  test("what was used takes the place of what was held back, once", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", {});
    const reserved = await ledger.reserve(sampleAttempt());
    if (!reserved.ok) expect.fail("there is room");
    expect(await counters()).toEqual([{ used: 0, held: mostOfOne }]);
    await ledger.settle(reserved.value, { ...answered, usage: { inputTokens: 400, outputTokens: 100 } });
    expect(await counters()).toEqual([{ used: perCall / 2, held: 0 }]);
    expect(await lines()).toEqual([
      {
        source: "model",
        outcome: "answered",
        cost: perCall / 2,
        in: 400,
        out: 100,
        doubted: false,
        model: "Big",
      },
    ]);
    await ledger.settle(reserved.value, answered);
    expect(await counters()).toEqual([{ used: perCall / 2, held: 0 }]);
  });

  test(`${concurrent} who ask at once cannot ask more often than they may`, async () => {
    const room = Math.floor(concurrent / 4);
    const limits = [
      { measure: "requests" as const, most: room },
      { per: "each" as const, measure: "requests" as const, most: concurrent },
      { measure: "tokens" as const, period: "day" as const, most: concurrent * 5_000 },
    ];
    const nodes = [
      await openLedger("2026-11-21T12:00:00Z", ...limits),
      await openLedger("2026-11-21T12:00:00Z"),
    ];
    const answers = await Promise.all(
      Array.from({ length: concurrent }, (_, index) => {
        const node = nodes[index % 2];
        return node ? use(node, sampleAttempt({ userId: `user-${index % 3}` })) : expect.fail();
      }),
    );
    const through = answers.filter(({ ok }) => ok).length;
    // What is given back by one may be used by another: exactly as many as there was room for.
    expect(through).toBe(room);
    const [month] = await counters();
    expect(month).toEqual({ used: room, held: 0 });
    expect(await lines()).toHaveLength(room);
    expect((await counters()).every(({ held }) => held === 0)).toBe(true);
  });

  test(`${concurrent} who ask at once and read more than was counted spend at most one call more than there is`, async () => {
    const most = Math.floor(concurrent / 4) * perCall;
    const nodes = [
      await openLedger("2026-11-21T12:00:00Z", { most }),
      await openLedger("2026-11-21T12:00:00Z"),
    ];
    // Twice of what was counted, and five times, which is more than a provider is believed.
    const reads = [1_000, 2_500, 9_000];
    const answers = await Promise.all(
      Array.from({ length: concurrent }, (_, index) => {
        const usage = { inputTokens: reads[index % 3] ?? 0, outputTokens: 500 };
        return use(nodes[index % 2] ?? expect.fail(), sampleAttempt(), { ...answered, usage });
      }),
    );
    const [month] = await counters();
    expect(month?.held).toBe(0);
    expect(month?.used).toBeLessThanOrEqual(most + mostOfOne);
    // Nobody was kept out for longer than others might have used it.
    expect(month?.used).toBeGreaterThan(perCall);
    expect(answers.filter(({ ok }) => ok)).toHaveLength((await lines()).length);
    while ((await use(nodes[0] ?? expect.fail())).ok);
    const spent = (await counters())[0]?.used ?? 0;
    expect(spent).toBeGreaterThan(most - perCall);
    expect(spent).toBeLessThanOrEqual(most + mostOfOne);
  });

  test("a refusal holds nothing back, leaves no line, and says until when", async () => {
    const ledger = await openLedger(
      "2026-11-21T12:00:00Z",
      {},
      { measure: "requests", period: "day", most: 1 },
    );
    expect((await use(ledger)).ok).toBe(true);
    const before = await counters();
    expect(await ledger.reserve(sampleAttempt())).toEqual({
      ok: false,
      error: {
        code: "limited",
        message: "Your organisation's AI quota for this day is used up. It begins anew on 22 November.",
        until: "2026-11-22T00:00:00.000Z",
      },
    });
    expect(await counters()).toEqual(before);
    expect(await lines()).toHaveLength(1);
  });

  test("limits count what they are about", async () => {
    const one = { measure: "requests", most: 1 } as const;
    const ledger = await openLedger(
      "2026-11-21T12:00:00Z",
      { ...one, feature: "writing", modelId: "big" },
      { ...one, per: "person", userId: "ben" },
      { ...one, tenantId: "south" },
    );
    expect((await use(ledger)).ok).toBe(true);
    expect((await use(ledger)).ok).toBe(false);
    expect((await use(ledger, sampleAttempt({ feature: "chat" }))).ok).toBe(true);
    expect((await use(ledger, sampleAttempt({ route: { modelId: "other" } }))).ok).toBe(true);
    const ben = sampleAttempt({ userId: "ben", feature: "chat" });
    expect([(await use(ledger, ben)).ok, (await use(ledger, ben)).ok]).toEqual([true, false]);
  });

  test("each person has their own, and the server's own work is nobody's", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { per: "each", measure: "requests", most: 1 });
    for (const userId of ["ana", "ben", null])
      expect((await use(ledger, sampleAttempt({ userId }))).ok).toBe(true);
    expect((await use(ledger)).ok).toBe(false);
    expect((await use(ledger, sampleAttempt({ userId: null }))).ok).toBe(true);
  });

  test("the operator's limit holds for each organisation, and does not count its own models", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { tenantId: "", measure: "requests", most: 1 });
    expect((await use(ledger)).ok).toBe(true);
    expect((await use(ledger)).ok).toBe(false);
    expect((await use(ledger, sampleAttempt({ tenantId: "south" }))).ok).toBe(true);
    await addModel(db, { tenantId: "west", id: "own" });
    const own = sampleAttempt({ tenantId: "west", route: { modelId: "own" } });
    for (let times = 0; times < 3; times += 1) expect((await use(ledger, own)).ok).toBe(true);
  });

  test("a budget that downgrades lets small models go on, and counts them", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { most: perCall, action: "downgrade" });
    const small = sampleAttempt({ route: { role: "small" } });
    expect((await use(ledger)).ok).toBe(true);
    expect((await use(ledger)).ok).toBe(false);
    expect((await use(ledger, small)).ok).toBe(true);
    expect(await counters()).toEqual([{ used: 2 * perCall, held: 0 }]);
    expect((await use(ledger)).ok).toBe(false);
  });

  test("a provider that lies is billed within what is possible, and marked", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { most: 100 * dollar });
    for (const usage of [
      { inputTokens: -5, outputTokens: Number.NaN },
      { inputTokens: 1e15, outputTokens: 1e15 },
      { inputTokens: 0.5, outputTokens: 10 },
    ])
      await use(ledger, sampleAttempt(), { ...answered, usage });
    expect(await lines()).toMatchObject([
      { in: 500, out: 500, doubted: true },
      { in: 3_000, out: 500, doubted: true },
      { in: 500, out: 10, doubted: true },
    ]);
  });

  test("who was not even asked bills nothing; who broke off without a word bills what was expected", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { measure: "requests" });
    for (const outcome of ["unreachable", "no-access", "cut-off"] as const)
      await use(ledger, sampleAttempt(), { ...answered, usage: null, outcome });
    expect((await lines()).map(({ cost }) => cost)).toEqual([0, 0, perCall]);
    expect(await counters()).toEqual([{ used: 1, held: 0 }]);
  });

  test("what a dead process held back is billed as expected after a while, once", async () => {
    const dead = await openLedger("2026-11-21T12:00:00Z", {});
    const reserved = await dead.reserve(sampleAttempt());
    const ledger = await openLedger("2026-11-21T12:10:00Z");
    expect(await ledger.settleLost()).toBe(0);
    nowMs += 10 * 60_000;
    expect(await ledger.settleLost()).toBe(1);
    expect(await ledger.settleLost()).toBe(0);
    expect(await counters()).toEqual([{ used: perCall, held: 0 }]);
    expect(await lines()).toMatchObject([{ outcome: "lost", cost: perCall }]);
    // It lived after all: the line stands.
    if (reserved.ok) await dead.settle(reserved.value, answered);
    expect(await counters()).toEqual([{ used: perCall, held: 0 }]);
  });

  test("a picture is held back and billed by its price, and its tokens beside it; one that was not drawn costs nothing", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", { most: 2 * dollar });
    const price = { input: 1_000_000, output: 0, picture: 40_000 };
    const drawing = sampleAttempt({
      ...{ estimate: { inputTokens: 500, outputTokens: 0, pictures: 1 }, hidden: 0 },
      route: { role: "picture", price },
    });
    const cost = dollar / 25 + 500_000;
    await use(ledger, drawing, { ...answered, usage: null });
    expect(await counters()).toEqual([{ used: cost, held: 0 }]);
    await use(ledger, drawing, { ...answered, usage: null, outcome: "failed" });
    expect(await counters()).toEqual([{ used: cost, held: 0 }]);
    expect((await ledger.reserve(drawing)).ok).toBe(true);
    expect(await counters()).toEqual([{ used: cost, held: cost + 2_500_000 }]);
    nowMs += 20 * 60_000;
    expect(await ledger.settleLost()).toBe(1);
    expect(await counters()).toEqual([{ used: 2 * cost, held: 0 }]);
    const pictures = await rowsOf(db.owner, sql`SELECT pictures, outcome FROM ai_requests ORDER BY id`);
    expect(pictures).toEqual([
      { pictures: 1, outcome: "answered" },
      { pictures: 0, outcome: "failed" },
      { pictures: 1, outcome: "lost" },
    ]);
  });

  test("what is kept for a day is settled by whichever process has the answer, at the price it was reserved at", async () => {
    const died = await openLedger("2026-11-21T12:00:00Z", {});
    const until = new Date("2026-11-22T14:00:00Z");
    const told: string[] = [];
    const reserved = await died.reserve(sampleAttempt(), {
      until,
      also: async (_, id) => void told.push(id),
    });
    if (!reserved.ok) expect.fail("there is room");
    const { tenantId, requestId } = reserved.value;
    expect(told).toEqual([requestId]);
    const ledger = await openLedger("2026-11-22T13:00:00Z");
    expect(await ledger.settleLost()).toBe(0);
    const settlement = { ...answered, usage: { inputTokens: 400, outputTokens: 100 } };
    for (const times of [1, 2]) {
      await ledger.settle({ tenantId, requestId }, settlement);
      expect(await counters(), `${times}`).toEqual([{ used: perCall / 2, held: 0 }]);
    }
    nowMs += 2 * 3_600_000;
    expect(await ledger.settleLost()).toBe(0);
  });

  test("what is written along with a reservation is not there without it, nor it without that", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", {});
    const also = () => Promise.reject(new Error("it could not be written"));
    await expect(ledger.reserve(sampleAttempt(), { until: new Date(nowMs), also })).rejects.toThrow(
      "could not",
    );
    expect([await counters(), await lines()]).toEqual([[], []]);
  });

  test("what nobody has settled in a day is billed as expected, and given back where it was never sent", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z", {});
    const until = new Date("2026-11-22T14:00:00Z");
    for (const state of ["closed", "sending"] as const) {
      const batch = { tenantId: "north", id: state, work: "w", state, createdAt: new Date(nowMs) };
      await inSystem(db, (tx) => tx.insert(schema.aiBatches).values(batch));
      const also = async (tx: Tx, requestId: string) => {
        const item = { tenantId: "north", batchId: state, key: "k", requestId };
        await tx.insert(schema.aiBatchItems).values(item);
      };
      expect((await ledger.reserve(sampleAttempt(), { until, also })).ok).toBe(true);
    }
    nowMs = until.getTime() + 1;
    expect(await ledger.settleLost()).toBe(2);
    expect((await lines()).map(({ outcome, cost }) => [outcome, cost])).toEqual([["lost", 0], ["lost", perCall]]); // prettier-ignore
    expect(await counters()).toEqual([{ used: perCall, held: 0 }]);
  });

  test("what was kept long enough is removed with its rating, and nothing that is younger or still open", async () => {
    const ledger = await openLedger("2025-01-10T12:00:00Z", { period: "day" });
    const old = await use(ledger);
    if (old.ok) {
      const rating = { ...old.value, userId: "ana", rating: "good", at: new Date(nowMs) } as const;
      await inSystem(db, (tx) => tx.insert(schema.aiRatings).values(rating));
    }
    const until = new Date("2027-01-01T00:00:00Z");
    expect((await ledger.reserve(sampleAttempt(), { until, also: async () => {} })).ok).toBe(true);
    nowMs = Date.parse("2025-01-11T12:00:00Z");
    await use(ledger, sampleAttempt({ tenantId: "south" }));
    await use(ledger);
    nowMs = Date.parse("2026-02-15T12:00:00Z");
    expect(await ledger.forgetOld()).toBe(1);
    expect((await lines()).map(({ outcome }) => outcome)).toEqual([null, "answered", "answered"]);
    expect(await rowsOf(db.owner, sql`SELECT 1 FROM ai_ratings`)).toEqual([]);
    expect(await counters()).toHaveLength(1);
    nowMs += 86_400_000;
    expect(await ledger.forgetOld()).toBe(2);
    expect((await lines()).map(({ outcome }) => outcome)).toEqual([null]);
  });

  test("however many counters and batches were kept, all that are old enough are removed", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z");
    await db.owner.execute(
      sql`INSERT INTO ai_counters (tenant_id, limit_id, subject, first_day, most)
          SELECT 'north', 'l', 'person ' || n, '2025-01-01', 1 FROM generate_series(1, 2500) n`,
    );
    await db.owner.execute(
      sql`INSERT INTO ai_batches (tenant_id, id, work, state, created_at)
          SELECT 'north', 'batch ' || n, 'w', CASE WHEN n = 1 THEN 'sent' ELSE 'over' END, '2025-01-01'
          FROM generate_series(1, 50) n`,
    );
    await ledger.forgetOld();
    expect(await counters()).toEqual([]);
    expect(await rowsOf(db.owner, sql`SELECT id FROM ai_batches`)).toEqual([{ id: "batch 1" }]);
  });

  test("a new month is a new budget, at midnight where the organisation is", async () => {
    const now = "2026-11-01T00:00:00.000Z";
    // In New York.
    await inSystem(db, (tx) => saveRecords(tx, "york", "settings", firstSettings("York"), { now }));
    const limit = { tenantId: "york", measure: "requests", most: 1 } as const;
    const ledger = await openLedger("2026-12-01T04:59:00Z", limit);
    const attempt = sampleAttempt({ tenantId: "york" });
    expect((await use(ledger, attempt)).ok).toBe(true);
    expect(await ledger.reserve(attempt)).toMatchObject({
      ok: false,
      error: { until: "2026-12-01T05:00:00.000Z" },
    });
    nowMs = Date.parse("2026-12-01T05:00:00Z");
    expect((await use(ledger, attempt)).ok).toBe(true);
  });

  test("answers of the cache and of the rules stand in the audit", async () => {
    const ledger = await openLedger("2026-11-21T12:00:00Z");
    const { tenantId, userId, feature, task, promptVersion } = sampleAttempt();
    const asked = { tenantId, userId, feature, task, promptVersion };
    const ids = [
      ledger.note({ ...asked, modelId: "big", from: "cache", instead: null }),
      ledger.note({ ...asked, modelId: "", from: "rules", instead: "limited" }),
    ];
    expect(new Set(ids).size).toBe(2);
    await ledger.flush();
    expect(await lines()).toMatchObject([
      { source: "cache", outcome: "answered", cost: 0, model: "big" },
      { source: "rules", outcome: "answered", cost: 0, model: "" },
    ]);
  });
}
