import { sql } from "drizzle-orm";
import { dayOf } from "../../../shared/time/zone.ts";
import { isFor, readTimeZone } from "../../ai/catalogue/index.ts";
import { rowsOf, schema } from "../../database/index.ts";
import { addRoute, admins, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { KeepChoice, OfferedModels } from "./wire.ts";

/** What the operator offers to an organisation, and what its admins switched off of it. */
export function addOfferedRoutes(routes: Routes): void {
  const path = "/ai/offered";
  addRoute(
    routes,
    { method: "GET", path, summary: "Models that the operator offers to this organisation", roles: admins, answer: OfferedModels }, // prettier-ignore
    async ({ tx, identity: { tenantId }, now }) => {
      const today = dayOf(Date.parse(now), await readTimeZone(tx, tenantId));
      const models = await rowsOf<never>(
        tx,
        sql`SELECT m.id, m.label, m.role, to_json(m.features) AS features, m.terms,
              to_char(m.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "endsAt", m.featured,
              to_json(m.tags) AS tags, coalesce(c.enabled, true) AS enabled,
              (SELECT json_build_object('fromDay', p.from_day, 'input', p.input, 'output', p.output, 'picture', p.picture)
               FROM ai_prices p
               WHERE p.tenant_id = '' AND p.model_id = m.id AND p.from_day <= ${today}::date
               ORDER BY p.from_day DESC LIMIT 1) AS price
            FROM ai_models m LEFT JOIN ai_choices c ON c.tenant_id = ${tenantId} AND c.model_id = m.id
            WHERE m.tenant_id = '' AND m.enabled AND (m.ends_at IS NULL OR m.ends_at > ${now}) AND ${isFor(tenantId)}
            ORDER BY m.featured DESC, m.position, m.created_at, m.id`,
      );
      return { models };
    },
  );
  addRoute(
    routes,
    { method: "PUT", path: `${path}/:id`, summary: "Use a model of the operator's, or do without it", roles: admins, params: IdParam, body: KeepChoice, answer: null }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, body: { enabled }, note }) => {
      const [model] = await rowsOf(tx, sql`SELECT 1 FROM ai_models WHERE tenant_id = '' AND id = ${id}`);
      found(model, "model");
      const { aiChoices } = schema;
      const target = [aiChoices.tenantId, aiChoices.modelId];
      await tx
        .insert(aiChoices)
        .values({ tenantId, modelId: id, enabled })
        .onConflictDoUpdate({ target, set: { enabled } });
      await note("ai-model.choose", `ai-models/${id}`, { after: { enabled } });
    },
  );
}
