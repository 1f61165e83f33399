import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemTimers } from "../../shared/result/ports.ts";
import { countUsedBefore, createLedger } from "../../sync-server/ai/ledger/index.ts";
import { createSoundMeter } from "../../sync-server/ai/metering/index.ts";
import type { Attempt, BilledRoute, Settlement } from "../../sync-server/ai/parts-port.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { inSystem, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { addModel } from "./add-model.ts";
import { sampleAttempt } from "./sample-attempt.ts";

type NewLimit = Partial<typeof schema.aiLimits.$inferInsert>;
type Ledger = Awaited<ReturnType<typeof createLedger>>;

const answered: Settlement = { usage: null, outcome: "answered", latencyMs: null, firstMs: null };
const minuteMs = 60_000;
/** Six tenths of a cent. */
const minutePrice = 6_000;
const minuteCost = 6_000_000;

/** What is limited by the minute of the clock, by plan, and by the minute of sound, on one kind of database. */
export function limitsSuite(open: () => Promise<Database>): void {
  let db: Database;
  let ledger: Ledger;
  let nowMs = 0;
  const clock = { now: () => nowMs };
  const log = { warn: (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`) };

  beforeAll(async () => {
    db = await open();
    for (const id of ["north", "south"])
      await inSystem(db, (tx) => tx.insert(schema.tenants).values({ id, name: id, plan: id === "north" ? "sales" : null })); // prettier-ignore
  });
  afterEach(async () => {
    await ledger.stop();
    await db.transaction((tx) =>
      tx.execute(
        sql`TRUNCATE ai_limits, ai_counters, ai_rates, ai_requests, ai_minute_prices, ai_accounts CASCADE`,
      ),
    );
  });
  afterAll(() => db.close());

  const begin = async (at: string, ...limits: NewLimit[]) => {
    nowMs = Date.parse(at);
    const usual = { tenantId: "north", per: "organisation", measure: "requests", period: "minute", most: 2 } as const; // prettier-ignore
    const rows = limits.map((limit, index) => ({ ...usual, id: `limit-${index}`, ...limit }));
    if (rows.length > 0) await inSystem(db, (tx) => tx.insert(schema.aiLimits).values(rows));
    ledger = await createLedger({ db, clock, timers: systemTimers, log });
  };
  /** As the console does it, while the ledger is at work. */
  const setLate = async (limit: Partial<typeof schema.aiLimits.$inferSelect>) => {
    const nobody = { userId: null, feature: null, modelId: null, plan: null };
    const usual = { tenantId: "north", id: "late", per: "organisation", measure: "requests", period: "month", most: 1 } as const; // prettier-ignore
    const row = { ...nobody, ...usual, ...limit };
    await inSystem(db, async (tx) => {
      await tx.insert(schema.aiLimits).values(row);
      await countUsedBefore(tx, row, nowMs);
    });
    // What is remembered of limits is read again.
    nowMs += minuteMs;
  };
  const ask = async (attempt: Attempt<BilledRoute> = sampleAttempt()) => {
    const reserved = await ledger.reserve(attempt);
    if (reserved.ok) await ledger.settle(reserved.value, { ...answered, latencyMs: 5 });
    return reserved;
  };
  const lines = () =>
    rowsOf(
      db.owner,
      sql`SELECT outcome, sound_ms AS "soundMs", cost::float8 AS cost, model, hidden, instead FROM ai_requests ORDER BY id`,
    );
  const counters = () =>
    rowsOf<{ used: number; held: number }>(
      db.owner,
      sql`SELECT used::float8 AS used, held::float8 AS held FROM ai_counters ORDER BY limit_id, subject, first_day`,
    );

  test("as many are asked in a minute of the clock as may be, and who comes then is told when it goes on", async () => {
    await begin("2026-11-22T12:00:10Z", {});
    expect([(await ask()).ok, (await ask()).ok]).toEqual([true, true]);
    expect(await ask()).toEqual({
      ok: false,
      error: {
        code: "limited",
        message: "Your organisation's AI quota for this minute is used up. It begins anew at 12:01.",
        until: "2026-11-22T12:01:00.000Z",
      },
    });
    expect((await ask(sampleAttempt({ tenantId: "south" }))).ok).toBe(true);
    expect(await lines()).toHaveLength(3);
    nowMs = Date.parse("2026-11-22T12:01:00Z");
    expect([(await ask()).ok, (await ask()).ok, (await ask()).ok]).toEqual([true, true, false]);
    // A clock that is put back by hours does not hold anybody up until it has caught up.
    nowMs = Date.parse("2026-11-22T09:00:00Z");
    expect((await ask()).ok).toBe(true);
  });

  test("of many who ask at once, on two nodes, as many are let through as there is room for", async () => {
    await begin("2026-11-22T12:00:10Z", { most: 5 });
    const other = await createLedger({ db, clock, timers: systemTimers, log });
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? other : ledger).reserve(sampleAttempt())),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(5);
    expect(await lines()).toHaveLength(5);
    await other.stop();
  });

  test("a rate counts people and features by themselves, no batch, and nothing that a budget has refused", async () => {
    await begin(
      "2026-11-22T12:00:10Z",
      { per: "each", most: 1, feature: "writing" },
      { measure: "money", period: "day", most: 1_500_000, feature: "chat" },
      { most: 3, feature: "chat" },
    );
    expect([(await ask()).ok, (await ask()).ok]).toEqual([true, false]);
    expect((await ask(sampleAttempt({ userId: "ben" }))).ok).toBe(true);
    const keep = { until: new Date(nowMs + 3_600_000), also: async () => {} };
    expect((await ledger.reserve(sampleAttempt(), keep)).ok).toBe(true);
    const chat = sampleAttempt({ feature: "chat" });
    expect([(await ask(chat)).ok, (await ask(chat)).ok]).toEqual([true, false]);
    const rates = await rowsOf<{ asked: number }>(
      db.owner,
      sql`SELECT asked FROM ai_rates ORDER BY limit_id, subject`,
    );
    expect(rates.map(({ asked }) => asked)).toEqual([1, 1, 1]);
  });

  test("an organisation's lines go after its own days, and what was counted in a minute of long ago", async () => {
    await begin("2026-11-22T12:00:10Z", {});
    await inSystem(db, (tx) => tx.insert(schema.aiRetention).values({ tenantId: "north", requestDays: 90 }));
    await ask();
    await ask(sampleAttempt({ tenantId: "south" }));
    const rates = () => rowsOf(db.owner, sql`SELECT 1 FROM ai_rates`);
    expect([await ledger.forgetOld(), (await rates()).length]).toEqual([0, 1]);
    nowMs += 91 * 24 * 60 * minuteMs;
    expect([await ledger.forgetOld(), (await rates()).length]).toEqual([1, 0]);
    expect(await lines()).toHaveLength(1);
    nowMs += 310 * 24 * 60 * minuteMs;
    expect(await ledger.forgetOld()).toBe(1);
  });

  test("a limit of a plan holds for the organisations that have it", async () => {
    await begin("2026-11-22T12:00:10Z", { tenantId: "", plan: "sales", most: 1 }, { tenantId: "", plan: "suite", most: 0 }); // prettier-ignore
    expect([(await ask()).ok, (await ask()).ok]).toEqual([true, false]);
    const south = sampleAttempt({ tenantId: "south" });
    expect([(await ask(south)).ok, (await ask(south)).ok]).toEqual([true, true]);
  });

  test("nobody's own model, at whatever price they say, takes anything from the budgets of the others", async () => {
    await addModel(db, { tenantId: "north", id: "anas", userId: "ana" });
    await begin(
      "2026-11-22T12:00:10Z",
      { measure: "money", period: "month", most: 1_000_000_000 },
      { measure: "tokens", period: "day", most: 1_000 },
      { most: 1 },
      { per: "each", period: "day", most: 1 },
    );
    const price = { input: 100_000_000_000, output: 100_000_000_000 };
    const own = sampleAttempt({ route: { modelId: "anas", price } });
    expect([(await ask(own)).ok, (await ask(own)).ok, (await ask(own)).ok]).toEqual([true, true, true]);
    expect(await counters()).toEqual([]);
    const ben = sampleAttempt({ userId: "ben" });
    expect([(await ask(ben)).ok, (await ask(ben)).ok]).toEqual([true, false]);
  });

  test.each([
    ["it", { modelId: "anas" }],
    ["its owner", { per: "person", userId: "ana" }],
  ] as const)("somebody's own model counts for a limit that names %s", async (_, named) => {
    await addModel(db, { tenantId: "north", id: "anas", userId: "ana" });
    await begin("2026-11-22T12:00:10Z", { ...named, period: "day", most: 1 });
    const own = sampleAttempt({ route: { modelId: "anas" } });
    expect([(await ask(own)).ok, (await ask(own)).ok]).toEqual([true, false]);
  });

  test("a limit that is set late leaves out what people asked of models of their own, also of those removed since", async () => {
    await addModel(db, { tenantId: "north", id: "anas", userId: "ana" });
    await begin("2026-11-22T12:00:10Z");
    await ask(sampleAttempt({ route: { modelId: "anas" } }));
    await ask();
    await inSystem(db, (tx) => tx.execute(sql`DELETE FROM ai_models`));
    await setLate({ id: "1" });
    await setLate({ id: "2", per: "person", userId: "ana" });
    await setLate({ id: "3", modelId: "anas" });
    expect((await counters()).map(({ used }) => used)).toEqual([1, 2, 1]);
  });

  test("a limit that is set late counts from the beginning of its month where each organisation is", async () => {
    await begin("2026-11-01T03:59:00Z");
    // In New York, where it is October for another minute.
    await inSystem(db, async (tx) => {
      await tx.insert(schema.tenants).values({ id: "york", name: "york" });
      await saveRecords(tx, "york", "settings", firstSettings("York"), { now: "2026-10-01T00:00:00.000Z" });
    });
    const attempt = (tenantId: string) => sampleAttempt({ tenantId, route: { modelId: "environment" } });
    for (const tenantId of ["york", "north", "south"]) await ask(attempt(tenantId));
    nowMs += minuteMs;
    for (const tenantId of ["york", "north"]) await ask(attempt(tenantId));
    await inSystem(db, (tx) => tx.execute(sql`UPDATE ai_requests SET of_operator = true`));
    await setLate({ tenantId: "", most: 2 });
    const used = await rowsOf(
      db.owner,
      sql`SELECT tenant_id AS of, first_day::text AS day, used::int FROM ai_counters ORDER BY tenant_id`,
    );
    expect(used).toEqual([
      { of: "north", day: "2026-11-01", used: 2 },
      { of: "south", day: "2026-11-01", used: 1 },
      { of: "york", day: "2026-11-01", used: 1 },
    ]);
    for (const [tenantId, ok] of [
      ["york", true],
      ["york", false],
      ["north", false],
    ] as const)
      // prettier-ignore
      expect((await ask(attempt(tenantId))).ok, tenantId).toBe(ok);
  });

  const openMeter = async () => {
    const price = { tenantId: "", model: "nova-3", minute: minutePrice };
    await inSystem(db, (tx) =>
      tx.insert(schema.aiMinutePrices).values([
        { ...price, fromDay: "2026-01-01" },
        { ...price, fromDay: "2026-12-01", minute: 1_000_000 },
        { ...price, model: "other", fromDay: "2026-01-01", minute: 9 },
      ]),
    );
    return createSoundMeter({ db, clock, ledger, model: "nova-3" });
  };
  const stops: string[] = [];
  const hearWith = async (meter: Awaited<ReturnType<typeof openMeter>>, userId: string | null = "ana") => {
    stops.length = 0;
    return meter.begin({ tenantId: "north", userId }, ({ message }) => stops.push(message));
  };

  test("sound is billed by the minute at the price of the day, in one line for all of it", async () => {
    await begin("2026-11-22T12:00:00Z", { measure: "money", period: "month", most: 10 * minuteCost });
    const hearing = await hearWith(await openMeter());
    if (!hearing.ok) expect.fail("there is room");
    expect(await lines()).toMatchObject([{ outcome: null, soundMs: minuteMs, cost: minuteCost, model: "nova-3" }]); // prettier-ignore
    for (let second = 0; second < 150; second += 1) {
      hearing.value.use(1_000);
      if (second % 50 === 49) await expect.poll(async () => (await counters()) as object).toEqual([{ used: ((second + 1) / 60) * minuteCost, held: minuteCost }]); // prettier-ignore
    }
    await hearing.value.end("answered");
    await hearing.value.end("answered");
    expect(await lines()).toMatchObject([
      { outcome: "answered", soundMs: 150_000, cost: 2.5 * minuteCost, hidden: null },
    ]);
    expect(await counters()).toEqual([{ used: 2.5 * minuteCost, held: 0 }]);
    expect(stops).toEqual([]);
  });

  test("where the budget has no room for another minute the sound ends and says why, and the next is refused", async () => {
    await begin(
      "2026-11-22T12:00:00Z",
      { measure: "minutes", period: "day", most: 1.5 * minuteMs },
      { measure: "requests", period: "day", most: 100 },
    );
    const meter = await openMeter();
    expect(await meter.refusalOf({ tenantId: "north", userId: null })).toBeNull();
    const hearing = await hearWith(meter);
    if (!hearing.ok) expect.fail("there is room");
    hearing.value.use(50_000);
    await expect.poll(() => stops).toEqual(["Your organisation's AI quota for this day is used up. It begins anew on 23 November."]); // prettier-ignore
    await hearing.value.end("answered");
    expect(await counters()).toEqual([{ used: 50_000, held: 0 }, { used: 1, held: 0 }]); // prettier-ignore
    expect(await hearWith(meter)).toMatchObject({ ok: false, error: { code: "limited" } });
    expect(await meter.refusalOf({ tenantId: "north", userId: null })).toMatchObject({
      until: "2026-11-23T00:00:00.000Z",
    });
    expect((await hearWith(meter)).ok).toBe(false);
    await ledger.flush();
    expect(await lines(), "once for all tries, and what only might be is none").toMatchObject([
      { outcome: "answered", instead: null },
      { outcome: "answered", instead: "limited", model: "", cost: 0 },
    ]);
    expect((await hearWithTenant(meter, "south")).ok).toBe(true);
  });

  const hearWithTenant = (meter: Awaited<ReturnType<typeof openMeter>>, tenantId: string) =>
    meter.begin({ tenantId, userId: null }, () => {});

  test("a call over midnight counts each day's minutes in its own", async () => {
    await begin("2026-11-22T23:59:30Z", { measure: "minutes", period: "day", most: 100 * minuteMs });
    const hearing = await hearWith(await openMeter());
    if (!hearing.ok) expect.fail("there is room");
    nowMs += minuteMs;
    hearing.value.use(50_000);
    await expect.poll(counters).toEqual([{ used: 50_000, held: 0 }, { used: 0, held: minuteMs }]); // prettier-ignore
    hearing.value.use(10_000);
    await hearing.value.end("cut-off");
    expect(await counters()).toEqual([{ used: 50_000, held: 0 }, { used: 10_000, held: 0 }]); // prettier-ignore
    expect(await lines()).toMatchObject([{ outcome: "cut-off", soundMs: minuteMs, cost: minuteCost }]);
  });

  test("a server that dies while it listens is billed as far as it had come, and no sooner than it is dead", async () => {
    await begin("2026-11-22T12:00:00Z", { measure: "minutes", period: "day", most: 100 * minuteMs });
    const hearing = await hearWith(await openMeter());
    if (!hearing.ok) expect.fail("there is room");
    nowMs += 14 * minuteMs;
    hearing.value.use(50_000);
    await expect.poll(counters).toEqual([{ used: 50_000, held: minuteMs }]);
    nowMs += 14 * minuteMs;
    expect(await ledger.settleLost()).toBe(0);
    nowMs += 2 * minuteMs;
    expect(await ledger.settleLost()).toBe(1);
    expect(await lines()).toMatchObject([{ outcome: "lost", soundMs: 110_000 }]);
    expect(await counters()).toEqual([{ used: 110_000, held: 0 }]);
  });

  test.each([
    ["this minute cannot be written", { left: 0, isKept: false }, "What this costs", 110],
    [
      "this minute is written, and the answer to that is lost",
      { left: 0, isKept: true },
      "What this costs",
      50,
    ],
    ["the next minute cannot be written", { left: 1, isKept: false }, "What more would cost", 50],
    [
      "the next minute is written, and the answer to that is lost",
      { left: 1, isKept: true },
      "What more would cost",
      110,
    ],
  ] as const)(
    "where %s the sound ends and says why, no second is billed twice, and nothing stays held back",
    async (_where, fault, what, seconds) => {
      await begin("2026-11-22T12:00:00Z", { measure: "money", period: "month", most: 10 * minuteCost });
      let left = Number.POSITIVE_INFINITY;
      const failing: Database = {
        ...db,
        transaction: async (work) => {
          left -= 1;
          if (left >= 0) return db.transaction(work);
          if (fault.isKept) await db.transaction(work);
          throw new Error("the connection is gone");
        },
      };
      await ledger.stop();
      ledger = await createLedger({ db: failing, clock, timers: systemTimers, log });
      const hearing = await hearWith(await openMeter());
      if (!hearing.ok) expect.fail("there is room");
      // What was used is written first, and then what comes next.
      left = fault.left;
      hearing.value.use(50_000);
      await expect.poll(() => stops).toEqual([`${what} could not be written down.`]);
      left = Number.POSITIVE_INFINITY;
      // What comes until the session has closed.
      for (let at = 0; at < 3; at += 1) hearing.value.use(20_000);
      await hearing.value.end("cut-off");
      await ledger.flush();
      expect(await lines(), "and no budget has refused it").toMatchObject([
        { outcome: "cut-off", soundMs: 110_000, cost: (110 / 60) * minuteCost },
      ]);
      expect([await counters(), stops.length]).toEqual([[{ used: (seconds / 60) * minuteCost, held: 0 }], 1]);
    },
  );

  test("a limit that is set while somebody is listened to counts every minute of it once", async () => {
    await begin("2026-11-22T12:00:00Z");
    const hearing = await hearWith(await openMeter());
    if (!hearing.ok) expect.fail("there is room");
    await setLate({ measure: "minutes", most: 10 * minuteMs });
    expect(await counters()).toEqual([{ used: minuteMs, held: 0 }]);
    hearing.value.use(minuteMs);
    await expect.poll(counters).toEqual([{ used: minuteMs, held: minuteMs }]);
    hearing.value.use(30_000);
    await hearing.value.end("answered");
    expect(await counters()).toEqual([{ used: 1.5 * minuteMs, held: 0 }]);
  });

  test("what nobody set a price for is metered all the same", async () => {
    await begin("2026-11-22T12:00:00Z");
    const meter = createSoundMeter({ db, clock, ledger, model: "unpriced" });
    const hearing = await hearWith(meter, null);
    if (!hearing.ok) expect.fail("nothing is limited");
    hearing.value.use(12_345.6);
    await hearing.value.end("answered");
    expect(await lines()).toMatchObject([{ soundMs: 12_346, cost: 0 }]);
  });

  test("the line of a request says how much was hidden, and that of the rules what kept models from it", async () => {
    await begin("2026-11-22T12:00:00Z");
    await ask(sampleAttempt({ hidden: 3 }));
    const { tenantId, userId, feature, task, promptVersion } = sampleAttempt();
    ledger.note({
      tenantId,
      userId,
      feature,
      task,
      promptVersion,
      modelId: "",
      from: "rules",
      instead: "limited",
    });
    await ledger.flush();
    expect(await lines()).toMatchObject([{ hidden: 3, instead: null }, { hidden: null, instead: "limited" }]); // prettier-ignore
  });
}
