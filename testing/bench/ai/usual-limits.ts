import { inSystem, schema, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";

/** US dollars per million tokens: what the limits in money count by. */
export const benchPrice = { input: 1, output: 4 };

const ample = 1_000_000_000_000_000;

/** What an organisation in earnest has: a budget, a quota for each person, and how often each may ask. None is ever met. */
export async function addUsualLimits(db: Database): Promise<void> {
  const limit = { tenantId: demoTenant.id, most: ample };
  await inSystem(db, (tx) =>
    tx.insert(schema.aiLimits).values([
      { ...limit, id: "budget", per: "organisation", measure: "money", period: "month" },
      { ...limit, id: "quota", per: "each", measure: "tokens", period: "day" },
      { ...limit, id: "rate", per: "each", measure: "requests", period: "minute" },
    ]),
  );
}
