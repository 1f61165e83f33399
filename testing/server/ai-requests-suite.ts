import { afterAll, beforeAll, expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import * as wire from "../../sync-server/admin/ai/wire.ts";
import { createLedger } from "../../sync-server/ai/ledger/index.ts";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import { sampleAttempt } from "../ai/sample-attempt.ts";
import { AuditEntries } from "../../sync-server/admin/wire.ts";
import { inSystem, inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { sql } from "drizzle-orm";
import { addPerson, hashPassword, mintToken, startAuthServer, type Ask, type AuthServer } from "./start-auth-server.ts"; // prettier-ignore

type Line = typeof schema.aiRequests.$inferInsert;

const dayMs = 86_400_000;

/** The audit of requests, how long it is kept, and what is limited by plan and minute, on one kind of database. */
export function aiRequestsSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    server = await startAuthServer(db);
    for (const [id, tenantId, role] of [
      ["ops", "operations", "operator"],
      ["grace", "one", "admin"],
      ["max", "one", "manager"],
      ["olga", "two", "admin"],
      ["nina", "three", "admin"],
    ] as const) {
      await addPerson(db, { id, tenantId, role, hash });
      tokens[id] = await mintToken(db, id, tenantId);
    }
    await inSystem(db, (tx) => tx.insert(schema.aiRequests).values(lines()));
    const rating = { tenantId: "one", requestId: "r-1", userId: "grace", rating: "good", at: new Date() } as const; // prettier-ignore
    await inSystem(db, (tx) => tx.insert(schema.aiRatings).values(rating));
  });
  afterAll(() => server.close());

  /** Newest first: minutes ago by their place; the last one of a hundred days ago. */
  function lines(): Line[] {
    const line = (at: number, given: Partial<Line>): Line => ({
      ...{ tenantId: "one", id: `r-${at}`, userId: "grace", feature: "writing", task: "assistant.email" },
      ...{ promptVersion: 1, source: "model", modelId: "m", model: "Big", outcome: "answered" },
      askedAt: new Date(Date.now() - at * 60_000),
      ...given,
    });
    return [
      line(1, {
        hidden: 3,
        inputTokens: 500,
        outputTokens: 40,
        cost: 700,
        inputPrice: 1_000_000,
        latencyMs: 1_200,
      }),
      line(2, { source: "cache" }),
      line(3, { source: "rules", modelId: "", model: "", instead: "limited", userId: "max" }),
      line(4, { outcome: "unreachable", feature: "chat" }),
      line(5, { outcome: null }),
      line(6, { feature: "transcript", userId: null, soundMs: 90_000, minutePrice: 6_000, cost: 9_000_000, ofOperator: true }), // prettier-ignore
      line(7, { outcome: "lost" }),
      line(8, { tenantId: "two", userId: "olga" }),
      line(9, { askedAt: new Date(Date.now() - 100 * dayMs) }),
    ];
  }

  const as = (who: string, path: string, ask: Ask = {}) =>
    server.ask(`/api/v1${path}`, { ...ask, token: tokens[who] });
  const list = async (who: string, query = "") =>
    wire.AiRequestLines.parse((await as(who, `/ai/requests${query}`)).body);
  const idsOf = async (query: string) => (await list("grace", query)).requests.map(({ id }) => id);
  const messageOf = (body: unknown) => WireError.parse(body).error.message;

  test("every request of the organisation is listed, newest first and page by page, and nobody else's", async () => {
    const all = await list("grace");
    expect(all.requests.map(({ id }) => id)).toEqual([
      "r-1",
      "r-2",
      "r-3",
      "r-4",
      "r-5",
      "r-6",
      "r-7",
      "r-9",
    ]);
    expect([all.next, all.searchedSince]).toEqual([null, null]);
    expect(all.requests[0]).toMatchObject({
      ...{ userId: "grace", feature: "writing", task: "assistant.email", promptVersion: 1, source: "model" },
      ...{ model: "Big", outcome: "answered", instead: null, hidden: 3, inputTokens: 500, outputTokens: 40 },
      ...{ soundMs: 0, cost: 700, doubted: false, latencyMs: 1_200, firstMs: null },
    });
    const read: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page = await list("grace", `?limit=3${next && `&before=${encodeURIComponent(next)}`}`);
      read.push(...page.requests.map(({ id }) => id));
      next = page.next;
    }
    expect(read).toEqual(all.requests.map(({ id }) => id));
    expect((await list("olga")).requests.map(({ id }) => id)).toEqual(["r-8"]);
    for (const who of ["max", "ops"]) expect((await as(who, "/ai/requests")).status, who).toBe(403);
  });

  test("they are found by person, feature, outcome and day; a search that names no day says how far it went", async () => {
    expect(await idsOf("?userId=max")).toEqual(["r-3"]);
    expect(await idsOf("?feature=transcript")).toEqual(["r-6"]);
    for (const [outcome, ids] of [
      ["answered", ["r-1", "r-6"]],
      ["cache", ["r-2"]],
      ["rules", ["r-3"]],
      ["limited", ["r-3"]],
      ["failed", ["r-4"]],
      ["under-way", ["r-5"]],
      ["lost", ["r-7"]],
    ] as const)
      expect(await idsOf(`?outcome=${outcome}`), outcome).toEqual(ids);
    const search = await list("grace", "?outcome=answered");
    expect(Date.now() - Date.parse(search.searchedSince ?? "")).toBeGreaterThan(90 * dayMs);
    const from = new Date(Date.now() - 101 * dayMs).toISOString();
    expect(await idsOf(`?outcome=answered&from=${from}`)).toEqual(["r-1", "r-6", "r-9"]);
    expect(await idsOf(`?to=${new Date(Date.now() - dayMs).toISOString()}`)).toEqual(["r-9"]);
    expect((await as("grace", "/ai/requests?before=x")).status).toBe(400);
    expect((await as("grace", "/ai/requests?before=x~y")).status).toBe(400);
  });

  test("one of them is read with its price, what was thought of it and who offered the model; another's is not there", async () => {
    const read = async (who: string, id: string) => as(who, `/ai/requests/${id}`);
    expect(wire.AiRequestSheet.parse((await read("grace", "r-1")).body)).toMatchObject({
      ...{ price: { input: 1_000_000, output: 0, minute: 0 }, ofOperator: false, inBatch: false },
      ...{ good: 1, bad: 0 },
    });
    expect((await read("grace", "r-6")).body).toMatchObject({
      price: { minute: 6_000 },
      soundMs: 90_000,
      ofOperator: true,
    });
    expect((await read("olga", "r-1")).status).toBe(404);
    expect((await read("grace", "r-8")).status).toBe(404);
  });

  test("no request can write, change or remove a line of it, or what limits count", async () => {
    for (const statement of [
      sql`UPDATE ai_requests SET cost = 0`,
      sql`DELETE FROM ai_requests`,
      sql`UPDATE ai_rates SET asked = 0`,
      sql`DELETE FROM ai_minute_prices`,
    ])
      await expect(inTenant(db, { tenantId: "one" }, (tx) => tx.execute(statement))).rejects.toMatchObject({
        cause: { message: expect.stringContaining("permission denied") as string },
      });
  });

  test("an organisation keeps requests and chats of nobody for as long as it says, and no longer than the server", async () => {
    const read = async (who: string) => wire.AiRetention.parse((await as(who, "/ai/retention")).body);
    const server = { requestDays: 400, chatDays: 400 };
    expect(await read("grace")).toEqual({ requestDays: null, chatDays: null, server });
    const change = (body: object) => as("grace", "/ai/retention", { method: "PATCH", body });
    expect((await change({ requestDays: 90 })).body).toEqual({ requestDays: 90, chatDays: null, server });
    expect((await change({ chatDays: 30 })).body).toEqual({ requestDays: 90, chatDays: 30, server });
    expect((await change({ requestDays: null })).body).toMatchObject({ requestDays: null, chatDays: 30 });
    const tooLong = await change({ chatDays: 401 });
    expect([tooLong.status, messageOf(tooLong.body)]).toEqual([
      400,
      "This server keeps them for 400 days at most.",
    ]);
    for (const body of [{ requestDays: 61 }, { chatDays: 0 }, {}])
      expect((await change(body)).status).toBe(400);
    expect(await read("olga")).toEqual({ requestDays: null, chatDays: null, server });
    expect((await as("max", "/ai/retention")).status).toBe(403);
    const { entries } = AuditEntries.parse((await as("grace", "/audit?action=ai-retention.")).body);
    expect(entries[0]?.details).toEqual({
      before: { requestDays: 90, chatDays: 30 },
      after: { requestDays: null, chatDays: 30 },
    });
  });

  test("the operator says what a minute of listening costs from a day on, and takes it back", async () => {
    const path = "/ai/system/listening/prices";
    const put = (day: string, minute: number) =>
      as("ops", `${path}/${day}`, { method: "PUT", body: { minute } });
    const prices = async () => wire.AiModels.parse((await as("ops", "/ai/system/models")).body).listening;
    expect(await prices()).toEqual({ model: "nova-3", prices: [] });
    for (const [day, minute] of [
      ["2026-01-01", 7_000],
      ["2026-06-01", 6_000],
      ["2026-06-01", 6_500],
    ] as const)
      // prettier-ignore
      expect((await put(day, minute)).status).toBe(204);
    expect((await prices())?.prices).toEqual([
      { fromDay: "2026-06-01", minute: 6_500 },
      { fromDay: "2026-01-01", minute: 7_000 },
    ]);
    expect((await as("ops", `${path}/2026-06-01`, { method: "DELETE" })).status).toBe(204);
    expect((await prices())?.prices).toEqual([{ fromDay: "2026-01-01", minute: 7_000 }]);
    expect((await as("grace", `${path}/2026-06-01`, { method: "PUT", body: { minute: 0 } })).status).toBe(
      403,
    );
    expect((await as("grace", "/ai/models")).body).toMatchObject({ listening: null });
  });

  test("a rate is set by the operator for a plan, and shown to the organisations that have it", async () => {
    const rate = { per: "organisation", userId: null, feature: null, modelId: null, measure: "requests", period: "minute", most: 60, action: "stop" }; // prettier-ignore
    const made = await as("ops", "/ai/system/limits", { body: { ...rate, plan: "sales" } });
    const { id } = wire.AiLimit.parse(made.body);
    const shownTo = async (who: string) =>
      wire.AiLimits.parse((await as(who, "/ai/limits")).body).limits.map((limit) => limit.id);
    expect([await shownTo("grace"), await shownTo("olga")]).toEqual([[], []]);
    await as("ops", "/tenants/two", { method: "PATCH", body: { plan: "sales" } });
    expect([await shownTo("grace"), await shownTo("olga")]).toEqual([[], [id]]);
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const asked = { tenantId: "two", limitId: id, subject: "", minute, most: 60, asked: 7 };
    await inSystem(db, (tx) => tx.insert(schema.aiRates).values(asked));
    const [limit] = wire.AiLimits.parse((await as("olga", "/ai/limits")).body).limits;
    // The minute may have ended meanwhile.
    if (Date.now() - minute.getTime() < 55_000) expect(limit).toMatchObject({ used: 7, byOperator: true });
    for (const body of [
      { ...rate, plan: "sales" },
      { ...rate, measure: "tokens" },
      { ...rate, action: "downgrade" },
    ])
      expect((await as("grace", "/ai/limits", { body })).status, JSON.stringify(body)).toBe(400);
    const own = wire.AiLimit.parse((await as("grace", "/ai/limits", { body: rate })).body);
    const changed = await as("grace", `/ai/limits/${own.id}`, {
      method: "PATCH",
      body: { action: "downgrade" },
    });
    expect(changed.status).toBe(400);
    await as("ops", `/ai/system/limits/${id}`, { method: "DELETE" });
    const rows = await rowsOf(db.owner, sql`SELECT plan FROM ai_limits`);
    expect(rows).toEqual([{ plan: null }]);
  });

  const whole = { per: "organisation", userId: null, feature: null, modelId: null, measure: "requests", period: "month", action: "stop", most: 3 }; // prettier-ignore
  const setLimit = async (who: string, root: string, given: object) => {
    const body = { ...whole, ...given };
    const { id, used, userName } = wire.AiLimit.parse((await as(who, `${root}/limits`, { body })).body);
    const remove = () => as(who, `${root}/limits/${id}`, { method: "DELETE" });
    return { used, userName, remove };
  };
  const isRefused = async (userId: string) => {
    const log = { warn: (facts: object, text: string) => expect.fail(`${text} ${JSON.stringify(facts)}`) };
    const ledger = await createLedger({ db, clock: systemClock, timers: systemTimers, log });
    const refusal = await ledger.refusalOf(sampleAttempt({ tenantId: "three", userId }));
    await ledger.stop();
    return refusal?.code === "limited";
  };
  const useThree = () => {
    const line = (id: string, given: Partial<Line> = {}): Line => ({
      ...{
        tenantId: "three",
        id,
        userId: "nina",
        feature: "writing",
        task: "writing.mail",
        promptVersion: 1,
      },
      ...{ source: "model", modelId: "big", outcome: "answered", inputTokens: 500, outputTokens: 400 },
      ...{ cost: 900_000, askedAt: new Date(), ...given },
    });
    const none = { inputTokens: 0, outputTokens: 0, cost: 0 };
    const used = [
      line("by-nina"),
      line("by-leo", { feature: "chat", modelId: "offered", userId: "leo", ofOperator: true, soundMs: 120_000 }), // prettier-ignore
      line("under-way", { outcome: null, userId: null }),
      line("of-the-cache", { ...none, source: "cache" }),
      line("not-asked", { ...none, outcome: "unreachable" }),
      line("long-ago", { askedAt: new Date(Date.now() - 40 * dayMs) }),
    ];
    return inSystem(db, (tx) => tx.insert(schema.aiRequests).values(used));
  };

  test("a limit counts what was used before it was set, and one that is brought back is as spent as it was", async () => {
    await useThree();
    for (const [given, used] of [
      [{}, 3],
      [{ measure: "tokens" }, 2_700],
      [{ measure: "money" }, 2_700_000],
      [{ measure: "minutes" }, 120_000],
      [{ feature: "chat" }, 1],
      [{ modelId: "big" }, 2],
      [{ per: "each" }, 1],
      [{ period: "minute" }, 0],
      [{ per: "person", userId: "olga" }, 0],
    ] as const) {
      const limit = await setLimit("nina", "/ai", given);
      expect([limit.used, limit.userName], JSON.stringify(given)).toEqual([used, null]);
      await limit.remove();
    }
    for (const [measure, used] of [
      ["minutes", 120_000],
      ["money", 900_000],
    ] as const) {
      // prettier-ignore
      const limit = await setLimit("ops", "/ai/system", { measure, modelId: "offered" });
      expect(limit.used, measure).toBe(used);
      await limit.remove();
    }
    for (const time of ["set", "brought back"]) {
      const limit = await setLimit("nina", "/ai", {});
      expect([limit.used, await isRefused("nina"), await isRefused("leo")], time).toEqual([3, true, true]);
      await limit.remove();
      expect(await isRefused("nina")).toBe(false);
    }
    const nina = await setLimit("nina", "/ai", { per: "person", userId: "nina", most: 1 });
    expect(nina).toMatchObject({ used: 1, userName: "nina" });
    expect([await isRefused("nina"), await isRefused("leo")]).toEqual([true, false]);
    await nina.remove();
    const each = await setLimit("nina", "/ai", { per: "each", most: 1 });
    expect([await isRefused("leo"), await isRefused("zoe")]).toEqual([true, false]);
    await each.remove();
  });
  test("a key that was refused when it was last asked with is a notice to admins, but not a person's own", async () => {
    const add = async (who: string, root: string) => {
      const at = { kind: "compatible", label: "Ours", baseUrl: "https://models.example/v1", apiVersion: null, apiKey: "k" }; // prettier-ignore
      const { id: accountId } = wire.AiAccount.parse((await as(who, `${root}/accounts`, { body: at })).body);
      const kind = { label: "Big", wireName: "b", role: "large", features: [], systemMessage: "", contextTokens: 9_000, maxOutputTokens: 900 }; // prettier-ignore
      const offer = { plan: null, industries: [], terms: "paid", endsAt: null, featured: false, tags: [], position: 0, enabled: true }; // prettier-ignore
      const model = wire.AiModel.parse((await as(who, `${root}/models`, { body: { accountId, ...kind, ...offer } })).body); // prettier-ignore
      return { accountId, modelId: model.id };
    };
    await as("nina", "/ai/own-models", { method: "PUT", body: { allowed: true } });
    const [ours, own] = [await add("nina", "/ai"), await add("nina", "/ai/own")];
    // After the key was given, by whichever clock.
    const askedAt = new Date(Date.now() + 1_000);
    const refused = [ours, own].map(({ modelId }): Line => ({
      ...{ tenantId: "three", id: modelId, feature: "writing", task: "t", promptVersion: 1, source: "model" },
      ...{ modelId, model: "Big", outcome: "no-access", askedAt },
    }));
    await inSystem(db, (tx) => tx.insert(schema.aiRequests).values(refused));
    const noticed = async (who: string) => wire.AiNotices.parse((await as(who, "/ai/notices")).body).refused;
    const { accountId } = ours;
    const notice = { accountId, label: "Ours", model: "Big", lastAt: askedAt.toISOString(), instead: null };
    expect([await noticed("nina"), await noticed("olga")]).toEqual([[notice], []]);
    const byRules = { id: "by-rules", source: "rules", modelId: "", model: "", instead: "no-access", outcome: "answered" } as const; // prettier-ignore
    await inSystem(db, (tx) =>
      tx.insert(schema.aiRequests).values(refused.slice(0, 1).map((line): Line => ({ ...line, ...byRules }))),
    );
    expect(await noticed("nina")).toEqual([{ ...notice, instead: "rules" }]);
    await as("nina", `/ai/models/${ours.modelId}`, { method: "DELETE" });
    expect(await noticed("nina")).toEqual([]);
  });
}
