import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openAiAccountRecords, operator, type Owner } from "../../sync-server/ai/accounts/index.ts";
import { createCatalogue, type CatalogueDeps } from "../../sync-server/ai/catalogue/index.ts";
import type { Wish } from "../../sync-server/ai/parts-port.ts";
import type { ProviderAccess } from "../../sync-server/ai/provider-port.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { inSystem, inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { createSealer } from "../../sync-server/seal.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { unaskedProvider } from "./sample-attempt.ts";

type NewModel = Partial<typeof schema.aiModels.$inferInsert>;

const sealer = createSealer("a secret of the tests, of enough characters");
const accounts = openAiAccountRecords(sealer);
const now = new Date("2026-11-21T12:00:00Z");
const key = "sk-test-planted-0123456789-wxyz";
const ana: Owner = { tenantId: "north", userId: "ana" };
const north: Owner = { tenantId: "north", userId: null };
const wish: Wish = { tenantId: "north", userId: "ana", feature: "writing", role: "large" };

/** Models and keys on one kind of database. */
export function catalogueSuite(open: () => Promise<Database>): void {
  let db: Database;
  let nowMs = now.getTime();
  let stops: (() => Promise<void>)[] = [];
  let connected: (ProviderAccess & { byOperator: boolean })[] = [];
  const warned: object[] = [];

  beforeAll(async () => {
    db = await open();
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    nowMs = now.getTime();
    connected = [];
    await db.transaction((tx) =>
      tx.execute(sql`TRUNCATE ai_accounts, ai_models, ai_choices, ai_own_models, ai_prices, settings`),
    );
    await db.owner.execute(sql`DELETE FROM tenants`);
  });
  afterAll(() => db.close());

  const openCatalogue = async (own: Partial<CatalogueDeps> = {}) => {
    const catalogue = await createCatalogue({
      ...{ db, clock: { now: () => nowMs }, accounts, environment: null },
      connect(access, byOperator) {
        connected.push({ ...access, byOperator });
        return { ...unaskedProvider, kind: access.kind };
      },
      log: { warn: (facts) => void warned.push(facts) },
      ...own,
    });
    stops.push(catalogue.stop);
    return catalogue;
  };
  const addAccount = (owner: Owner, apiKey: string | null = key) =>
    inSystem(db, (tx) =>
      accounts.create(tx, owner, {
        ...{ kind: "openai", label: "Ours", baseUrl: "https://models.example/v1", apiVersion: null },
        ...{ apiKey, now },
      }),
    );
  const addModel = async (owner: Owner, id: string, model: NewModel = {}, accountId?: string) => {
    const account = accountId ?? (await addAccount(owner));
    await inSystem(db, (tx) =>
      tx.insert(schema.aiModels).values({
        ...{ ...owner, id, accountId: account, label: id, wireName: `${id}-1`, role: "large" },
        ...{ contextTokens: 8_000, maxOutputTokens: 1_000, ...model },
      }),
    );
  };
  const allowOwn = (allowed: boolean) =>
    inSystem(db, (tx) =>
      tx
        .insert(schema.aiOwnModels)
        .values({ tenantId: "north", allowed })
        .onConflictDoUpdate({ target: schema.aiOwnModels.tenantId, set: { allowed } }),
    );
  const namesOf = async (catalogue: Awaited<ReturnType<typeof openCatalogue>>, of: Partial<Wish> = {}) =>
    (await catalogue.routesOf({ ...wish, ...of })).map(({ modelId }) => modelId);

  test("personal models come first, then the organisation's, then the operator's, each by its place", async () => {
    await addModel(operator, "s2", { position: 2 });
    await addModel(operator, "s1", { position: 1 });
    await addModel(north, "o1", { position: 9 });
    await addModel(ana, "p1", { position: 99 });
    await addModel({ tenantId: "south", userId: null }, "theirs");
    await allowOwn(true);
    const catalogue = await openCatalogue({
      environment: { baseUrl: "http://own/v1", apiKey: "none", model: "e", price: null },
    });
    expect(await namesOf(catalogue)).toEqual(["p1", "o1", "s1", "s2", "environment"]);
    expect(await namesOf(catalogue, { userId: "ben" })).toEqual(["o1", "s1", "s2", "environment"]);
    expect(await namesOf(catalogue, { userId: null })).toEqual(["o1", "s1", "s2", "environment"]);
    expect(await namesOf(catalogue, { tenantId: "south" })).toEqual(["theirs", "s1", "s2", "environment"]);
    expect(await namesOf(catalogue, { role: "picture" })).toEqual([]);
  });

  test("models of people's own answer once an admin allows it, and nobody any more when that is taken back", async () => {
    await addModel(ana, "p1");
    await addModel(north, "o1");
    const catalogue = await openCatalogue();
    expect(await namesOf(catalogue)).toEqual(["o1"]);
    for (const [allowed, names] of [
      [true, ["p1", "o1"]],
      [false, ["o1"]],
    ] as const) {
      await allowOwn(allowed);
      await expect.poll(() => namesOf(catalogue)).toEqual(names);
    }
  });

  test("a model of the settings answers small and large questions without a row", async () => {
    const catalogue = await openCatalogue({
      environment: { baseUrl: "http://own/v1", apiKey: "none", model: "e", price: { input: 5, output: 7 } },
    });
    for (const role of ["small", "large"] as const)
      expect(await catalogue.routesOf({ ...wish, role })).toMatchObject([
        { wireName: "e", price: { input: 5, output: 7 } },
      ]);
    expect(connected).toEqual([
      { kind: "compatible", baseUrl: "http://own/v1", apiKey: "none", apiVersion: null, byOperator: true },
    ]);
  });

  test("a model may think as its name says, or as its row does", async () => {
    await addModel(north, "a", { wireName: "gpt-5-mini" });
    await addModel(north, "b", { wireName: "gpt-5-mini", reasoningTokens: 0, reasoningEffort: "unsaid" });
    const settings = { baseUrl: "http://own/v1", apiKey: "none", model: "qwen3:8b", price: null };
    const routes = await (await openCatalogue({ environment: settings })).routesOf(wish);
    expect(routes.map(({ reasoning }) => reasoning)).toEqual([
      { tokens: 2_000, effort: "minimal" },
      { tokens: 0, effort: null },
      { tokens: 4_000, effort: null },
    ]);
  });

  test("the key is opened for the provider alone, and an account has one client", async () => {
    const account = await addAccount(north);
    await addModel(north, "a", {}, account);
    await addModel(north, "b", {}, account);
    const catalogue = await openCatalogue();
    const [first, second] = await catalogue.routesOf(wish);
    expect(first?.provider).toBe(second?.provider);
    expect(connected).toEqual([
      {
        kind: "openai",
        baseUrl: "https://models.example/v1",
        apiKey: key,
        apiVersion: null,
        byOperator: false,
      },
    ]);
    expect(first?.account).toBe(`north/${account}`);
  });

  test("what is not for this organisation, feature or day is not offered", async () => {
    await db.owner.execute(sql`INSERT INTO tenants (id, name, plan) VALUES ('north', 'North', 'sales')`);
    await inSystem(db, (tx) =>
      saveRecords(tx, "north", "settings", firstSettings("North"), { now: now.toISOString() }),
    );
    const industry = "Real estate";
    await db.owner.execute(sql`UPDATE settings SET doc = jsonb_set(doc, '{industry}', ${JSON.stringify(industry)}::jsonb) WHERE id = 'business'`); // prettier-ignore
    await addModel(operator, "for-all");
    await addModel(operator, "lower-plan", { plan: "receptionist" });
    await addModel(operator, "higher-plan", { plan: "suite" });
    await addModel(operator, "industry", { industries: ["Travel", "real ESTATE"] });
    await addModel(operator, "other-industry", { industries: ["Travel"] });
    await addModel(operator, "feature", { features: ["chat", "writing"] });
    await addModel(operator, "other-feature", { features: ["chat"] });
    await addModel(operator, "off", { enabled: false });
    await addModel(operator, "off-here");
    await addModel(operator, "trial", { terms: "trial", endsAt: new Date("2026-11-22T00:00:00Z") });
    await inSystem(db, (tx) =>
      tx.insert(schema.aiChoices).values({ tenantId: "north", modelId: "off-here", enabled: false }),
    );
    const catalogue = await openCatalogue();
    const offered = ["for-all", "lower-plan", "industry", "feature", "trial"];
    expect(await namesOf(catalogue)).toEqual(offered);
    // No plan, no industry; what north switched off is on.
    expect(await namesOf(catalogue, { tenantId: "south" })).toEqual([
      "for-all",
      "feature",
      "off-here",
      "trial",
    ]);
    nowMs = Date.parse("2026-11-22T00:00:00Z");
    expect(await namesOf(catalogue)).toEqual(offered.slice(0, -1));
  });

  test("the price is that of the day, and what is free costs nothing", async () => {
    await addModel(north, "paid");
    await addModel(north, "free", { terms: "free" });
    const prices = [
      ["2026-01-01", 1],
      ["2026-11-21", 2],
      ["2026-11-22", 3],
    ] as const;
    await inSystem(db, (tx) =>
      tx.insert(schema.aiPrices).values(
        ["paid", "free"].flatMap((modelId) =>
          prices.map(([fromDay, input]) => ({
            tenantId: "north",
            modelId,
            fromDay,
            input,
            output: input * 4,
          })),
        ),
      ),
    );
    const catalogue = await openCatalogue();
    const priceOf = async () => (await catalogue.routesOf(wish)).map(({ price }) => price);
    expect(await priceOf()).toEqual([
      { input: 2, output: 8, picture: 0 },
      { input: 0, output: 0, picture: 0 },
    ]);
    nowMs += 86_400_000;
    expect((await priceOf())[0]).toEqual({ input: 3, output: 12, picture: 0 });
  });

  test("every node forgets what an admin has changed", async () => {
    await addModel(north, "a");
    const nodes = [await openCatalogue(), await openCatalogue()];
    for (const node of nodes) expect(await namesOf(node)).toEqual(["a"]);
    await inTenant(db, north, (tx) => tx.execute(sql`UPDATE ai_models SET enabled = false`));
    for (const node of nodes) await expect.poll(() => namesOf(node)).toEqual([]);
    await addModel(operator, "s");
    for (const node of nodes) await expect.poll(() => namesOf(node)).toEqual(["s"]);
  });

  test("a key that another secret sealed offers nothing, and says so", async () => {
    await addModel(north, "a");
    const moved = openAiAccountRecords(createSealer("another secret, also of enough characters"));
    expect(await namesOf(await openCatalogue({ accounts: moved }))).toEqual([]);
    expect(warned.at(-1)).toEqual({ account: expect.stringContaining("north/") as string });
    const [account] = await inTenant(db, north, (tx) => moved.list(tx, north));
    expect(account).toMatchObject({ key: "lost", keyHint: "…wxyz" });
  });

  test("one key that is damaged takes its own model away, and no other", async () => {
    await addModel(north, "a");
    await addModel(north, "b");
    const catalogue = await openCatalogue();
    await db.owner.execute(
      sql`UPDATE ai_accounts SET sealed_key = 'AAAA' WHERE id = (SELECT account_id FROM ai_models WHERE label = 'a')`,
    );
    await expect.poll(() => namesOf(catalogue)).toEqual(["b"]);
  });

  test("the client of an account that was removed is let go of, and one of the same id gets its own", async () => {
    await addModel(north, "a");
    const catalogue = await openCatalogue();
    expect(await namesOf(catalogue)).toEqual(["a"]);
    const rows = await rowsOf<{ id: string }>(db.owner, sql`SELECT id FROM ai_accounts`);
    const kept = await inSystem(db, async (tx) => {
      const accountRows = await tx.select().from(schema.aiAccounts);
      const modelRows = await tx.select().from(schema.aiModels);
      await tx.execute(sql`DELETE FROM ai_models`);
      await tx.execute(sql`DELETE FROM ai_accounts`);
      return { accountRows, modelRows };
    });
    await expect.poll(() => namesOf(catalogue)).toEqual([]);
    await inSystem(db, async (tx) => {
      await tx.insert(schema.aiAccounts).values(kept.accountRows);
      await tx.insert(schema.aiModels).values(kept.modelRows);
    });
    await expect.poll(() => namesOf(catalogue)).toEqual(["a"]);
    expect([rows.length, connected.length]).toEqual([1, 2]);
  });

  test("a request writes keys and sees their last letters; another address loses the key", async () => {
    const all = () => inTenant(db, north, (tx) => accounts.list(tx, north));
    const given = {
      kind: "openai",
      label: "Ours",
      baseUrl: "https://models.example/v1",
      apiVersion: null,
    } as const;
    const id = await inTenant(db, north, (tx) => accounts.create(tx, north, { ...given, apiKey: key, now }));
    const shown = { id, ...given, key: "kept", keyHint: "…wxyz", keyChangedAt: now.toISOString(), models: 0 };
    expect(await all()).toEqual([shown]);
    const of = { ...north, id };
    await inTenant(db, north, (tx) => accounts.change(tx, of, { baseUrl: "https://models.example/v2" }));
    expect(await all()).toMatchObject([{ key: "kept" }]);
    await inTenant(db, north, (tx) => accounts.change(tx, of, { baseUrl: "https://thief.example/v1" }));
    expect(await all()).toMatchObject([{ key: "none", keyHint: "" }]);
    await inTenant(db, north, (tx) => accounts.replaceKey(tx, of, "short", now));
    expect(await all()).toMatchObject([{ key: "kept", keyHint: "" }]);
    expect(await inSystem(db, (tx) => accounts.open(tx, of))).toMatchObject({ apiKey: "short" });
    await addModel(north, "m", {}, id);
    expect(await inTenant(db, north, (tx) => accounts.remove(tx, of))).toEqual({ ok: false, error: 1 });
    await inTenant(db, north, (tx) => tx.execute(sql`DELETE FROM ai_models`));
    expect(await inTenant(db, north, (tx) => accounts.remove(tx, of))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await all()).toEqual([]);
  });

  test("accounts are their owner's alone, and sealed text opens in no other place", async () => {
    const id = await addAccount(ana);
    await inSystem(db, async (tx) => {
      await accounts.replaceKey(tx, { ...north, id }, "planted", now);
      await accounts.replaceKey(tx, { tenantId: "north", userId: "ben", id }, "planted", now);
    });
    expect(await inSystem(db, (tx) => accounts.open(tx, { ...ana, id }))).toMatchObject({ apiKey: key });
    expect(await inTenant(db, north, (tx) => accounts.list(tx, north))).toEqual([]);
    const other = await addAccount(ana, "another key of enough letters");
    await inSystem(db, (tx) =>
      tx.execute(
        sql`UPDATE ai_accounts SET sealed_key = (SELECT sealed_key FROM ai_accounts WHERE id = ${id}) WHERE id = ${other}`,
      ),
    );
    expect(await inSystem(db, (tx) => accounts.open(tx, { ...ana, id: other }))).toBeNull();
    const rows = await rowsOf<{ text: string }>(db.owner, sql`SELECT a::text AS text FROM ai_accounts a`);
    expect(JSON.stringify(rows)).not.toContain(key);
  });
}
