import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Member } from "../auth/index.ts";
import {
  announcePeople,
  clearSecondFactor,
  deleteSessions,
  makeResetLink,
  readMembers,
  setTeams,
  writeInvitation,
} from "../auth/index.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";
import { addRoute, admins, found, managers, type Routes } from "./route.ts";
import {
  ChangeMember,
  EndedSessions,
  IdParam,
  Invite,
  Invited,
  Member as WireMember,
  PasswordLink,
  People,
  UserParam,
} from "./wire.ts";

export function addPeopleRoutes(routes: Routes): void {
  const { deps } = routes;
  addRoute(
    routes,
    {
      method: "GET",
      path: "/people",
      summary: "People and open invitations",
      roles: managers,
      answer: People,
    },
    async ({ tx, identity, now }) => ({
      people: await readMembers(tx, identity.tenantId, null),
      invitations: await readInvitations(tx, identity.tenantId, now),
    }),
  );
  addRoute(
    routes,
    { method: "PATCH", path: "/people/:userId", summary: "Change role or teams, deactivate or bring back", roles: admins, params: UserParam, body: ChangeMember, answer: WireMember }, // prettier-ignore
    async ({ tx, identity, params, body, now, note }) => {
      const before = await lockMember(tx, identity.tenantId, params.userId);
      await requireAdminLeft(tx, identity, before, body);
      await changeMember(tx, identity.tenantId, params.userId, body, now);
      await announcePeople(tx, identity.tenantId, [params.userId], { userId: identity.userId, now });
      const after = await memberOf(tx, identity.tenantId, params.userId);
      if (!after.active) await deleteSessions(tx, identity.tenantId, { userId: params.userId });
      await note("member.change", `users/${params.userId}`, { before: shown(before), after: shown(after) });
      return after;
    },
  );
  addRoute(
    routes,
    { method: "POST", path: "/people/:userId/sign-out", summary: "End every session of somebody", roles: admins, params: UserParam, answer: EndedSessions }, // prettier-ignore
    async ({ tx, identity, params, note }) => {
      await memberOf(tx, identity.tenantId, params.userId);
      const ended = await deleteSessions(tx, identity.tenantId, { userId: params.userId });
      await note("member.sign-out", `users/${params.userId}`, { ended: ended.length });
      return { ended: ended.length };
    },
  );
  addRoute(
    routes,
    { method: "POST", path: "/people/:userId/reset-second-factor", summary: "Let somebody in without their second factor", roles: admins, params: UserParam, answer: null, as: "server" }, // prettier-ignore
    async ({ tx, identity, params, note }) => {
      await requireOursAlone(tx, identity.tenantId, params.userId);
      await clearSecondFactor(tx, params.userId);
      await deleteSessions(tx, identity.tenantId, { userId: params.userId });
      await note("second-factor.reset", `users/${params.userId}`);
    },
  );
  addRoute(
    routes,
    { method: "POST", path: "/people/:userId/password-link", summary: "A link that sets a new password, to hand over", roles: admins, params: UserParam, answer: PasswordLink, status: 201, as: "server" }, // prettier-ignore
    async ({ tx, identity, params, note }) => {
      await requireOursAlone(tx, identity.tenantId, params.userId);
      const { link, expiresAt } = await makeResetLink(deps, tx, params.userId);
      await note("password.link", `users/${params.userId}`);
      return { link, expiresAt: expiresAt.toISOString() };
    },
  );
  addInvitationRoutes(routes);
}

function addInvitationRoutes(routes: Routes): void {
  const { deps } = routes;
  addRoute(
    routes,
    { method: "POST", path: "/people/invitations", summary: "Invite somebody", roles: admins, body: Invite, answer: Invited, status: 201 }, // prettier-ignore
    async ({ tx, identity, body, note }) => {
      await requireTeams(tx, identity.tenantId, body.teamIds);
      await requireNotMember(tx, identity.tenantId, body.email);
      const { tenantId, userId } = identity;
      const invited = await writeInvitation(deps, tx, { ...body, tenantId, invitedById: userId });
      await note("invitation.create", `invitations/${invited.id}`, body);
      return { ...invited, expiresAt: invited.expiresAt.toISOString() };
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: "/people/invitations/:id", summary: "Take an invitation back", roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity, params, note }) => {
      const { invitations } = schema;
      const [gone] = await tx
        .delete(invitations)
        .where(
          and(
            eq(invitations.tenantId, identity.tenantId),
            eq(invitations.id, params.id),
            isNull(invitations.acceptedAt),
          ),
        )
        .returning({ email: invitations.email });
      await note("invitation.cancel", `invitations/${params.id}`, found(gone, "invitation"));
    },
  );
}

async function readInvitations(tx: Tx, tenantId: string, now: string) {
  const { invitations, users } = schema;
  const open = await tx
    .select({ invitation: invitations, invitedBy: users.name })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedById))
    .where(and(eq(invitations.tenantId, tenantId), isNull(invitations.acceptedAt)))
    .orderBy(asc(invitations.createdAt));
  return open.map(({ invitation: { id, email, role, teamIds, expiresAt }, invitedBy }) => ({
    id,
    email,
    role,
    teamIds: teamIds as never[],
    invitedBy: invitedBy ?? "Ringside",
    expiresAt: expiresAt.toISOString(),
    expired: expiresAt.toISOString() <= now,
  }));
}

async function memberOf(tx: Tx, tenantId: string, userId: string): Promise<Member> {
  return found((await readMembers(tx, tenantId, [userId]))[0], "person");
}

/** All admins are locked with the person: two admins who demote each other at once must not both succeed. */
async function lockMember(tx: Tx, tenantId: string, userId: string): Promise<Member> {
  await tx.execute(
    sql`SELECT 1 FROM members WHERE tenant_id = ${tenantId} AND (role = 'admin' OR user_id = ${userId})
        ORDER BY user_id FOR UPDATE`,
  );
  return memberOf(tx, tenantId, userId);
}

type Change = {
  role?: Member["role"] | undefined;
  teamIds?: string[] | undefined;
  active?: boolean | undefined;
};

async function requireAdminLeft(tx: Tx, identity: Identity, before: Member, change: Change): Promise<void> {
  if (before.role === "operator")
    throw new Refused("forbidden", "An operator’s role is given on the server itself.");
  const steps = before.role === "admin" && (change.active === false || (change.role ?? "admin") !== "admin");
  if (!steps) return;
  if (before.userId === identity.userId) {
    throw new Refused("conflict", "You cannot take your own rights away. Ask another admin.");
  }
  const [others] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM members WHERE tenant_id = ${identity.tenantId} AND role = 'admin'
        AND deactivated_at IS NULL AND user_id <> ${before.userId}`,
  );
  if (others?.n === 0)
    throw new Refused("conflict", "This is the last admin. Make somebody else an admin first.");
}

async function changeMember(
  tx: Tx,
  tenantId: string,
  userId: string,
  change: Change,
  now: string,
): Promise<void> {
  const { members } = schema;
  const { role, active, teamIds } = change;
  if (role !== undefined || active !== undefined) {
    await tx
      .update(members)
      .set({
        ...(role === undefined ? {} : { role }),
        ...(active === undefined ? {} : { deactivatedAt: active ? null : new Date(now) }),
      })
      .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId)));
  }
  if (teamIds !== undefined && !(await setTeams(tx, tenantId, userId, teamIds))) throw noSuchTeam();
}

function noSuchTeam(): Refused {
  return new Refused("bad-request", "One of these teams does not exist.");
}

async function requireTeams(tx: Tx, tenantId: string, teamIds: readonly string[]): Promise<void> {
  const [known] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM teams WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param([...teamIds])}::text[])`,
  );
  if (known?.n !== new Set(teamIds).size) throw noSuchTeam();
}

async function requireNotMember(tx: Tx, tenantId: string, email: string): Promise<void> {
  const known = await rowsOf(
    tx,
    sql`SELECT 1 FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = ${tenantId} AND u.email = ${email.toLowerCase()} AND m.deactivated_at IS NULL`,
  );
  if (known.length > 0) throw new Refused("conflict", "This person is here already.");
}

/** What lets somebody in belongs to the person: an admin may touch it only where no other tenant relies on it. */
async function requireOursAlone(tx: Tx, tenantId: string, userId: string): Promise<void> {
  const memberships = await rowsOf<{ tenant_id: string; role: string }>(
    tx,
    sql`SELECT tenant_id, role FROM members WHERE user_id = ${userId}`,
  );
  found(
    memberships.find((one) => one.tenant_id === tenantId),
    "person",
  );
  if (memberships.length > 1) {
    throw new Refused(
      "forbidden",
      "This person works for another organisation too: only they can change this.",
    );
  }
}

function shown({ role, teamIds, active }: Member): Record<string, unknown> {
  return { role, teamIds, active };
}
