import { gunzipSync } from "node:zlib";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { WireError } from "../../shared/sync/wire.ts";
import { addDays, dayOf } from "../../shared/time/zone.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { AuditEntries, Health } from "../../sync-server/admin/wire.ts";
import { AiPrompts } from "../../sync-server/admin/ai/prompt-wire.ts";
import * as wire from "../../sync-server/admin/ai/wire.ts";
import {
  backUpRunning,
  inSystem,
  inTenant,
  schema,
  type Database,
} from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { says, sends, startModel, type Answer } from "../ai/start-model.ts";
import {
  addPerson,
  hashPassword,
  mintToken,
  startAuthServer,
  type Ask,
  type AuthServer,
} from "./start-auth-server.ts";

const key = "sk-planted-0123456789-ABCDEFGHIJ-wxyz";
/** Whoever reads this in an answer, a log or a file has found the key. */
const inside = "0123456789-ABCDEFGHIJ";

/** A provider that repeats the key in what it says of a failure, as careless ones do. */
const tells: Answer = (response, asked) =>
  sends(401, { error: { message: `Incorrect API key provided: ${asked.authorization}`, type: "x", code: null } })(response, asked); // prettier-ignore
const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
/** One word, at once or as a stream, as it was asked for. */
const answers =
  (text: string): Answer =>
  (response, asked) => {
    if (!("stream" in asked.body && asked.body.stream)) return says(text)(response, asked);
    const chunk = { id: "c", created: 1, model: "m", object: "chat.completion.chunk" };
    const message = { role: "assistant", content: text };
    const pieces = [
      { ...chunk, choices: [{ index: 0, delta: message, finish_reason: null }] },
      { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
      { ...chunk, choices: [], usage },
    ];
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(
      [...pieces.map((piece) => JSON.stringify(piece)), "[DONE]"].map((line) => `data: ${line}\n\n`).join(""),
    );
  };

/** The pages about models on one kind of database. */
export function aiAdminSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  let model: Awaited<ReturnType<typeof startModel>>;
  let logged = "";
  let answered = "";
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    server = await startAuthServer(db, { logTo: (line) => void (logged += line) });
    await addPerson(db, { id: "ops", tenantId: "operations", role: "operator", hash });
    for (const [id, tenantId, role] of [
      ["grace", "one", "admin"],
      ["ana", "one", "agent"],
      ["max", "one", "manager"],
      ["olga", "two", "admin"],
    ] as const) {
      await addPerson(db, { id, tenantId, role, hash });
      tokens[id] = await mintToken(db, id, tenantId);
    }
    tokens["ops"] = await mintToken(db, "ops", "operations");
    const now = "2026-01-01T09:00:00.000Z";
    for (const tenantId of ["one", "two"])
      await inTenant(db, { tenantId }, (tx) =>
        saveRecords(tx, tenantId, "settings", firstSettings("One"), { now }),
      );
    model = await startModel((response, asked) => answers(asked.body.model === "mute" ? "" : "ready")(response, asked)); // prettier-ignore
  });
  afterAll(async () => {
    await model.close();
    await server.close();
  });

  const as = async (who: string, path: string, ask: Ask = {}) => {
    const answer = await server.ask(`/api/v1${path}`, { ...ask, token: tokens[who] });
    answered += JSON.stringify(answer.body);
    return answer;
  };
  const messageOf = (body: unknown) => WireError.parse(body).error.message;
  const addAccount = async (who: string, root: string, baseUrl = model.access.baseUrl) => {
    const body = { kind: "compatible", label: "Ours", baseUrl, apiVersion: null, apiKey: key };
    return wire.AiAccount.parse((await as(who, `${root}/accounts`, { body })).body);
  };
  const fields = (accountId: string) => ({
    ...{ accountId, label: "Big", wireName: "big-1", role: "large", features: [], systemMessage: "" },
    ...{ contextTokens: 32_000, maxOutputTokens: 2_000, plan: null, industries: [], terms: "paid" },
    ...{ tags: [], endsAt: null },
    ...{ featured: false, position: 0, enabled: true },
  });
  const addModel = async (who: string, root: string, accountId: string) =>
    wire.AiModel.parse((await as(who, `${root}/models`, { body: fields(accountId) })).body);

  const allowOwn = (allowed: boolean) => as("grace", "/ai/own-models", { method: "PUT", body: { allowed } });

  test("nobody brings a model along before an admin allows it; that is written down, and whoever asks is told", async () => {
    const body = { kind: "compatible", label: "Mine", baseUrl: model.access.baseUrl, apiVersion: null, apiKey: key }; // prettier-ignore
    const refused = await as("ana", "/ai/own/accounts", { body });
    expect([refused.status, messageOf(refused.body)]).toEqual([403, "Your organisation has not allowed models of one's own."]); // prettier-ignore
    expect((await as("ana", "/ai/own-models")).body).toEqual({ allowed: false });
    const own = { method: "PUT", body: { allowed: true } };
    for (const who of ["ana", "max"]) expect((await as(who, "/ai/own-models", own)).status, who).toBe(403);
    expect((await allowOwn(true)).body).toEqual({ allowed: true });
    expect((await as("ana", "/ai/own-models")).body).toEqual({ allowed: true });
    expect((await as("olga", "/ai/own-models")).body).toEqual({ allowed: false });
    const account = await addAccount("ana", "/ai/own");
    const { id } = await addModel("ana", "/ai/own", account.id);
    await allowOwn(false);
    const again = await as("ana", "/ai/own/models", { body: fields(account.id) });
    const tested = await as("ana", `/ai/own/accounts/${account.id}/test`, { body: { wireName: "big-1" } });
    expect([again.status, tested.status]).toEqual([403, 403]);
    // What is there can be taken away.
    expect((await as("ana", `/ai/own/models/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await as("ana", `/ai/own/accounts/${account.id}`, { method: "DELETE" })).status).toBe(204);
    const { entries } = AuditEntries.parse((await as("grace", "/audit")).body);
    expect(entries.filter(({ action }) => action === "ai-own-models.change")).toHaveLength(2);
    await allowOwn(true);
  });

  // prettier-ignore
  test.each([["grace", "/ai"], ["ana", "/ai/own"]] as const)(
    "a key of %s goes in and its last letters come out; the account is tested with it, replaced and removed",
    async (who, root) => {
      const account = await addAccount(who, root);
      expect(account).toMatchObject({ key: "kept", keyHint: "…wxyz", models: 0 });
      const path = `${root}/accounts/${account.id}`;
      const tested = await as(who, `${path}/test`, { body: { wireName: "qwen3" } });
      expect(tested.body).toEqual({ ok: true, says: "qwen3 answered." });
      expect(model.asked.at(-1)).toMatchObject({
        authorization: `Bearer ${key}`,
        body: { max_tokens: 4_016 },
      });
      const mute = await as(who, `${path}/test`, { body: { wireName: "mute" } });
      expect(mute.body).toMatchObject({ ok: false, says: expect.stringContaining("gave no answer") });
      const moved = await as(who, path, { method: "PATCH", body: { baseUrl: "https://else.example/v1/" } });
      expect(moved.body).toMatchObject({ key: "none", keyHint: "", baseUrl: "https://else.example/v1" });
      const replaced = await as(who, `${path}/key`, { method: "PUT", body: { apiKey: "short" } });
      expect(replaced.body).toMatchObject({ key: "kept", keyHint: "" });
      const { id, ...added } = await addModel(who, root, account.id);
      expect(added).toMatchObject({ reasoningTokens: null, reasoningEffort: null });
      const thinks = { reasoningTokens: 3_000, reasoningEffort: "low" };
      expect((await as(who, `${root}/models/${id}`, { method: "PATCH", body: thinks })).body).toMatchObject(
        thinks,
      );
      const refused = await as(who, path, { method: "DELETE" });
      expect(`${refused.status} ${messageOf(refused.body)}`).toBe("409 Models go by this account. Remove them first.");
      expect((await as(who, `${root}/models/${id}`, { method: "DELETE" })).status).toBe(204);
      expect((await as(who, path, { method: "DELETE" })).status).toBe(204);
    },
  );

  test("nobody sees, changes or uses what is another's", async () => {
    const account = await addAccount("grace", "/ai");
    const own = await addAccount("ana", "/ai/own");
    const offered = await addModel("grace", "/ai", account.id);
    for (const [who, root, id] of [
      ["olga", "/ai", account.id],
      ["max", "/ai/own", own.id],
      ["grace", "/ai", own.id],
      ["ops", "/ai/system", account.id],
    ] as const) {
      expect(JSON.stringify((await as(who, `${root}/accounts`)).body), who).not.toContain(id);
      const touched = await as(who, `${root}/accounts/${id}/key`, { method: "PUT", body: { apiKey: null } });
      const tested = await as(who, `${root}/accounts/${id}/test`, { body: { wireName: "big-1" } });
      expect([touched.status, tested.status], `${who} ${root}`).toEqual([404, 404]);
      const used = await as(who, `${root}/models`, { body: fields(id) });
      expect([used.status, messageOf(used.body)], who).toEqual([400, "There is no such account."]);
    }
    expect((await as("olga", `/ai/models/${offered.id}`, { method: "PATCH", body: { enabled: false } })).status).toBe(404); // prettier-ignore
    for (const [who, path] of [
      ["ana", "/ai/accounts"],
      ["max", "/ai/usage"],
      ["grace", "/ai/system/models"],
      ["ops", "/ai/limits"],
    ] as const)
      expect((await as(who, path)).status, `${who} ${path}`).toBe(403);
    await as("grace", `/ai/models/${offered.id}`, { method: "DELETE" });
  });

  test("the operator offers a model with a price, and an organisation does without it", async () => {
    const account = await addAccount("ops", "/ai/system");
    const { id } = await addModel("ops", "/ai/system", account.id);
    const price = { input: 2_000_000, output: 8_000_000 };
    await as("ops", `/ai/system/models/${id}/prices/2026-01-01`, { method: "PUT", body: price });
    const offeredTo = async (who: string) =>
      wire.OfferedModels.parse((await as(who, "/ai/offered")).body).models;
    expect(await offeredTo("grace")).toMatchObject([{ id, enabled: true, price }]);
    await as("grace", `/ai/offered/${id}`, { method: "PUT", body: { enabled: false } });
    expect([await offeredTo("grace"), await offeredTo("olga")]).toMatchObject([[{ enabled: false }], [{ enabled: true }]]); // prettier-ignore
    await as("ops", `/ai/system/models/${id}`, { method: "PATCH", body: { plan: "suite" } });
    expect(await offeredTo("olga")).toEqual([]);
    expect((await as("ops", "/tenants/two", { method: "PATCH", body: { plan: "enterprise" } })).status).toBe(
      200,
    );
    expect(await offeredTo("olga")).toMatchObject([{ id }]);
    await as("ops", `/ai/system/models/${id}`, { method: "DELETE" });
  });

  test("a model that is added with its price is counted from that moment on", async () => {
    const account = await addAccount("grace", "/ai");
    const price = { input: 1_000_000, output: 5_000_000 };
    const body = { ...fields(account.id), price };
    const { id, prices } = wire.AiModel.parse((await as("grace", "/ai/models", { body })).body);
    expect(prices).toEqual([{ fromDay: expect.any(String), ...price, picture: 0 }]);
    const today = new Date().toISOString().slice(0, 10);
    expect(today >= (prices[0]?.fromDay ?? "none")).toBe(true);
    await as("grace", `/ai/models/${id}`, { method: "DELETE" });
  });

  test("a model that draws has a price by the picture, from a day on; its prompt is not tried as words", async () => {
    const price = { input: 0, output: 0, picture: 40_000 };
    const body = { ...fields((await addAccount("grace", "/ai")).id), role: "picture", price };
    const { id } = wire.AiModel.parse((await as("grace", "/ai/models", { body })).body);
    const put = { method: "PUT", body: { ...price, picture: 50_000 } };
    expect((await as("grace", `/ai/models/${id}/prices/2031-01-01`, put)).body).toMatchObject({ prices: [put.body, price] }); // prettier-ignore
    const prompt = { name: "assistant.picture", version: 1, data: "{}" };
    expect((await as("grace", "/ai/prompts/try", { body: prompt })).status).toBe(400);
    await as("grace", `/ai/models/${id}`, { method: "DELETE" });
  });

  test("a prompt is tried, billed, counted against a budget, and shown in the usage", async () => {
    const account = await addAccount("grace", "/ai");
    const { id } = await addModel("grace", "/ai", account.id);
    await as("grace", `/ai/models/${id}/prices/2026-01-01`, { method: "PUT", body: { input: 1_000_000, output: 5_000_000 } }); // prettier-ignore
    const limit = { per: "organisation", userId: null, feature: null, modelId: null, measure: "money", period: "month", action: "stop" }; // prettier-ignore
    const made = wire.AiLimit.parse(
      (await as("grace", "/ai/limits", { body: { ...limit, most: 30_000_000 } })).body,
    );
    const { prompts } = AiPrompts.parse((await as("grace", "/ai/prompts")).body);
    const { name = "", version } = prompts[0] ?? {};
    const body = { name, version, data: '{"heard":"a word"}' };
    const tried = () => as("grace", "/ai/prompts/try", { body });
    expect((await tried()).body).toMatchObject({ by: "model", model: "Big", text: "ready" });
    expect(prompts[0]?.trial).toMatchObject({
      said: expect.any(String),
      hasForm: false,
      maxOutputTokens: 900,
    });
    // The answer does not wait for its bill.
    const limits = async () => wire.AiLimits.parse((await as("grace", "/ai/limits")).body).limits;
    await expect.poll(limits).toMatchObject([{ id: made.id, used: 200_000, held: 0, most: 30_000_000 }]);
    // 2,000 tokens of an answer might cost ten million.
    await as("grace", `/ai/limits/${made.id}`, { method: "PATCH", body: { most: 1_000_000 } });
    await expect.poll(async () => ((await tried()).body as { by: string }).by).toBe("rules");
    expect((await tried()).body).toMatchObject({ by: "rules", trouble: expect.stringContaining("used up") });
    const usage = wire.AiUsage.parse((await as("grace", "/ai/usage")).body);
    const [big] = usage.models;
    expect(big).toMatchObject({ model: "Big", good: 0 });
    expect(usage.cells).toContainEqual(
      expect.objectContaining({ feature: "assistant", model: "Big", userId: "grace", source: "model" }),
    );
    expect(wire.AiUsage.parse((await as("olga", "/ai/usage")).body).cells).toEqual([]);
    const week = wire.AiUsage.parse((await as("grace", "/ai/usage?days=7")).body);
    expect(addDays(week.fromDay, 6)).toBe(week.toDay);
    expect((await as("grace", "/ai/notices")).body).toEqual({ unusual: [], refused: [] });
    await as("grace", `/ai/limits/${made.id}`, { method: "DELETE" });
    await as("grace", `/ai/models/${id}`, { method: "DELETE" });
  });

  test("the operator sees what each organisation used of its models, and nothing of their own", async () => {
    const system = await addAccount("ops", "/ai/system");
    const offered = await addModel("ops", "/ai/system", system.id);
    const { prompts } = AiPrompts.parse((await as("grace", "/ai/prompts")).body);
    const { name = "", version } = prompts[0] ?? {};
    const body = { name, version, data: '{"heard":"a word"}' };
    for (const who of ["grace", "olga"]) await as(who, "/ai/prompts/try", { body });
    const account = await addAccount("olga", "/ai");
    const own = await addModel("olga", "/ai", account.id);
    await as("olga", "/ai/prompts/try", { body });
    const used = async () => {
      const { cells, organisations } = wire.SystemUsage.parse((await as("ops", "/ai/system/usage")).body);
      const nameOf = (id: string) => organisations.find((one) => one.id === id)?.name;
      return cells.map(({ tenantId, requests, source }) => [tenantId, nameOf(tenantId) !== undefined, requests, source]); // prettier-ignore
    };
    await expect.poll(used).toEqual([["one", true, 1, "model"], ["two", true, 1, "model"]]); // prettier-ignore
    expect((await as("grace", "/ai/system/usage")).status).toBe(403);
    await as("olga", `/ai/models/${own.id}`, { method: "DELETE" });
    await as("ops", `/ai/system/models/${offered.id}`, { method: "DELETE" });
    expect(await used()).toEqual([["one", true, 1, "model"], ["two", true, 1, "model"]]); // prettier-ignore
    const { cells } = wire.SystemUsage.parse((await as("ops", "/ai/system/usage")).body);
    expect(new Set(cells.map(({ model }) => model))).toEqual(new Set([offered.label]));
  });

  test("a day of much more use than the weeks before is a notice to its own admins", async () => {
    const line = (at: Date, id: string) => ({
      ...{
        tenantId: "two",
        id,
        feature: "writing",
        task: "mail",
        promptVersion: 1,
        source: "model" as const,
      },
      ...{ modelId: "m", model: "Odd", outcome: "answered", cost: 1_000, askedAt: at },
    });
    const noon = (daysAgo: number) => new Date(Date.parse(`${addDays(dayOf(Date.now(), "UTC"), -daysAgo)}T12:00:00Z`)); // prettier-ignore
    const usual = Array.from({ length: 30 }, (_, ago) => ago).filter((ago) => ago > 2);
    const lines = [
      ...usual.map((ago) => line(noon(ago), `usual-${ago}`)),
      ...Array.from({ length: 60 }, (_, at) => line(noon(2), `odd-${at}`)),
    ];
    await inSystem(db, (tx) => tx.insert(schema.aiRequests).values(lines));
    const odd = { day: addDays(dayOf(Date.now(), "UTC"), -2), amount: 60, usual: 1, measure: "requests" };
    expect((await as("olga", "/ai/notices")).body).toEqual({ unusual: [odd], refused: [] });
    expect((await as("grace", "/ai/notices")).body).toEqual({ unusual: [], refused: [] });
    expect((await as("max", "/ai/notices")).status).toBe(403);
  });

  test("figures are read from the file that an evaluation wrote, and one of another form is told", async () => {
    const path = join(server.dataDir, "evaluation.json");
    const read = async () => wire.Evaluation.parse((await as("grace", "/ai/evaluation")).body);
    expect(await read()).toEqual({ madeAt: null, figures: [] });
    const figure = { id: "eval.lead.auc", feature: "conversion", data: "bank", metric: "AUC", value: 0.7, reach: ">= 0.67", floor: 0.649 }; // prettier-ignore
    await writeFile(path, JSON.stringify([{ ...figure, unit: "x", runs: 1 }]));
    expect(await read()).toEqual({ madeAt: expect.any(String), figures: [figure] });
    await writeFile(path, "[{");
    expect((await as("grace", "/ai/evaluation")).status).toBe(409);
    await rm(path);
  });

  test("what is watched of who converts: the model in use, what has changed, and each version", async () => {
    const model = (version: number, ece: number | null) => ({
      ...{ format: 1 as const, version, trainedAt: "2026-11-20T02:00:00Z", contacts: 900, converted: 70 },
      features: [
        { kind: "choice" as const, name: "source", label: "Source" },
        { kind: "choice" as const, name: "mood", label: "Mood of the last talk" },
      ],
      ...{ terms: ["base"], mean: [0], covariance: [1], unmetVariance: 1 },
      figures: { predicted: 800, auc: 0.7, ece },
    });
    type Drift = typeof schema.conversionModels.$inferInsert.drift;
    const keep = (version: number, ece: number | null, drift: Drift) => {
      const trainedAt = new Date(`2026-11-2${version}T02:00:00Z`);
      const row = { tenantId: "one", version, trainedAt, model: model(version, ece), drift };
      return inTenant(db, { tenantId: "one" }, (tx) => tx.insert(schema.conversionModels).values(row));
    };
    const watch = async (who: string) => wire.ConversionWatch.parse((await as(who, "/ai/conversion")).body);
    const judged = async () => Health.parse((await as("grace", "/health")).body).conversion?.judged;
    expect(await watch("grace")).toEqual({ model: null, versions: [] });
    await keep(1, null, { alerts: [], stability: {} });
    expect(await watch("grace")).toMatchObject({ model: { version: 1, calibration: null, stability: [] } });
    expect(await judged()).toBe(false);
    const calibration = { before: 0.02, now: 0.07, contacts: 400 };
    await keep(2, 0.03, { alerts: ["Off."], stability: { source: 0.1, mood: 0.4 }, calibration });
    expect(await watch("grace")).toMatchObject({
      model: {
        ...{ version: 2, trainedAt: "2026-11-22T02:00:00.000Z", contacts: 900, auc: 0.7, alerts: ["Off."] },
        calibration,
        stability: [
          { label: "Mood of the last talk", value: 0.4 },
          { label: "Source", value: 0.1 },
        ],
      },
      versions: [
        { version: 1, off: null },
        { version: 2, off: 0.03 },
      ],
    });
    expect(await judged()).toBe(true);
    expect(await watch("olga")).toEqual({ model: null, versions: [] });
    expect((await as("max", "/ai/conversion")).status).toBe(403);
  });

  test("a planted key is in no answer, log, error, metric, audit entry or backup", async () => {
    const careless = await startModel(tells);
    const account = await addAccount("grace", "/ai", careless.access.baseUrl);
    const tested = await as("grace", `/ai/accounts/${account.id}/test`, { body: { wireName: "big-1" } });
    expect(wire.TestedAiAccount.parse(tested.body).ok).toBe(false);
    await addModel("grace", "/ai", account.id);
    const { prompts } = AiPrompts.parse((await as("grace", "/ai/prompts")).body);
    const { name, version } = prompts[0] ?? {};
    await as("grace", "/ai/prompts/try", { body: { name, version, data: "{}" } });
    expect(careless.asked.length, "the key went to its provider").toBeGreaterThan(1);
    expect(careless.asked.at(-1)?.authorization).toContain(inside);
    // Not even where a form is refused that has it in the wrong place.
    await as("grace", "/ai/accounts", { body: { kind: key, label: key, baseUrl: key, apiKey: key } });
    for (const baseUrl of [`https://us:${key}@models.example/v1`, `https://models.example/v1?key=${key}`]) {
      const body = { kind: "compatible", label: "Ours", baseUrl, apiVersion: null, apiKey: null };
      expect((await as("grace", "/ai/accounts", { body })).status).toBe(400);
      expect((await as("grace", `/ai/accounts/${account.id}`, { method: "PATCH", body: { baseUrl } })).status).toBe(400); // prettier-ignore
    }
    await careless.close();

    const audit = AuditEntries.parse((await as("grace", "/audit?limit=100")).body);
    expect(audit.entries.map(({ action }) => action)).toContain("ai-account.create");
    const folder = await mkdtemp(join(tmpdir(), "ringside-planted-"));
    const file = join(folder, "backup");
    await backUpRunning(db, file, new Date());
    const backup = gunzipSync(await readFile(file)).toString("utf8");
    await rm(folder, { recursive: true });
    expect(backup).toContain(account.id);
    const metrics = await fetch(`${server.url}/metrics`).then((answer) => answer.text());
    for (const [where, text] of Object.entries({
      answered,
      logged,
      backup,
      metrics,
      audit: JSON.stringify(audit),
    })) {
      expect(text.length, where).toBeGreaterThan(20);
      expect(text.includes(inside), `the key stands in: ${where}`).toBe(false);
    }
    expect(z.string().parse(logged)).toContain("ai/accounts");
  });
}
