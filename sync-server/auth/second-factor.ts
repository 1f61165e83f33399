import { and, eq, gt, sql } from "drizzle-orm";
import { ok, type Result } from "../../shared/result/result.ts";
import type { SecondFactorSetup } from "../../shared/sync/session-wire.ts";
import { inSystem, schema, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { audit } from "./audit.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";
import { isTheirPassword } from "./passwords.ts";
import { mustWait, whenRight } from "./sign-in.ts";
import { takeCode } from "./totp.ts";

/** Makes a secret for an authenticator; nothing is asked for until a code proved that it works. */
export async function setUpSecondFactor(
  deps: AuthDeps,
  identity: Identity,
  password: string,
  origin: Origin,
): Promise<Result<SecondFactorSetup, Failure>> {
  const right = await isTheirPassword(deps, identity.userId, password, origin);
  if (!right.ok) return right;
  if (!right.value) return fail("forbidden", "This is not your password.");
  const headers = new Headers({ authorization: `Bearer ${await sessionTextOf(deps, identity)}` });
  const made = await whenRight(deps.auth.api.enableTwoFactor({ body: { password }, headers }));
  if (made === null || made.method !== "totp") {
    return fail("conflict", "You have a second factor already. Remove it first.");
  }
  return ok({ totpUri: made.totpURI, backupCodes: made.backupCodes });
}

/** From the next sign-in on a code is asked for. */
export async function confirmSecondFactor(
  deps: AuthDeps,
  identity: Identity,
  code: string,
  origin: Origin,
): Promise<Result<void, Failure>> {
  const { userId } = identity;
  const waitS = await deps.throttle.waitS(`code ${userId}`, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const { twoFactors } = schema;
  const [factor] = await deps.db.owner
    .select({ id: twoFactors.id })
    .from(twoFactors)
    .where(and(eq(twoFactors.userId, userId), eq(twoFactors.verified, false)));
  if (factor === undefined)
    return fail("conflict", "There is no second factor to confirm. Begin with its set-up.");
  if (!(await takeCode(deps, userId, code))) {
    await deps.throttle.failed(`code ${userId}`, origin.ip);
    return fail("forbidden", "The code is wrong. Check that the clock of your phone is right.");
  }
  await inSystem(deps.db, async (tx) => {
    await tx.update(twoFactors).set({ verified: true }).where(eq(twoFactors.userId, userId));
    await tx.update(schema.users).set({ twoFactorEnabled: true }).where(eq(schema.users.id, userId));
    await auditFactor(tx, identity, "second-factor.add", origin);
  });
  return ok();
}

export async function removeSecondFactor(
  deps: AuthDeps,
  identity: Identity,
  password: string,
  origin: Origin,
): Promise<Result<void, Failure>> {
  const right = await isTheirPassword(deps, identity.userId, password, origin);
  if (!right.ok) return right;
  if (!right.value) return fail("forbidden", "This is not your password.");
  await inSystem(deps.db, async (tx) => {
    await clearSecondFactor(tx, identity.userId);
    await auditFactor(tx, identity, "second-factor.remove", origin);
  });
  return ok();
}

/** As the server: a request in a tenant's name has no right to it. */
export async function clearSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.delete(schema.twoFactors).where(eq(schema.twoFactors.userId, userId));
  await tx.update(schema.users).set({ twoFactorEnabled: false }).where(eq(schema.users.id, userId));
}

async function sessionTextOf(deps: AuthDeps, { sessionId }: Identity): Promise<string> {
  const { sessions } = schema;
  const [session] = await deps.db.owner
    .select({ token: sessions.token })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, sql`now()`)));
  return session?.token ?? "";
}

function auditFactor(tx: Tx, { tenantId, userId }: Identity, action: string, { ip }: Origin): Promise<void> {
  return audit(tx, { tenantId, actorId: userId, action, subject: `users/${userId}`, ip });
}
