import { desc, eq, sql } from "drizzle-orm";
import { collectionNames } from "../../shared/entities/collections.ts";
import { protocolVersion } from "../../shared/sync/wire.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import { addRoute, type Routes } from "./route.ts";
import { Health } from "./wire.ts";

const megabyte = 1024 * 1024;

/** How this server does and how much the tenant holds. */
export function addHealthSummary(routes: Routes): void {
  const { deps } = routes;
  addRoute(
    routes,
    {
      method: "GET",
      path: "/health",
      summary: "How the server does",
      roles: ["admin", "operator"],
      answer: Health,
    },
    async ({ tx, identity }) => {
      const counts = collectionNames.map(
        (name) =>
          sql`SELECT ${name}::text AS name, count(*)::int AS n FROM ${sql.identifier(name)}
              WHERE tenant_id = ${identity.tenantId} AND NOT deleted`,
      );
      const records = await rowsOf<{ name: string; n: number }>(tx, sql.join(counts, sql` UNION ALL `));
      const [facts] = await rowsOf<{ bytes: number; online: number; devices: number }>(
        tx,
        sql`SELECT pg_database_size(current_database())::float8 AS bytes,
                   (SELECT count(*)::int FROM presence WHERE tenant_id = ${identity.tenantId}) AS online,
                   (SELECT count(*)::int FROM devices WHERE tenant_id = ${identity.tenantId}) AS devices`,
      );
      return {
        database: deps.db.kind,
        databaseMB: round((facts?.bytes ?? 0) / megabyte),
        upS: Math.floor((deps.clock.now() - deps.nodeStartedAt) / 1000),
        protocol: protocolVersion,
        records: Object.fromEntries(records.map(({ name, n }) => [name, n])),
        devicesOnline: facts?.online ?? 0,
        devices: facts?.devices ?? 0,
        residentMB: round(process.memoryUsage.rss() / megabyte),
        conversion: await readConversion(tx, identity.tenantId),
      };
    },
  );
}

async function readConversion(tx: Tx, tenantId: string): Promise<Health["conversion"]> {
  const { conversionModels: models } = schema;
  const [latest] = await tx
    .select()
    .from(models)
    .where(eq(models.tenantId, tenantId))
    .orderBy(desc(models.version))
    .limit(1);
  if (latest === undefined) return null;
  const { version, contacts, converted, figures } = latest.model;
  const { alerts, stability, calibration = null } = latest.drift;
  const { auc, ece } = figures;
  const known = { compared: Object.keys(stability).length > 0, judged: calibration !== null };
  return { version, contacts, converted, auc, ece, alerts, ...known };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
