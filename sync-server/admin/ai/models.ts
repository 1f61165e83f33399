import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { v7 } from "uuid";
import { dayOf } from "../../../shared/time/zone.ts";
import { applyChange, whatStood } from "../../../shared/entities/partial-change.ts";
import type { Owned, Owner } from "../../ai/accounts/index.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { requireAllowed } from "./own-models.ts";
import { scopes, type Scope } from "./scope.ts";
import { readListening } from "./sound-prices.ts";
import { AiModel, AiModels, ChangeAiModel, KeepPrice, NewAiModel, PriceDay } from "./wire.ts";

const { aiModels, aiPrices } = schema;
const mostModels = 200;
type Fields = Omit<AiModel, "id" | "prices">;

/** The catalogue, each tier by whoever answers for it. */
export function addAiModelRoutes(routes: Routes): void {
  for (const scope of scopes) {
    addListRoutes(routes, scope);
    addEndRoutes(routes, scope);
    addPriceRoutes(routes, scope);
  }
}

function addListRoutes(routes: Routes, { path: root, roles, as, whose, ownerOf }: Scope): void {
  const path = `${root}/models`;
  const ofSettings = as === "server" ? routes.deps.ai.environment : null;
  const environment = ofSettings && { model: ofSettings.model, price: ofSettings.price };
  const listensWith = as === "server" ? routes.deps.ai.listensWith : null;
  addRoute(
    routes,
    { method: "GET", path, summary: `Models ${whose}`, roles, as, answer: AiModels },
    async ({ tx, identity }) => ({
      models: await readModels(tx, ownerOf(identity)),
      environment,
      listening: listensWith === null ? null : await readListening(tx, listensWith),
    }),
  );
  addRoute(
    routes,
    { method: "POST", path, summary: `Add a model ${whose}`, roles, as, body: NewAiModel, answer: AiModel, status: 201 }, // prettier-ignore
    async ({ tx, identity, body: { price, ...fields }, now, note }) => {
      const owner = ownerOf(identity);
      await requireAllowed(tx, owner);
      if ((await readModels(tx, owner)).length >= mostModels)
        throw new Refused("conflict", `There are ${mostModels} models. Remove one that is not used.`);
      await requireUsable(routes, tx, owner, fields);
      const id = v7();
      await tx.insert(aiModels).values({ ...owner, id, ...rowOf(fields), createdAt: new Date(now) });
      await note("ai-model.create", subjectOf(id), { after: fields });
      if (price) {
        const fromDay = earliestDay(now);
        await tx.insert(aiPrices).values({ tenantId: owner.tenantId, modelId: id, fromDay, ...price });
        await note("ai-model.price", subjectOf(id), { fromDay, after: price });
      }
      return modelOf(tx, { ...owner, id });
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: `${path}/:id`, summary: "Change a model", roles, as, params: IdParam, body: ChangeAiModel, answer: AiModel }, // prettier-ignore
    async ({ tx, identity, params: { id }, body, note }) => {
      const of = { ...ownerOf(identity), id };
      const before = await modelOf(tx, of);
      const { id: _, prices: _prices, ...after } = applyChange(before, body);
      await requireUsable(routes, tx, of, after);
      await tx.update(aiModels).set(rowOf(after)).where(own(of));
      await note("ai-model.change", subjectOf(id), { before: whatStood(before, body), after: body });
      return modelOf(tx, of);
    },
  );
}

/** Where the day begins last: a new model's price holds at once in every organisation's calendar. */
function earliestDay(now: string): string {
  return dayOf(Date.parse(now), "Etc/GMT+12");
}

function addEndRoutes(routes: Routes, { path: root, roles, as, ownerOf }: Scope): void {
  addRoute(
    routes,
    { method: "DELETE", path: `${root}/models/:id`, summary: "Remove a model; what it has cost stays in the bill", roles, as, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity, params: { id }, note }) => {
      const of = { ...ownerOf(identity), id };
      const { label, wireName } = await modelOf(tx, of);
      await tx.delete(aiModels).where(own(of));
      await note("ai-model.remove", subjectOf(id), { before: { label, wireName } });
    },
  );
}

function addPriceRoutes(routes: Routes, { path: root, roles, as, ownerOf }: Scope): void {
  const path = `${root}/models/:id/prices/:fromDay`;
  addRoute(
    routes,
    { method: "PUT", path, summary: "Keep the price of a model from a day on", roles, as, params: PriceDay, body: KeepPrice, answer: AiModel }, // prettier-ignore
    async ({ tx, identity, params: { id, fromDay }, body, note }) => {
      const of = { ...ownerOf(identity), id };
      await modelOf(tx, of);
      const key = { tenantId: of.tenantId, modelId: id, fromDay };
      const target = [aiPrices.tenantId, aiPrices.modelId, aiPrices.fromDay];
      await tx
        .insert(aiPrices)
        .values({ ...key, ...body })
        .onConflictDoUpdate({ target, set: body });
      await note("ai-model.price", subjectOf(id), { fromDay, after: body });
      return modelOf(tx, of);
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path, summary: "Forget the price that begins on a day", roles, as, params: PriceDay, answer: AiModel }, // prettier-ignore
    async ({ tx, identity, params: { id, fromDay }, note }) => {
      const of = { ...ownerOf(identity), id };
      await modelOf(tx, of);
      const { tenantId, modelId, fromDay: from } = aiPrices;
      await tx.delete(aiPrices).where(and(eq(tenantId, of.tenantId), eq(modelId, id), eq(from, fromDay)));
      await note("ai-model.price", subjectOf(id), { fromDay, after: null });
      return modelOf(tx, of);
    },
  );
}

/** A model goes by an account of its own owner: nobody spends with somebody else's key. */
async function requireUsable(
  { deps }: Routes,
  tx: Tx,
  { tenantId, userId }: Owner,
  { accountId, maxOutputTokens, contextTokens, terms, endsAt }: Fields,
): Promise<void> {
  const accounts = await deps.ai.accounts.list(tx, { tenantId, userId });
  if (!accounts.some(({ id }) => id === accountId))
    throw new Refused("bad-request", "There is no such account.");
  if (maxOutputTokens > contextTokens)
    throw new Refused("bad-request", "An answer cannot be longer than what the model takes in at once.");
  if (terms === "trial" && endsAt === null)
    throw new Refused("bad-request", "A trial ends some day: say when.");
}

function own({ tenantId, userId, id }: Owned): SQL | undefined {
  const user = userId === null ? isNull(aiModels.userId) : eq(aiModels.userId, userId);
  return and(eq(aiModels.tenantId, tenantId), user, eq(aiModels.id, id));
}

function rowOf({ endsAt, ...fields }: Fields) {
  return { ...fields, endsAt: endsAt === null ? null : new Date(endsAt) };
}

async function modelOf(tx: Tx, of: Owned): Promise<AiModel> {
  const all = await readModels(tx, of);
  return found(
    all.find(({ id }) => id === of.id),
    "model",
  );
}

function readModels(tx: Tx, { tenantId, userId }: Owner): Promise<AiModel[]> {
  return rowsOf<AiModel>(
    tx,
    sql`SELECT m.id, m.account_id AS "accountId", m.label, m.wire_name AS "wireName", m.role,
          to_json(m.features) AS features, m.system_message AS "systemMessage", m.context_tokens AS "contextTokens",
          m.max_output_tokens AS "maxOutputTokens", m.reasoning_tokens AS "reasoningTokens",
          m.reasoning_effort AS "reasoningEffort", m.plan, to_json(m.industries) AS industries, m.terms,
          to_char(m.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "endsAt", m.featured,
          to_json(m.tags) AS tags, m.position, m.enabled, ${pricesOf()} AS prices
        FROM ai_models m WHERE m.tenant_id = ${tenantId} AND m.user_id IS NOT DISTINCT FROM ${userId}::text
        ORDER BY m.position, m.created_at, m.id`,
  );
}

/** The newest first. */
function pricesOf(): SQL {
  return sql`(SELECT coalesce(json_agg(json_build_object('fromDay', p.from_day, 'input', p.input, 'output', p.output,
        'picture', p.picture)
      ORDER BY p.from_day DESC), '[]')
    FROM ai_prices p WHERE p.tenant_id = m.tenant_id AND p.model_id = m.id)`;
}

function subjectOf(id: string): string {
  return `ai-models/${id}`;
}
