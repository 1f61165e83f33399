import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { systemTimers } from "../../shared/result/ports.ts";
import { startAlerts, tellAlerts } from "../../sync-server/ai/alerts/index.ts";
import type { Notice } from "../../sync-server/auth/index.ts";
import { inSystem, rowsOf, schema, type Database, type Tx } from "../../sync-server/database/index.ts";
import { openPost } from "../../sync-server/letters/index.ts";
import { createSealer } from "../../sync-server/seal.ts";

type Line = Partial<typeof schema.aiRequests.$inferInsert>;

const dollar = 1_000_000_000;
const dayMs = 86_400_000;
const secret = "sk-live-a-key-that-nobody-may-read";

/** What is told of the use of models by mail, on one kind of database. */
export function alertsSuite(open: () => Promise<Database>): void {
  let db: Database;
  let nowMs = 0;
  let lines = 0;
  let logged: string[] = [];
  const clock = { now: () => nowMs };
  const log = {
    info: () => {},
    warn: (facts: object, text: string) => void logged.push(`${text} ${JSON.stringify(facts)}`),
  };
  const sealer = createSealer("a secret of thirty-two characters or more");
  const mail = {
    host: "127.0.0.1",
    port: 1,
    tls: "none",
    login: null,
    from: "post@ringside.example",
  } as const;

  beforeAll(async () => {
    db = await open();
    await inSystem(db, keepPeople);
  });
  beforeEach(() => {
    nowMs = Date.parse("2026-11-22T12:00:00Z");
    logged = [];
  });
  afterEach(() =>
    db.transaction((tx) =>
      tx.execute(sql`TRUNCATE ai_alerts, ai_requests, ai_models, ai_accounts, jobs CASCADE`),
    ),
  );
  afterAll(() => db.close());

  /** One that takes letters and sends none: they wait on the database. */
  const node = () => {
    const letters = openPost({ db, clock, timers: systemTimers, random: () => 0.5, sealer, mail, log });
    return { db, clock, letters, publicUrl: () => "https://ringside.example", log };
  };
  const tell = () => tellAlerts(node());
  const jobs = () =>
    rowsOf<{ key: string; payload: unknown; tenantId: string }>(
      db.owner,
      sql`SELECT key, payload, tenant_id AS "tenantId" FROM jobs WHERE kind = 'letter.send' ORDER BY key`,
    );
  /** Those that were written since they were last looked at. */
  const written = async (): Promise<Notice[]> => {
    const found = (await jobs()).map(({ key, payload }) => {
      const { sealed } = z.object({ sealed: z.string() }).parse(payload);
      return JSON.parse(sealer.open(sealed, `letters/${key}`)) as Notice;
    });
    await db.transaction((tx) => tx.execute(sql`DELETE FROM jobs WHERE kind = 'letter.send'`));
    return found.toSorted((a, b) => (a.to < b.to ? -1 : 1));
  };
  const ask = (...given: (Line & { at?: number })[]) =>
    inSystem(db, (tx) =>
      tx.insert(schema.aiRequests).values(
        given.map(({ at = nowMs, ...line }) => ({
          ...{ tenantId: "north", id: `line-${lines++}`, feature: "writing", task: "mail", promptVersion: 1 },
          ...{ source: "model" as const, modelId: "big", model: "Big", outcome: "answered", cost: dollar },
          askedAt: new Date(at),
          ...line,
        })),
      ),
    );
  /** Ten days of a dollar each, until yesterday. */
  const askUsually = () =>
    ask(...Array.from({ length: 10 }, (_, ago) => ({ at: nowMs - (ago + 1) * dayMs })));
  const keepAccount = (of: Partial<typeof schema.aiAccounts.$inferInsert> = {}) =>
    inSystem(db, async (tx) => {
      const account = { tenantId: "north", id: "account", kind: "openai", label: "Main", ...of } as const;
      await tx.insert(schema.aiAccounts).values({ ...account, baseUrl: "https://api.example/v1", sealedKey: sealer.seal(secret, "it"), keyTail: "read", keyChangedAt: new Date(nowMs - dayMs) }); // prettier-ignore
      const { tenantId, id: accountId, userId } = account;
      await tx.insert(schema.aiModels).values({ tenantId, accountId, ...(userId ? { userId } : {}), id: `big-${accountId}`, label: "Big", wireName: "big-1", role: "large", contextTokens: 1_000, maxOutputTokens: 100 }); // prettier-ignore
      return { modelId: `big-${accountId}`, outcome: "no-access", cost: 0 };
    });

  test("a day of unusual use is told each admin once, by however many nodes, and the next such day again", async () => {
    await askUsually();
    await tell();
    expect(await written()).toEqual([]);
    await ask({ cost: 60 * dollar });
    await Promise.all([tell(), tell()]);
    const told = await written();
    expect(told.map(({ to }) => to)).toEqual(["ada@north.example", "grace@north.example"]);
    expect(told[0]).toMatchObject({
      kind: "unusual-use",
      link: "https://ringside.example/console/ai-usage",
      tenant: { id: "north", name: "Northgate" },
      says: ["On 22 November 2026: $60.00, where $1.00 a day is usual."],
    });
    expect(logged).toEqual([expect.stringContaining("models were used much more than usual")]);
    // Another node, begun later: what it knows stands on the database.
    nowMs += dayMs / 2;
    await tell();
    expect(await written()).toEqual([]);
    nowMs += dayMs / 2;
    await ask({ cost: 90 * dollar });
    await tell();
    expect((await written()).flatMap(({ says }) => says)).toEqual(
      Array(2).fill("On 23 November 2026: $90.00, where $1.00 a day is usual."),
    );
  });

  test("a refused key is told whose account it is once a day, until it is changed or taken again", async () => {
    const refused = await keepAccount();
    await ask(refused, { ...refused, id: "again", at: nowMs + 1 });
    nowMs += 60_000;
    await Promise.all([tell(), tell()]);
    const told = await written();
    expect(told.map(({ to, kind }) => [to, kind])).toEqual([
      ["ada@north.example", "key-refused"],
      ["grace@north.example", "key-refused"],
    ]);
    expect(told[0]?.says).toEqual([
      expect.stringMatching(
        /“Main”.*does not take its key.*the model Big, on 22 November 2026 at 12:00 UTC/u,
      ),
    ]);
    expect(JSON.stringify([told, logged])).not.toMatch(/sk-live|…read/u);
    await tell();
    expect(await written()).toEqual([]);
    nowMs += dayMs;
    await ask(refused);
    await tell();
    expect(await written()).toHaveLength(2);
    nowMs += dayMs;
    await ask(refused, { ...refused, outcome: "answered", at: nowMs + 1 });
    await tell();
    expect(await written()).toEqual([]);
    await ask({ ...refused, at: nowMs + 2 });
    nowMs += 3;
    await inSystem(db, (tx) => tx.update(schema.aiAccounts).set({ keyChangedAt: new Date(nowMs) }));
    await tell();
    expect(await written()).toEqual([]);
  });

  test("a key is told once, and as what it is, while another model answers all that it is asked; each day where the rules do", async () => {
    const refused = await keepAccount();
    const other = { modelId: "other", outcome: "answered" };
    const rules = { source: "rules" as const, modelId: "", model: "", outcome: "answered", cost: 0 };
    const askBoth = () => ask({ ...refused, at: nowMs - 2_000 }, { ...other, at: nowMs - 1_000 });
    const toldOf = async () => {
      await tell();
      return (await written()).map(({ to, kind }) => `${to.split("@")[0]} ${kind}`);
    };
    await askBoth();
    // Before it was refused the rules answered for another reason.
    await ask({ ...rules, instead: "limited", at: nowMs - 3_000 });
    expect(await toldOf()).toEqual(["ada key-passed-over", "grace key-passed-over"]);
    nowMs += dayMs;
    await askBoth();
    expect(await toldOf()).toEqual([]);
    // Of another task nobody else answers.
    nowMs += 60_000;
    await ask({ ...refused, task: "sms", at: nowMs - 500 }, { ...rules, task: "sms", instead: "no-access" });
    await tell();
    const told = await written();
    expect(told.map(({ kind }) => kind)).toEqual(["key-refused", "key-refused"]);
    expect(told[0]?.says.join(" ")).toContain("Ringside's own rules answered instead.");
    // Taken in between, it is news when it is refused again.
    nowMs += dayMs;
    await ask({ ...refused, outcome: "answered", at: nowMs - 10_000 });
    await askBoth();
    await ask({ ...refused, task: "sms", at: nowMs - 900 }, { ...other, task: "sms", at: nowMs - 800 });
    expect(await toldOf()).toEqual(["ada key-passed-over", "grace key-passed-over"]);
  });

  test("a server that was down tells what nobody was told meanwhile: keys that are still refused, and a week's unusual days", async () => {
    await askUsually();
    await ask({ cost: 60 * dollar, at: nowMs - 1 }, await keepAccount());
    nowMs += 5 * dayMs;
    await tell();
    const told = await written();
    expect(told.map(({ to, kind }) => `${to} ${kind}`).toSorted()).toEqual([
      "ada@north.example key-refused",
      "ada@north.example unusual-use",
      "grace@north.example key-refused",
      "grace@north.example unusual-use",
    ]);
    nowMs += 24 * dayMs + 3_600_000;
    await tell();
    nowMs += dayMs;
    await tell();
    expect(await written()).toEqual([]);
  });

  test("one's own account is told oneself, the operator's and the server's own the operator", async () => {
    const own = await keepAccount({ id: "own", userId: "ben" });
    const offered = await keepAccount({ id: "offered", tenantId: "", label: "For everybody" });
    await ask(own, { ...offered, ofOperator: true });
    await ask({ ...offered, modelId: "environment", model: "gpt", ofOperator: true, tenantId: "south" });
    await tell();
    const told = await written();
    expect(told.map(({ to, tenant, link }) => [to, tenant?.id ?? null, link.split("/").at(-1)])).toEqual([
      ["ben@north.example", "north", "own-models"],
      ["olivia@ringside.example", null, "ai-models"],
      ["olivia@ringside.example", null, "ai-models"],
    ]);
    const says = told.flatMap((one) => one.says).join(" ");
    expect(says).toContain("The account of the server's settings");
    expect(says).toContain("“For everybody”");
  });

  test("a letter that cannot be written keeps nobody else's back, and is written at the next look", async () => {
    const own = await keepAccount({ id: "own", userId: "ben" });
    await ask(own, { ...own, modelId: "environment", model: "gpt", ofOperator: true });
    const { letters, ...deps } = node();
    const send: typeof letters.send = (tx, letter) =>
      letter.to.startsWith("olivia") ? Promise.reject(new Error("no room")) : letters.send(tx, letter);
    await tellAlerts({ ...deps, letters: { send } });
    expect((await written()).map(({ to }) => to)).toEqual(["ben@north.example"]);
    await tell();
    expect((await written()).map(({ to }) => to)).toEqual(["olivia@ringside.example"]);
  });

  test("nobody is told who cannot sign in, and a server looks by itself when it starts", async () => {
    await ask(
      ...["gone", "demo"].map((tenantId) => ({ tenantId, modelId: "big-account", outcome: "no-access" })),
    );
    await tell();
    expect(await written()).toEqual([]);
    await ask(await keepAccount());
    const nodes = [startAlerts(node()), startAlerts(node())];
    for (const one of nodes) await one.start();
    await expect.poll(jobs).toHaveLength(2);
    for (const one of nodes) await one.stop();
    expect((await written()).map(({ to }) => to)).toEqual(["ada@north.example", "grace@north.example"]);
  });
}

async function keepPeople(tx: Tx): Promise<void> {
  await tx.insert(schema.tenants).values([
    { id: "north", name: "Northgate" },
    { id: "south", name: "Southgate" },
    { id: "gone", name: "Gone", suspendedAt: new Date(0) },
    { id: "demo", name: "Demo", kind: "demo" },
    { id: "operations", name: "Operations", kind: "operations" },
  ]);
  const people = [
    ["grace", "north", "admin"],
    ["ada", "north", "admin"],
    ["left", "north", "admin"],
    ["ben", "north", "agent"],
    ["mia", "north", "manager"],
    ["gus", "gone", "admin"],
    ["dee", "demo", "admin"],
    ["olivia", "operations", "operator"],
  ] as const;
  for (const [id, tenantId, role] of people) {
    const email = `${id}@${tenantId === "operations" ? "ringside" : tenantId}.example`;
    await tx.insert(schema.users).values({ id, name: id, email });
    await tx
      .insert(schema.members)
      .values({ tenantId, userId: id, role, deactivatedAt: id === "left" ? new Date(0) : null });
  }
}
