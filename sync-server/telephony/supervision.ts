import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";

/** Whoever supervises may listen to a call and end it. To everybody else it does not exist. @throws Refused */
export async function requireSupervision(
  tx: Tx,
  { tenantId, role, teamIds }: Identity,
  callId: string,
): Promise<void> {
  if (role === "admin") return;
  if (role !== "manager") throw new Refused("forbidden", "This needs the role manager or admin.");
  const [call] = await rowsOf<{ team: string | null }>(
    tx,
    sql`SELECT doc->>'teamId' AS team FROM calls WHERE tenant_id = ${tenantId} AND id = ${callId}`,
  );
  const isOwnTeam = call !== undefined && (call.team === null || teamIds.some((id) => id === call.team));
  if (!isOwnTeam) throw noSuchCall();
}

export function noSuchCall(): Refused {
  return new Refused("not-found", "There is no such call.");
}
