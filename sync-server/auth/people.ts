import { sql } from "drizzle-orm";
import type { TeamId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";
import { isoText, rowsOf, type Tx } from "../database/index.ts";
import { removeRecords, saveRecords } from "../sync/index.ts";

/** In whose name, when: what the synced settings say about who wrote them. */
export type By = { userId: string; now: string };

/** Somebody of a tenant, without anything that proves who they are. */
export type Member = {
  userId: UserId;
  name: string;
  email: string;
  role: Role;
  teamIds: TeamId[];
  active: boolean;
  hasSecondFactor: boolean;
  joinedAt: string;
};

/** People of the tenant by name; `userIds` null = all. Works in a tenant's name and in the server's. */
export async function readMembers(
  tx: Tx,
  tenantId: string,
  userIds: readonly string[] | null,
): Promise<Member[]> {
  const some = userIds === null ? sql`true` : sql`m.user_id = ANY(${sql.param([...userIds])}::text[])`;
  const found = await rowsOf<{ member: Member }>(
    tx,
    sql`SELECT jsonb_build_object(
          'userId', m.user_id, 'name', u.name, 'email', u.email, 'role', m.role,
          'teamIds', ARRAY(SELECT team_id FROM team_members tm
                           WHERE tm.tenant_id = m.tenant_id AND tm.user_id = m.user_id ORDER BY team_id),
          'active', m.deactivated_at IS NULL, 'hasSecondFactor', u.two_factor_enabled,
          'joinedAt', ${isoText(sql`m.created_at`)}) AS member
        FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = ${tenantId} AND ${some} ORDER BY lower(u.name), m.user_id`,
  );
  return found.map(({ member }) => member);
}

/**
 * Says what desks may know of these people in the settings that they sync. Part of every transaction that changes
 * a person, a role or a team: whoever sees the change in the database sees it on a desk too.
 */
export async function announcePeople(
  tx: Tx,
  tenantId: string,
  userIds: readonly string[],
  by: By,
): Promise<void> {
  const members = await readMembers(tx, tenantId, userIds);
  const docs = members.map(({ userId, name, email, role, teamIds, active }) => {
    return { id: `person:${userId}`, kind: "person", order: 0, userId, name, email, role, teamIds, active };
  });
  await saveRecords(tx, tenantId, "settings", docs, { by: by.userId, now: by.now });
}

export async function announceTeam(
  tx: Tx,
  tenantId: string,
  team: { id: string; name: string },
  by: By,
): Promise<void> {
  const doc = { id: `team:${team.id}`, kind: "team", order: 0, teamId: team.id, name: team.name };
  await saveRecords(tx, tenantId, "settings", [doc], { by: by.userId, now: by.now });
}

export async function announceTeamGone(tx: Tx, tenantId: string, teamId: string, by: By): Promise<void> {
  await removeRecords(tx, tenantId, "settings", [`team:${teamId}`], { by: by.userId, now: by.now });
}

/** Puts the person into exactly these teams. @returns false when the tenant has no such team, and changes nothing */
export async function setTeams(
  tx: Tx,
  tenantId: string,
  userId: string,
  teamIds: readonly string[],
): Promise<boolean> {
  const wanted = sql.param([...new Set(teamIds)]);
  const [known] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM teams WHERE tenant_id = ${tenantId} AND id = ANY(${wanted}::text[])`,
  );
  if (known?.n !== new Set(teamIds).size) return false;
  await tx.execute(
    sql`DELETE FROM team_members
        WHERE tenant_id = ${tenantId} AND user_id = ${userId} AND NOT team_id = ANY(${wanted}::text[])`,
  );
  await tx.execute(
    sql`INSERT INTO team_members (tenant_id, team_id, user_id)
        SELECT ${tenantId}, team_id, ${userId} FROM unnest(${wanted}::text[]) AS team_id ON CONFLICT DO NOTHING`,
  );
  return true;
}
