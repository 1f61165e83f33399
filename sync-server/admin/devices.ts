import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { deleteSessions } from "../auth/index.ts";
import { isoText, rowsOf, schema, type Tx } from "../database/index.ts";
import { addRoute, admins, everybody, found, type Call, type Routes } from "./route.ts";
import { Device, Devices, IdParam, Session, Sessions } from "./wire.ts";

/** Admins see every device and session of the tenant, everybody else their own. */
export function addDeviceRoutes(routes: Routes): void {
  addRoute(
    routes,
    {
      method: "GET",
      path: "/devices",
      summary: "Devices and how they stand",
      roles: everybody,
      answer: Devices,
    },
    async (call) => ({ devices: await readDevices(call, null) }),
  );
  addRoute(
    routes,
    { method: "POST", path: "/devices/:id/revoke", summary: "Sign a device out; it keeps what it holds", roles: everybody, params: IdParam, answer: Device }, // prettier-ignore
    async (call) => {
      await deviceOf(call);
      await markDevice(call, { revokedAt: new Date(call.now) });
      await call.note("device.revoke", `devices/${call.params.id}`);
      return deviceOf(call);
    },
  );
  addRoute(
    routes,
    { method: "POST", path: "/devices/:id/wipe", summary: "Sign a device out and remove what it holds", roles: admins, params: IdParam, answer: Device }, // prettier-ignore
    async (call) => {
      await deviceOf(call);
      await markDevice(call, {
        revokedAt: new Date(call.now),
        wipeRequestedAt: new Date(call.now),
        wipedAt: null,
      });
      await call.note("device.wipe", `devices/${call.params.id}`);
      return deviceOf(call);
    },
  );
  addSessionRoutes(routes);
}

function addSessionRoutes(routes: Routes): void {
  addRoute(
    routes,
    {
      method: "GET",
      path: "/sessions",
      summary: "Sessions, newest first",
      roles: everybody,
      answer: Sessions,
    },
    async ({ tx, identity }) => ({ sessions: await readSessions(tx, identity) }),
  );
  addRoute(
    routes,
    { method: "DELETE", path: "/sessions/:id", summary: "End a session", roles: everybody, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity, params, note }) => {
      const session = (await readSessions(tx, identity)).find(({ id }) => id === params.id);
      const { userId, deviceId } = found(session, "session");
      await deleteSessions(tx, identity.tenantId, { sessionIds: [params.id] });
      await note("session.end", deviceId === null ? `users/${userId}` : `devices/${deviceId}`, {
        session: params.id,
      });
    },
  );
}

type DeviceCall = Call<{ id: string }, unknown, unknown>;
type Own = Pick<Call<unknown, unknown, unknown>, "tx" | "identity">;

function ownOnly({ identity }: Pick<Own, "identity">): string | null {
  return identity.role === "admin" ? null : identity.userId;
}

function readDevices({ tx, identity }: Own, id: string | null): Promise<z.input<typeof Device>[]> {
  const userId = ownOnly({ identity });
  return rowsOf<z.input<typeof Device>>(
    tx,
    sql`SELECT d.id, d.user_id AS "userId", COALESCE(u.name, '') AS "userName", d.name, d.platform,
               d.app_version AS "appVersion", ${isoText(sql`d.created_at`)} AS "createdAt",
               ${isoText(sql`d.last_seen_at`)} AS "lastSeenAt",
               CASE WHEN d.wiped_at IS NOT NULL THEN 'wiped' WHEN d.wipe_requested_at IS NOT NULL THEN 'wipe-pending'
                    WHEN d.revoked_at IS NOT NULL THEN 'revoked'
                    WHEN EXISTS (SELECT FROM sessions s WHERE s.tenant_id = d.tenant_id AND s.device_id = d.id
                                 AND s.expires_at > now()) THEN 'signed-in'
                    ELSE 'signed-out' END AS state
        FROM devices d LEFT JOIN users u ON u.id = d.user_id
        WHERE d.tenant_id = ${identity.tenantId} AND (${userId}::text IS NULL OR d.user_id = ${userId})
          AND (${id}::text IS NULL OR d.id = ${id})
        ORDER BY d.last_seen_at DESC, d.id`,
  );
}

async function deviceOf(call: DeviceCall): Promise<z.input<typeof Device>> {
  return found((await readDevices(call, call.params.id))[0], "device");
}

async function markDevice(
  { tx, identity, params }: DeviceCall,
  set: { revokedAt: Date; wipeRequestedAt?: Date; wipedAt?: null },
): Promise<void> {
  const { devices } = schema;
  await tx
    .update(devices)
    .set(set)
    .where(and(eq(devices.tenantId, identity.tenantId), eq(devices.id, params.id)));
  await deleteSessions(tx, identity.tenantId, { deviceId: params.id });
}

async function readSessions(tx: Tx, identity: Own["identity"]): Promise<z.input<typeof Session>[]> {
  const userId = ownOnly({ identity });
  return rowsOf<z.input<typeof Session>>(
    tx,
    sql`SELECT s.id, s.user_id AS "userId", COALESCE(u.name, '') AS "userName", s.device_id AS "deviceId",
               COALESCE(s.ip_address, '') AS ip, COALESCE(s.user_agent, '') AS "userAgent",
               ${isoText(sql`s.created_at`)} AS "createdAt", ${isoText(sql`s.expires_at`)} AS "expiresAt",
               s.id = ${identity.sessionId} AS current
        FROM sessions s LEFT JOIN users u ON u.id = s.user_id
        WHERE s.tenant_id = ${identity.tenantId} AND s.expires_at > now()
          AND (${userId}::text IS NULL OR s.user_id = ${userId})
        ORDER BY s.created_at DESC, s.id`,
  );
}
