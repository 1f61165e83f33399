import { and, eq, inArray } from "drizzle-orm";
import { inTenant, schema, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { audit } from "./audit.ts";
import type { AuthDeps, Origin } from "./deps.ts";

/** Which sessions of the tenant end. */
export type Ended = { sessionIds: readonly string[] } | { userId: string } | { deviceId: string };

/** Ends sessions in the tenant's name; every node and every stream hears of it at commit. @returns how many */
export async function endSessions(
  deps: Pick<AuthDeps, "db">,
  identity: Identity,
  which: Ended,
  origin: Origin,
): Promise<number> {
  return inTenant(deps.db, identity, async (tx) => {
    const ended = await deleteSessions(tx, identity.tenantId, which);
    for (const { id, userId, deviceId } of ended) {
      const subject = deviceId === null ? `users/${userId}` : `devices/${deviceId}`;
      const details = { session: id };
      const { tenantId, userId: actorId } = identity;
      await audit(tx, { tenantId, actorId, action: "session.end", subject, details, ip: origin.ip });
    }
    return ended.length;
  });
}

/** As part of a larger change, which audits it. */
export async function deleteSessions(tx: Tx, tenantId: string, which: Ended) {
  const { sessions } = schema;
  const chosen =
    "sessionIds" in which
      ? inArray(sessions.id, [...which.sessionIds])
      : "userId" in which
        ? eq(sessions.userId, which.userId)
        : eq(sessions.deviceId, which.deviceId);
  return tx
    .delete(sessions)
    .where(and(eq(sessions.tenantId, tenantId), chosen))
    .returning({ id: sessions.id, userId: sessions.userId, deviceId: sessions.deviceId });
}
