import { desc, eq, sql } from "drizzle-orm";
import { isoText, rowsOf, schema, type Tx } from "../../database/index.ts";
import { addRoute, admins, type Routes } from "../route.ts";
import { ConversionWatch } from "./wire.ts";

const { conversionModels } = schema;

/** What is watched of the model of who converts: it learns each night, and the world may change meanwhile. */
export function addConversionRoute(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path: "/ai/conversion", summary: "How the model of who converts does, and what has changed", roles: admins, answer: ConversionWatch }, // prettier-ignore
    async ({ tx, identity: { tenantId } }) => ({
      model: await readModel(tx, tenantId),
      versions: await readVersions(tx, tenantId),
    }),
  );
}

async function readModel(tx: Tx, tenantId: string): Promise<ConversionWatch["model"]> {
  const [latest] = await tx
    .select()
    .from(conversionModels)
    .where(eq(conversionModels.tenantId, tenantId))
    .orderBy(desc(conversionModels.version))
    .limit(1);
  if (latest === undefined) return null;
  const { version, contacts, converted, figures, features } = latest.model;
  const { alerts, stability, calibration = null } = latest.drift;
  return {
    ...{ version, contacts, converted, alerts, calibration, auc: figures.auc },
    trainedAt: latest.trainedAt.toISOString(),
    stability: features
      .flatMap(({ name, label }) => {
        const value = stability[name];
        return value === undefined ? [] : [{ label, value }];
      })
      .sort((a, b) => b.value - a.value),
  };
}

/** Each model is some 10 KB: of the others one figure alone is read. */
function readVersions(tx: Tx, tenantId: string): Promise<ConversionWatch["versions"]> {
  return rowsOf(
    tx,
    sql`SELECT version, ${isoText(sql`trained_at`)} AS "trainedAt", (model->'figures'->>'ece')::float8 AS off
        FROM conversion_models WHERE tenant_id = ${tenantId} ORDER BY version`,
  );
}
