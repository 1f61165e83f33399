import { sql } from "drizzle-orm";
import { isOfOwnExchange } from "../../shared/calls/call.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { audit } from "../auth/index.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";
import { askToHangUp } from "../sync/index.ts";
import { noSuchCall, requireSupervision } from "./supervision.ts";

type Found = { agentId: string | null; provider: string; isOver: boolean; isReached: boolean };

/**
 * Ends a call of a company's own exchange, which the server cannot: asks the desk that is in it. That the call is over
 * is told by the desk, as ever.
 * @throws Refused where there is no such call, nobody in it, or no desk to be asked
 */
export async function endAtDesk(tx: Tx, identity: Identity, callId: string, ip: string): Promise<void> {
  const { tenantId } = identity;
  await requireSupervision(tx, identity, callId);
  const [call] = await rowsOf<Found>(
    tx,
    sql`SELECT c.doc->>'agentId' AS "agentId", c.doc->'line'->>'provider' AS provider,
               c.doc->>'endedAt' IS NOT NULL AS "isOver",
               EXISTS (SELECT FROM presence p WHERE p.tenant_id = c.tenant_id AND p.user_id = c.doc->>'agentId') AS "isReached"
        FROM calls c WHERE c.tenant_id = ${tenantId} AND c.id = ${callId} AND NOT c.deleted`,
  );
  if (!call || !isOfOwnExchange(call as never)) throw noSuchCall();
  if (call.isOver) throw notPossible("The call is over.");
  if (call.agentId === null)
    throw notPossible("Nobody has taken this call yet: only the exchange can end it.");
  if (!call.isReached)
    throw notPossible("Their desk cannot be reached, and only there can this call be ended.");
  await askToHangUp(tx, { tenantId, userId: call.agentId, callId: callId as RecordId });
  await audit(tx, { tenantId, actorId: identity.userId, action: "call.end", subject: `calls/${callId}`, ip });
}

function notPossible(why: string): Refused {
  return new Refused("conflict", why, { code: "not-possible" });
}
