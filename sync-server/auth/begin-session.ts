import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { SessionInfo, SignInClient } from "../../shared/sync/session-wire.ts";
import { ok, type Result } from "../../shared/result/result.ts";
import { inSystem, schema, type Tx } from "../database/index.ts";
import { audit } from "./audit.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";
import { readSessionInfo } from "./session-info.ts";
import { sessionEndMs } from "./session-life.ts";
import { hashOf, signToken } from "./session-token.ts";

export type Begin = {
  userId: string;
  /** The text of a session that better-auth has made and that belongs to no tenant yet. */
  sessionText: string;
  client: SignInClient;
  tenantId?: string | undefined;
  /** How the person proved who they are, for the audit log. */
  by: "password" | "second-factor" | "provider" | "demo";
  origin: Origin;
};

/** A signed-in session with its token, also for browsers: the caller decides where it goes. */
export type Began = { token: string; session: SessionInfo };

/**
 * Last step of every way to sign in: chooses the tenant, registers the device and ties the session to both. Where
 * the person may not enter, the session is removed again.
 */
export async function beginSession(deps: AuthDeps, begin: Begin): Promise<Result<Began, Failure>> {
  return inSystem(deps.db, async (tx) => {
    const began = await tieSession(deps, tx, begin);
    if (!began.ok) await tx.delete(schema.sessions).where(eq(schema.sessions.token, begin.sessionText));
    return began;
  });
}

async function tieSession(deps: AuthDeps, tx: Tx, begin: Begin): Promise<Result<Began, Failure>> {
  const tenantId = await findTenant(tx, begin);
  if (tenantId === null)
    return fail("forbidden", "This account is not active in any organisation. Ask your admin.");
  const device = await registerDevice(deps, tx, tenantId, begin);
  if (!device.ok) return device;
  const { sessions } = schema;
  const [session] = await tx
    .update(sessions)
    .set({
      tenantId,
      deviceId: device.value,
      expiresAt: new Date(sessionEndMs(device.value, deps.clock.now())),
      ipAddress: begin.origin.ip,
      userAgent: begin.origin.userAgent.slice(0, 300),
    })
    .where(eq(sessions.token, begin.sessionText))
    .returning({ id: sessions.id });
  if (session === undefined) return fail("unauthorised", "This sign-in has ended. Sign in again.");
  const { userId, by, origin } = begin;
  const subject = device.value === null ? `users/${userId}` : `devices/${device.value}`;
  await audit(tx, {
    tenantId,
    actorId: userId,
    action: "session.begin",
    subject,
    details: { by },
    ip: origin.ip,
  });
  const info = await readSessionInfo(tx, session.id);
  if (info === null) throw new Error("a session that was just tied is gone");
  return ok({ token: signToken(begin.sessionText, deps.secret), session: info });
}

/** The tenant that the person asked for, or the one that they joined first; null = none lets them in. */
async function findTenant(tx: Tx, { userId, tenantId }: Begin): Promise<string | null> {
  const { members, tenants } = schema;
  const [found] = await tx
    .select({ tenantId: members.tenantId })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(
      and(
        eq(members.userId, userId),
        isNull(members.deactivatedAt),
        isNull(tenants.suspendedAt),
        tenantId === undefined ? undefined : eq(members.tenantId, tenantId),
      ),
    )
    .orderBy(asc(members.createdAt), asc(members.tenantId))
    .limit(1);
  return found?.tenantId ?? null;
}

/** @returns the device's id, the same whenever the same person signs in on the same installation; null in a browser */
async function registerDevice(
  deps: AuthDeps,
  tx: Tx,
  tenantId: string,
  { client, userId, sessionText }: Begin,
): Promise<Result<string | null, Failure>> {
  if (client.kind === "browser") return ok(null);
  const { devices, sessions } = schema;
  const { installation, name, platform, appVersion } = client.device;
  const seen = {
    name,
    platform,
    appVersion,
    tokenHash: hashOf(sessionText),
    lastSeenAt: new Date(deps.clock.now()),
  };
  const [device] = await tx
    .insert(devices)
    .values({ tenantId, id: v7(), userId, installationHash: hashOf(installation), ...seen })
    .onConflictDoUpdate({
      target: [devices.tenantId, devices.userId, devices.installationHash],
      set: { ...seen, revokedAt: null },
      // Until it has removed what it holds, a device that must be wiped gets nothing more.
      setWhere: isNull(devices.wipeRequestedAt),
    })
    .returning({ id: devices.id });
  if (device === undefined) return fail("wiped", "An admin has asked to remove what this device holds.");
  // One sign-in a device: the token before this one is worth nothing from now on.
  await tx
    .delete(sessions)
    .where(
      and(eq(sessions.tenantId, tenantId), eq(sessions.deviceId, device.id), sql`token <> ${sessionText}`),
    );
  return ok(device.id);
}
