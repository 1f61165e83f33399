import { and, eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { announcePeople, announceTeam, announceTeamGone } from "../auth/index.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { addRoute, admins, found, managers, type Routes } from "./route.ts";
import { ChangeTeam, IdParam, NewTeam, Team, Teams } from "./wire.ts";

type TeamRow = { id: never; name: string; userIds: never[] };

export function addTeamRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path: "/teams", summary: "Teams and who is in them", roles: managers, answer: Teams },
    async ({ tx, identity }) => ({ teams: await readTeams(tx, identity.tenantId, null) }),
  );
  addRoute(
    routes,
    {
      method: "POST",
      path: "/teams",
      summary: "Make a team",
      roles: admins,
      body: NewTeam,
      answer: Team,
      status: 201,
    },
    async ({ tx, identity, body, now, note }) => {
      const { tenantId, userId } = identity;
      const id = v7();
      await requireNewName(tx, tenantId, id, body.name);
      await tx.insert(schema.teams).values({ tenantId, id, name: body.name });
      await putMembers(tx, tenantId, id, body.userIds);
      await announceTeam(tx, tenantId, { id, name: body.name }, { userId, now });
      await announcePeople(tx, tenantId, body.userIds, { userId, now });
      await note("team.create", `teams/${id}`, { after: body });
      return teamOf(tx, tenantId, id);
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: "/teams/:id", summary: "Rename a team or say who is in it", roles: admins, params: IdParam, body: ChangeTeam, answer: Team }, // prettier-ignore
    async ({ tx, identity, params: { id }, body, now, note }) => {
      const { tenantId, userId } = identity;
      const before = await lockTeam(tx, tenantId, id);
      if (body.name !== undefined) {
        await requireNewName(tx, tenantId, id, body.name);
        await tx.update(schema.teams).set({ name: body.name }).where(whereTeam(tenantId, id));
        await announceTeam(tx, tenantId, { id, name: body.name }, { userId, now });
      }
      if (body.userIds !== undefined) {
        await putMembers(tx, tenantId, id, body.userIds);
        await announcePeople(tx, tenantId, [...new Set([...before.userIds, ...body.userIds])], {
          userId,
          now,
        });
      }
      const after = await teamOf(tx, tenantId, id);
      await note("team.change", `teams/${id}`, { before, after });
      return after;
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: "/teams/:id", summary: "Remove a team that holds no leads", roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity, params: { id }, now, note }) => {
      const { tenantId, userId } = identity;
      const before = await lockTeam(tx, tenantId, id);
      await requireNoLeads(tx, tenantId, id);
      await putMembers(tx, tenantId, id, []);
      await tx.delete(schema.teams).where(whereTeam(tenantId, id));
      await announceTeamGone(tx, tenantId, id, { userId, now });
      await announcePeople(tx, tenantId, before.userIds, { userId, now });
      await note("team.remove", `teams/${id}`, { before });
    },
  );
}

function whereTeam(tenantId: string, id: string) {
  return and(eq(schema.teams.tenantId, tenantId), eq(schema.teams.id, id));
}

async function readTeams(tx: Tx, tenantId: string, id: string | null): Promise<TeamRow[]> {
  return rowsOf<TeamRow>(
    tx,
    sql`SELECT id, name,
               ARRAY(SELECT user_id FROM team_members tm
                     WHERE tm.tenant_id = t.tenant_id AND tm.team_id = t.id ORDER BY user_id) AS "userIds"
        FROM teams t WHERE tenant_id = ${tenantId} AND (${id}::text IS NULL OR id = ${id}) ORDER BY lower(name)`,
  );
}

async function teamOf(tx: Tx, tenantId: string, id: string): Promise<TeamRow> {
  return found((await readTeams(tx, tenantId, id))[0], "team");
}

async function lockTeam(tx: Tx, tenantId: string, id: string): Promise<TeamRow> {
  await tx.execute(sql`SELECT 1 FROM teams WHERE tenant_id = ${tenantId} AND id = ${id} FOR UPDATE`);
  return teamOf(tx, tenantId, id);
}

async function requireNewName(tx: Tx, tenantId: string, id: string, name: string): Promise<void> {
  const same = await rowsOf(
    tx,
    sql`SELECT 1 FROM teams WHERE tenant_id = ${tenantId} AND lower(name) = lower(${name}) AND id <> ${id}`,
  );
  if (same.length > 0) throw new Refused("conflict", `There is a team called “${name}” already.`);
}

/** The team has exactly these members from now on. */
async function putMembers(
  tx: Tx,
  tenantId: string,
  teamId: string,
  userIds: readonly string[],
): Promise<void> {
  const wanted = sql.param([...new Set(userIds)]);
  const [known] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM members WHERE tenant_id = ${tenantId} AND user_id = ANY(${wanted}::text[])`,
  );
  if (known?.n !== new Set(userIds).size)
    throw new Refused("bad-request", "One of these people does not exist.");
  await tx.execute(
    sql`DELETE FROM team_members
        WHERE tenant_id = ${tenantId} AND team_id = ${teamId} AND NOT user_id = ANY(${wanted}::text[])`,
  );
  await tx.execute(
    sql`INSERT INTO team_members (tenant_id, team_id, user_id)
        SELECT ${tenantId}, ${teamId}, user_id FROM unnest(${wanted}::text[]) AS user_id ON CONFLICT DO NOTHING`,
  );
}

/** Leads of a team that is gone would be seen by their owners alone. */
async function requireNoLeads(tx: Tx, tenantId: string, id: string): Promise<void> {
  const [held] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM leads WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'teamId' = ${id}`,
  );
  if (held?.n) {
    throw new Refused("conflict", `This team has ${held.n} leads. Give them to another team first.`, {
      leads: held.n,
    });
  }
}
