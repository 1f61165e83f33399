import { sql } from "drizzle-orm";
import { inTenant, rowsOf, type Database } from "../../database/index.ts";

/** Whoever of us held a call, with the team that it is then told to. */
export type Agent = { userId: string; teamId: string | null };

/** Somebody of the tenant by their e-mail address or id, also if they have left. Null: there is nobody. */
export async function findAgent(db: Database, tenantId: string, who: string): Promise<Agent | null> {
  const [row] = await inTenant(db, { tenantId }, (tx) =>
    rowsOf<{ userId: string; teamId: string | null }>(
      tx,
      sql`SELECT doc->>'userId' AS "userId", doc->'teamIds'->>0 AS "teamId" FROM settings
          WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = 'person'
            AND (doc->>'userId' = ${who} OR lower(doc->>'email') = ${who.toLowerCase()}) LIMIT 1`,
    ),
  );
  return row ?? null;
}

/**
 * Names the agent of each recording: the one that it names, or the one that was given for all that name none.
 * @param usual null = every recording must name somebody
 */
export function agentsOf(db: Database, tenantId: string, usual: Agent | null) {
  const known = new Map<string, Promise<Agent | null>>();
  return async (address: string): Promise<Agent | { wrong: string }> => {
    if (address === "") return usual ?? { wrong: "does not say whose call it was" };
    const asked = known.get(address) ?? findAgent(db, tenantId, address);
    known.set(address, asked);
    return (await asked) ?? { wrong: `was held by somebody who is not here: ${address.slice(0, 100)}` };
  };
}
