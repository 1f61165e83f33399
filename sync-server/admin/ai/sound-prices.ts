import { and, eq, sql } from "drizzle-orm";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { addRoute, found, operators, type Routes } from "../route.ts";
import { KeepSoundPrice, SoundPriceDay, type MinutePrice } from "./wire.ts";

const { aiMinutePrices } = schema;

/** What a minute costs of what listens to calls: that is named in the server's settings, and paid for by the operator. */
export function addSoundPriceRoutes(routes: Routes): void {
  const path = "/ai/system/listening/prices/:fromDay";
  const model = () => found(routes.deps.ai.listensWith, "provider of speech-to-text");
  const base = { path, roles: operators, as: "server", params: SoundPriceDay, answer: null } as const;
  addRoute(
    routes,
    { ...base, method: "PUT", summary: "Keep what a minute of listening costs from a day on", body: KeepSoundPrice }, // prettier-ignore
    async ({ tx, params: { fromDay }, body, note }) => {
      const key = { tenantId: "", model: model(), fromDay };
      const target = [aiMinutePrices.tenantId, aiMinutePrices.model, aiMinutePrices.fromDay];
      await tx
        .insert(aiMinutePrices)
        .values({ ...key, ...body })
        .onConflictDoUpdate({ target, set: body });
      await note("ai-model.price", subjectOf(model()), { label: model(), fromDay, after: body });
    },
  );
  addRoute(
    routes,
    { ...base, method: "DELETE", summary: "Forget what a minute of listening costs from a day on" },
    async ({ tx, params: { fromDay }, note }) => {
      const { tenantId, model: name, fromDay: from } = aiMinutePrices;
      await tx.delete(aiMinutePrices).where(and(eq(tenantId, ""), eq(name, model()), eq(from, fromDay)));
      await note("ai-model.price", subjectOf(model()), { label: model(), fromDay, after: null });
    },
  );
}

/** With its prices, the newest first. */
export async function readListening(
  tx: Tx,
  model: string,
): Promise<{ model: string; prices: MinutePrice[] }> {
  const prices = await rowsOf<MinutePrice>(
    tx,
    sql`SELECT from_day::text AS "fromDay", minute::float8 AS minute FROM ai_minute_prices
        WHERE tenant_id = '' AND model = ${model} ORDER BY from_day DESC`,
  );
  return { model, prices };
}

function subjectOf(model: string): string {
  return `ai-models/${model}`;
}
