import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { ok, type Result } from "../../shared/result/result.ts";
import type { ChangePassword } from "../../shared/sync/session-wire.ts";
import { inSystem, schema, type Queryable, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { audit } from "./audit.ts";
import { resetLinkLifeS } from "./better-auth.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";
import { hashOf } from "./session-token.ts";
import { mustWait, whenRight } from "./sign-in.ts";

/** True when it is the password of that person; counts wrong ones like wrong sign-ins. Fails where they have none. */
export async function isTheirPassword(
  deps: AuthDeps,
  userId: string,
  password: string,
  origin: Origin,
): Promise<Result<boolean, Failure>> {
  const waitS = await deps.throttle.waitS(userId, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const { accounts } = schema;
  const [account] = await deps.db.owner
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, "credential")));
  // Who came by an identity provider, or by one click in the demo.
  if (!account?.hash)
    return fail(
      "conflict",
      "You have no password here yet. Sign out and choose “Forgotten password” to get one.",
    );
  const { password: passwords } = await deps.auth.$context;
  const right = await passwords.verify({ hash: account.hash, password });
  await (right ? deps.throttle.succeeded(userId, origin.ip) : deps.throttle.failed(userId, origin.ip));
  return ok(right);
}

export async function changePassword(
  deps: AuthDeps,
  identity: Identity,
  { current, next, endOtherSessions }: ChangePassword,
  origin: Origin,
): Promise<Result<void, Failure>> {
  const right = await isTheirPassword(deps, identity.userId, current, origin);
  if (!right.ok) return right;
  if (!right.value) return fail("forbidden", "This is not your current password.");
  const { password: passwords } = await deps.auth.$context;
  const hash = await passwords.hash(next);
  const { accounts, sessions } = schema;
  const { tenantId, userId, sessionId } = identity;
  await inSystem(deps.db, async (tx) => {
    await tx
      .update(accounts)
      .set({ password: hash, updatedAt: new Date(deps.clock.now()) })
      .where(and(eq(accounts.userId, userId), eq(accounts.providerId, "credential")));
    if (endOtherSessions) {
      await tx.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId)));
    }
    const details = { endOtherSessions };
    await audit(tx, {
      tenantId,
      actorId: userId,
      action: "password.change",
      subject: `users/${userId}`,
      details,
      ip: origin.ip,
    });
  });
  return ok();
}

/** Sends a link to whoever has this address; does as much, and says the same, when nobody has. */
export async function requestReset(
  deps: AuthDeps,
  email: string,
  origin: Origin,
): Promise<Result<void, Failure>> {
  // Links are not passwords, but letters to a stranger can be a nuisance: they count like wrong sign-ins.
  const waitS = await deps.throttle.waitS(`reset ${email}`, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  await deps.throttle.failed(`reset ${email}`, origin.ip);
  await inSystem(deps.db, async (tx) => {
    const [user] = await tx
      .select({ id: schema.users.id, email: schema.users.email })
      .from(schema.users)
      .where(eq(schema.users.email, email.toLowerCase()));
    const { link, expiresAt } = await makeResetLink(deps, tx, user?.id ?? "nobody");
    const tenant = await findFirstTenant(tx, user?.id ?? "nobody");
    if (user)
      await deps.letters.send(tx, {
        kind: "password-reset",
        to: user.email,
        link,
        expiresAt,
        tenant,
        by: null,
      });
  });
  return ok();
}

/** The organisation that somebody knows Ringside by. */
async function findFirstTenant(tx: Tx, userId: string): Promise<{ id: string; name: string } | null> {
  const { members, tenants } = schema;
  const [found] = await tx
    .select({ id: tenants.id, name: tenants.name })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.tenantId))
    .where(and(eq(members.userId, userId), isNull(members.deactivatedAt), isNull(tenants.suspendedAt)))
    .orderBy(asc(members.createdAt))
    .limit(1);
  return found ?? null;
}

/** A link that sets a new password once, within the hour. better-auth finds it by the hash of its identifier. */
export async function makeResetLink(
  deps: Pick<AuthDeps, "clock" | "publicUrl">,
  on: Queryable,
  userId: string,
): Promise<{ link: string; expiresAt: Date }> {
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(deps.clock.now() + resetLinkLifeS * 1000);
  const identifier = hashOf(`reset-password:${token}`);
  await on.insert(schema.verifications).values({ id: v7(), identifier, value: userId, expiresAt });
  return { link: `${deps.publicUrl()}/console/reset/${token}`, expiresAt };
}

/** Sets the password and ends every session of the person. */
export async function resetPassword(
  deps: AuthDeps,
  token: string,
  password: string,
  origin: Origin,
): Promise<Result<void, Failure>> {
  const waitS = await deps.throttle.waitS("reset link", origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const done = await whenRight(deps.auth.api.resetPassword({ body: { token, newPassword: password } }));
  if (done !== null) return ok();
  await deps.throttle.failed("reset link", origin.ip);
  return fail("not-found", "This link is not valid any more. Ask for another one.");
}
