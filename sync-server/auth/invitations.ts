import { and, desc, eq, gt, inArray, isNull, type SQL } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Role } from "../../shared/entities/setting.ts";
import { Password, type AcceptInvitation, type InvitationInfo } from "../../shared/sync/session-wire.ts";
import { ok, type Result } from "../../shared/result/result.ts";
import { inSystem, schema, type Tx } from "../database/index.ts";
import { audit } from "./audit.ts";
import type { AuthDeps, Letters, Origin, WayIn } from "./deps.ts";
import { fail, type Failure } from "./failure.ts";
import { announcePeople, setTeams } from "./people.ts";
import { hashOf } from "./session-token.ts";
import { mustWait, signIn, type SignInOutcome } from "./sign-in.ts";

const invitationLifeMs = 7 * 86_400_000;

export type Invite = {
  tenantId: string;
  email: string;
  role: Role;
  teamIds: readonly string[];
  invitedById: string;
};
export type Invited = { id: string; link: string; expiresAt: Date; mailed: boolean };

/**
 * Writes an invitation, makes its link and sends it. The link is kept nowhere: only its hash is.
 * @param deps `letters` null: whoever asked hands it over
 */
export async function writeInvitation(
  deps: Pick<AuthDeps, "clock" | "publicUrl"> & { letters: Letters | null },
  tx: Tx,
  invite: Invite,
): Promise<Invited> {
  const id = v7();
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(deps.clock.now() + invitationLifeMs);
  const email = invite.email.toLowerCase();
  await tx.insert(schema.invitations).values({
    ...invite,
    id,
    email,
    teamIds: [...invite.teamIds],
    tokenHash: hashOf(token),
    expiresAt,
  });
  const link = `${deps.publicUrl()}/console/invitation/${token}`;
  const { by, tenant } = await readSender(tx, invite);
  await deps.letters?.send(tx, { kind: "invitation", to: email, link, expiresAt, tenant, by });
  return { id, link, expiresAt, mailed: deps.letters?.areMailed ?? false };
}

async function readSender(tx: Tx, { tenantId, invitedById }: Invite): Promise<Pick<WayIn, "by" | "tenant">> {
  const { tenants, users } = schema;
  const [tenant] = await tx
    .select({ id: tenants.id, name: tenants.name })
    .from(tenants)
    .where(eq(tenants.id, tenantId));
  const [by] = await tx.select({ name: users.name }).from(users).where(eq(users.id, invitedById));
  return { tenant: tenant ?? null, by: by?.name ?? null };
}

const gone = () => fail("not-found", "This invitation is not valid any more. Ask for another one.");

/** What an invitation's link leads to, before anybody has signed in. */
export async function readInvitation(
  deps: AuthDeps,
  token: string,
): Promise<Result<InvitationInfo, Failure>> {
  const found = await inSystem(deps.db, (tx) => findInvitation(deps, tx, token));
  if (found === null) return gone();
  const { tenantName, invitedBy, email, role, expiresAt, userId } = found;
  return ok({
    tenantName,
    invitedBy: invitedBy ?? "Ringside",
    email,
    role,
    expiresAt: expiresAt.toISOString(),
    hasAccount: userId !== null,
  });
}

/**
 * Joins the tenant and signs in: with the password that the person has already, or as somebody new with the one
 * they choose here.
 */
export async function acceptInvitation(
  deps: AuthDeps,
  token: string,
  given: AcceptInvitation,
  origin: Origin,
): Promise<Result<SignInOutcome, Failure>> {
  const found = await inSystem(deps.db, (tx) => findInvitation(deps, tx, token));
  if (found === null) return gone();
  const waitS = await deps.throttle.waitS(found.email, origin.ip);
  if (waitS > 0) return mustWait(waitS);
  const { password: passwords } = await deps.auth.$context;
  if (found.userId === null) {
    const chosen = Password.safeParse(given.password);
    if (!chosen.success) return fail("bad-request", "Choose a password of 12 to 128 characters.");
    const hash = await passwords.hash(given.password);
    const joined = await inSystem(deps.db, async (tx) => {
      const userId = await createUser(tx, { name: given.name, email: found.email, passwordHash: hash });
      return userId !== null && join(deps, tx, token, userId, origin);
    });
    if (!joined) return gone();
  } else {
    const userId = found.userId;
    const right =
      found.hash !== null && (await passwords.verify({ hash: found.hash, password: given.password }));
    if (!right) {
      await deps.throttle.failed(found.email, origin.ip);
      return fail("unauthorised", "This is not the password of your account.");
    }
    if (!(await inSystem(deps.db, (tx) => join(deps, tx, token, userId, origin)))) return gone();
  }
  const { password, client } = given;
  return signIn(deps, { email: found.email, password, client, tenantId: found.tenantId }, origin);
}

async function findInvitation(deps: AuthDeps, tx: Tx, token: string) {
  const { invitations, tenants, users, accounts } = schema;
  const [found] = await tx
    .select({
      tenantId: invitations.tenantId,
      tenantName: tenants.name,
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      teamIds: invitations.teamIds,
      invitedById: invitations.invitedById,
      expiresAt: invitations.expiresAt,
      userId: users.id,
      hash: accounts.password,
    })
    .from(invitations)
    .innerJoin(tenants, and(eq(tenants.id, invitations.tenantId), isNull(tenants.suspendedAt)))
    .leftJoin(users, eq(users.email, invitations.email))
    .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, "credential")))
    .where(and(eq(invitations.tokenHash, hashOf(token)), isOpen(deps)));
  if (found === undefined) return null;
  const [inviter] = await tx.select({ name: users.name }).from(users).where(eq(users.id, found.invitedById));
  return { ...found, tenantId: found.tenantId as never, invitedBy: inviter?.name ?? null };
}

/** @returns null when somebody with this address came to be meanwhile */
export async function createUser(
  tx: Tx,
  person: { id?: string; name: string; email: string; passwordHash: string | null },
): Promise<string | null> {
  const { users, accounts } = schema;
  const [user] = await tx
    .insert(users)
    .values({
      id: person.id ?? v7(),
      name: person.name,
      email: person.email.toLowerCase(),
      emailVerified: true,
    })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (user === undefined) return null;
  if (person.passwordHash !== null) {
    const account = { id: v7(), userId: user.id, accountId: user.id, providerId: "credential" };
    await tx.insert(accounts).values({ ...account, password: person.passwordHash });
  }
  return user.id;
}

/** Marks the invitation as used and makes its person a member; false when another request was first. */
function join(deps: AuthDeps, tx: Tx, token: string, userId: string, origin: Origin): Promise<boolean> {
  return joinBy(deps, tx, eq(schema.invitations.tokenHash, hashOf(token)), userId, origin);
}

/** Whoever proves elsewhere that an invitation's address is theirs needs no link. @returns false: there is none */
export function joinInvited(
  deps: Pick<AuthDeps, "clock">,
  tx: Tx,
  { tenantId, email }: { tenantId: string; email: string },
  userId: string,
  origin: Origin,
): Promise<boolean> {
  const { invitations } = schema;
  const newest = tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.email, email), isOpen(deps)))
    .orderBy(desc(invitations.createdAt))
    .limit(1);
  const theirs = and(eq(invitations.tenantId, tenantId), inArray(invitations.id, newest));
  return joinBy(deps, tx, theirs, userId, origin);
}

async function joinBy(
  deps: Pick<AuthDeps, "clock">,
  tx: Tx,
  which: SQL | undefined,
  userId: string,
  origin: Origin,
): Promise<boolean> {
  const { invitations } = schema;
  const now = new Date(deps.clock.now());
  const [used] = await tx
    .update(invitations)
    .set({ acceptedAt: now })
    .where(and(which, isNull(invitations.acceptedAt)))
    .returning();
  if (used === undefined) return false;
  const { id, ...membership } = used;
  await becomeMember(tx, { ...membership, userId, now, details: { invitation: id }, origin });
  return true;
}

export type Joining = {
  tenantId: string;
  userId: string;
  email: string;
  role: Role;
  teamIds: readonly string[];
  now: Date;
  /** Why they may, for the audit log. */
  details: Record<string, unknown>;
  origin: Origin;
};

/** Makes somebody a member, also one who was deactivated; on desks too, and in the audit log. */
export async function becomeMember(tx: Tx, joining: Joining): Promise<void> {
  const { tenantId, userId, email, role, teamIds, now, details, origin } = joining;
  const { members } = schema;
  await tx
    .insert(members)
    .values({ tenantId, userId, role, createdAt: now })
    .onConflictDoUpdate({ target: [members.tenantId, members.userId], set: { role, deactivatedAt: null } });
  // A team that was removed meanwhile is no reason to keep the person out.
  if (!(await setTeams(tx, tenantId, userId, teamIds))) await setTeams(tx, tenantId, userId, []);
  await announcePeople(tx, tenantId, [userId], { userId, now: now.toISOString() });
  const subject = `users/${userId}`;
  const said = { email, role, ...details };
  await audit(tx, {
    tenantId,
    actorId: userId,
    action: "member.join",
    subject,
    details: said,
    ip: origin.ip,
  });
}

function isOpen(deps: Pick<AuthDeps, "clock">): SQL | undefined {
  const { acceptedAt, expiresAt } = schema.invitations;
  return and(isNull(acceptedAt), gt(expiresAt, new Date(deps.clock.now())));
}
