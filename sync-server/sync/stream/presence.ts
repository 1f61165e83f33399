import { sql, type SQL } from "drizzle-orm";
import type { Presence, PresenceEntry } from "../../../shared/sync/wire.ts";
import { inSystem, inTenant, isoText, rowsOf, type Database, type Tx } from "../../database/index.ts";
import type { DeviceIdentity } from "../../http/index.ts";

export const presenceChannel = "ringside_presence";

/** A node says this often that its devices are still there … */
export const heartbeatEveryMs = 20_000;
/** … and after this long without word, the node is gone and so are they. */
const lostAfterSeconds = 70;
/** Nobody waits for calls without a desk; one whose node was started anew comes back within this. */
const stillWaitingSeconds = 120;

/** One person's most engaged desk counts: whoever talks at one desk is not free because another one is open. */
const mostEngagedFirst: readonly Presence[] = ["busy", "wrap-up", "available", "break", "offline"];

/** What a desk says of its person. */
export type Said = Pick<PresenceEntry, "presence" | "reason">;

/** Notes who is at which desk, in the database, so that every node tells the same. */
export function createPresence(db: Database, nodeId: string) {
  return {
    /** @returns after every node was told */
    arrive({ tenantId, deviceId, userId }: DeviceIdentity, said: Said): Promise<void> {
      const { presence } = said;
      // Nobody is available for a reason, and a desk that says so may not keep one.
      const reason = presence === "break" ? said.reason : "";
      return inTenant(db, { tenantId }, async (tx) => {
        await tx.execute(
          sql`INSERT INTO presence (tenant_id, device_id, user_id, presence, reason, node_id, since)
              VALUES (${tenantId}, ${deviceId}, ${userId}, ${presence}, ${reason}, ${nodeId},
                coalesce((${sinceBefore({ tenantId, deviceId }, { presence, reason })}), now()))
              ON CONFLICT (tenant_id, device_id) DO UPDATE SET
                user_id = excluded.user_id, node_id = excluded.node_id, seen_at = now(),
                presence = excluded.presence, reason = excluded.reason,
                since = CASE WHEN (presence.presence, presence.reason) = (excluded.presence, excluded.reason)
                             THEN presence.since ELSE now() END`,
        );
        await tx.execute(
          sql`UPDATE devices SET last_seen_at = now() WHERE tenant_id = ${tenantId} AND id = ${deviceId}`,
        );
        await tellNodes(tx, tenantId);
      });
    },
    /** A device that has already come back at another node is left alone. */
    leave({ tenantId, deviceId }: DeviceIdentity): Promise<void> {
      return inTenant(db, { tenantId }, async (tx) => {
        await forget(tx, sql`tenant_id = ${tenantId} AND device_id = ${deviceId} AND node_id = ${nodeId}`);
      });
    },
    /** Keeps this node's devices and forgets those of nodes that died. */
    beat(): Promise<void> {
      return inSystem(db, async (tx) => {
        await tx.execute(sql`UPDATE presence SET seen_at = now() WHERE node_id = ${nodeId}`);
        await forget(tx, sql`seen_at < now() - make_interval(secs => ${lostAfterSeconds})`);
      });
    },
    /** When the node stops. */
    leaveAll(): Promise<void> {
      return inSystem(db, (tx) => forget(tx, sql`node_id = ${nodeId}`));
    },
    read(tenantId: string): Promise<PresenceEntry[]> {
      return inTenant(db, { tenantId }, (tx) => readPresence(tx, tenantId));
    },
  };
}

/** Since when its person is as they say, where they were so already when the desk was there last. */
function sinceBefore(desk: Pick<DeviceIdentity, "tenantId" | "deviceId">, { presence, reason }: Said): SQL {
  return sql`SELECT left_since FROM devices
             WHERE tenant_id = ${desk.tenantId} AND id = ${desk.deviceId}
               AND left_presence = ${presence} AND left_reason = ${reason}
               AND (left_presence <> 'available' OR last_seen_at > now() - make_interval(secs => ${stillWaitingSeconds}))`;
}

/** Everybody of a tenant who is at a desk, once each. */
export async function readPresence(tx: Tx, tenantId: string): Promise<PresenceEntry[]> {
  const desks = await rowsOf<{ userId: string; presence: string; reason: string; since: string }>(
    tx,
    sql`SELECT user_id AS "userId", presence, reason,
               ${isoText(sql`since`)} AS since
        FROM presence WHERE tenant_id = ${tenantId} ORDER BY user_id, since`,
  );
  return perPerson(desks as unknown as PresenceEntry[]);
}

/** Desks that are gone, and when they were there last: of a node's own that is now, of one that died its last word. */
async function forget(tx: Tx, which: SQL): Promise<void> {
  const gone = await rowsOf<{ tenant_id: string }>(
    tx,
    sql`WITH gone AS (
            DELETE FROM presence WHERE ${which} RETURNING tenant_id, device_id, seen_at, presence, reason, since),
          noted AS (
            UPDATE devices d SET
              left_presence = gone.presence, left_reason = gone.reason, left_since = gone.since, last_seen_at = CASE
              WHEN gone.seen_at < now() - make_interval(secs => ${lostAfterSeconds}) THEN gone.seen_at ELSE now() END
            FROM gone WHERE d.tenant_id = gone.tenant_id AND d.id = gone.device_id)
        SELECT tenant_id FROM gone`,
  );
  for (const tenantId of new Set(gone.map(({ tenant_id }) => tenant_id))) await tellNodes(tx, tenantId);
}

async function tellNodes(tx: Tx, tenantId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${presenceChannel}, ${tenantId})`);
}

function perPerson(desks: readonly PresenceEntry[]): PresenceEntry[] {
  const people = new Map<string, PresenceEntry>();
  for (const desk of desks) {
    const other = people.get(desk.userId);
    if (other === undefined || rank(desk) < rank(other)) people.set(desk.userId, desk);
  }
  return [...people.values()];
}

function rank({ presence }: PresenceEntry): number {
  return mostEngagedFirst.indexOf(presence);
}

/** What changed from one picture of a tenant's people to the next; who left is `offline` since `now`. */
export function presenceChanges(
  before: readonly PresenceEntry[],
  after: readonly PresenceEntry[],
  now: string,
): PresenceEntry[] {
  const known = new Map(before.map((entry) => [entry.userId, entry]));
  const present = new Set(after.map(({ userId }) => userId));
  const changed = after.filter(({ userId, presence, reason, since }) => {
    const entry = known.get(userId);
    return entry?.presence !== presence || entry.reason !== reason || entry.since !== since;
  });
  const left = before.filter(({ userId, presence }) => !present.has(userId) && presence !== "offline");
  const gone = { presence: "offline" as const, reason: "", since: now };
  return [...changed, ...left.map(({ userId }) => ({ userId, ...gone }))];
}
