import { and, eq } from "drizzle-orm";
import { ok, type Result } from "../../../shared/result/result.ts";
import { schema, type Tx } from "../../database/index.ts";
import type { AuthDeps, Origin } from "../deps.ts";
import { fail, type Failure } from "../failure.ts";
import { becomeMember, createUser, joinInvited } from "../invitations.ts";
import type { Claims } from "./openid.ts";
import type { OpenProvider } from "./provider-records.ts";

type Deps = Pick<AuthDeps, "clock">;
type Entry = { provider: OpenProvider; claims: Claims; origin: Origin };

/**
 * Which person of the provider's tenant these claims are about; nobody of another tenant, whatever the claims say:
 * who configures a provider decides what it says. From the second time on issuer and subject alone count.
 */
export async function admit(deps: Deps, tx: Tx, entry: Entry): Promise<Result<string, Failure>> {
  const known = await findLinked(tx, entry);
  if (known !== null) return known.active ? ok(known.userId) : deactivated(entry);
  const email = vouchedFor(entry);
  if (!email.ok) return email;
  const member = await findMember(tx, entry.provider.tenantId, email.value);
  if (member?.active === false && !(await isInvited(deps, tx, entry, member.userId, email.value)))
    return deactivated(entry);
  const userId = member?.userId ?? (await newMember(deps, tx, entry, email.value));
  if (userId === null) return notInvited(entry, email.value);
  return (await link(tx, entry, userId)) ? ok(userId) : linkedOtherwise(entry, email.value);
}

type Known = { userId: string; active: boolean };

async function findLinked(tx: Tx, { provider, claims }: Entry): Promise<Known | null> {
  const { identityLinks, members } = schema;
  const [found] = await tx
    .select({ userId: members.userId, deactivatedAt: members.deactivatedAt })
    .from(identityLinks)
    .innerJoin(
      members,
      and(eq(members.tenantId, identityLinks.tenantId), eq(members.userId, identityLinks.userId)),
    )
    .where(
      and(
        eq(identityLinks.tenantId, provider.tenantId),
        eq(identityLinks.issuer, claims.issuer),
        eq(identityLinks.subject, claims.subject),
      ),
    );
  return found ? { userId: found.userId, active: found.deactivatedAt === null } : null;
}

/** The address of somebody who is new here, where the provider may speak for it. */
function vouchedFor({
  provider: { name, domains },
  claims: { email, isVerified },
}: Entry): Result<string, Failure> {
  if (email === null)
    return fail("forbidden", `“${name}” did not say your e-mail address. An admin has to let it do so.`);
  if (!isVerified)
    return fail(
      "forbidden",
      `“${name}” has not verified that ${email} is yours. Verify it there, then try again.`,
    );
  if (!domains.includes(domainOf(email)))
    return fail(
      "forbidden",
      `“${name}” is for people of ${domains.join(", ") || "no domain yet"}, and you are ${email} there.`,
    );
  return ok(email);
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

async function findMember(tx: Tx, tenantId: string, email: string): Promise<Known | null> {
  const { members, users } = schema;
  const [found] = await tx
    .select({ userId: members.userId, deactivatedAt: members.deactivatedAt })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.tenantId, tenantId), eq(users.email, email)));
  return found ? { userId: found.userId, active: found.deactivatedAt === null } : null;
}

/** Somebody who was deactivated and is wanted again. */
function isInvited(
  deps: Deps,
  tx: Tx,
  { provider, origin }: Entry,
  userId: string,
  email: string,
): Promise<boolean> {
  return joinInvited(deps, tx, { tenantId: provider.tenantId, email }, userId, origin);
}

/**
 * Somebody nobody knew, who was invited or whose domain may join. Whoever has an account already, in another
 * organisation, is not: a provider must not bind a person whose password it does not know.
 * @returns null: they may not
 */
async function newMember(deps: Deps, tx: Tx, entry: Entry, email: string): Promise<string | null> {
  const { provider, claims, origin } = entry;
  const { tenantId, joinsAs, id } = provider;
  const name = shortened(claims.name ?? "") || email.slice(0, email.lastIndexOf("@"));
  const userId = await createUser(tx, { name, email, passwordHash: null });
  if (userId === null) return null;
  if (await joinInvited(deps, tx, { tenantId, email }, userId, origin)) return userId;
  if (joinsAs === null) {
    await tx.delete(schema.users).where(eq(schema.users.id, userId));
    return null;
  }
  const now = new Date(deps.clock.now());
  await becomeMember(tx, { tenantId, userId, email, role: joinsAs, teamIds: [], now, details: { provider: id }, origin }); // prettier-ignore
  return userId;
}

/** @returns false: they are somebody else at this issuer already */
async function link(
  tx: Tx,
  { provider: { tenantId }, claims: { issuer, subject } }: Entry,
  userId: string,
): Promise<boolean> {
  const made = await tx
    .insert(schema.identityLinks)
    .values({ tenantId, issuer, subject, userId })
    .onConflictDoNothing()
    .returning({ userId: schema.identityLinks.userId });
  return made.length === 1;
}

function deactivated({ provider: { tenantName } }: Entry): Result<never, Failure> {
  return fail("forbidden", `Your account at ${tenantName} was deactivated. Ask an admin there.`);
}

function notInvited({ provider: { tenantName } }: Entry, email: string): Result<never, Failure> {
  return fail("forbidden", `${tenantName} has not invited ${email}, or wants that invitation accepted first. Ask an admin there.`); // prettier-ignore
}

function linkedOtherwise({ provider: { name, tenantName } }: Entry, email: string): Result<never, Failure> {
  return fail("forbidden", `${email} belongs to another account of “${name}” by now. Ask an admin of ${tenantName} to link people anew.`); // prettier-ignore
}

/** Without halves of a character at its end. */
function shortened(name: string): string {
  return Array.from(name.trim()).slice(0, 100).join("");
}
