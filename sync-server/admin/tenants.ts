import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { z } from "zod";
import { writeInvitation } from "../auth/index.ts";
import { isoText, rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { saveRecords } from "../sync/index.ts";
import { firstSettings } from "./first-settings.ts";
import { addRoute, found, operators, type Call, type Routes } from "./route.ts";
import { ChangeTenant, IdParam, MadeTenant, NewTenant, Tenant, Tenants } from "./wire.ts";

/** The operator sees that tenants exist and how much they use, never what they have written. */
export function addTenantRoutes(routes: Routes): void {
  const { deps } = routes;
  const as = "server";
  addRoute(
    routes,
    {
      method: "GET",
      path: "/tenants",
      summary: "Tenants and how much they use",
      roles: operators,
      answer: Tenants,
      as,
    },
    async ({ tx }) => ({ tenants: await readTenants(tx, null) }),
  );
  addRoute(
    routes,
    { method: "POST", path: "/tenants", summary: "Make a tenant and invite its first admin", roles: operators, body: NewTenant, answer: MadeTenant, status: 201, as }, // prettier-ignore
    async ({ tx, identity, body, now, note }) => {
      const id = v7();
      await tx.insert(schema.tenants).values({ id, name: body.name });
      await saveRecords(tx, id, "settings", firstSettings(body.name), { now });
      const admin = { tenantId: id, email: body.adminEmail, role: "admin", teamIds: [] } as const;
      const invited = await writeInvitation(deps, tx, { ...admin, invitedById: identity.userId });
      await note("tenant.create", `tenants/${id}`, { after: body });
      return { id: id as never, invitation: { ...invited, expiresAt: invited.expiresAt.toISOString() } };
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: "/tenants/:id", summary: "Note what a tenant has bought: models may need it", roles: operators, params: IdParam, body: ChangeTenant, answer: Tenant, as }, // prettier-ignore
    async ({ tx, params: { id }, body: { plan }, note }) => {
      const before = found((await readTenants(tx, id))[0], "tenant");
      await tx.update(schema.tenants).set({ plan }).where(eq(schema.tenants.id, id));
      // Nodes remember which models are for whom.
      await tx.execute(sql`SELECT pg_notify('ringside_ai', ${id})`);
      await note("tenant.change", `tenants/${id}`, { before: { plan: before.plan }, after: { plan } });
      return found((await readTenants(tx, id))[0], "tenant");
    },
  );
  for (const verb of ["suspend", "resume"] as const) {
    addRoute(
      routes,
      { method: "POST", path: `/tenants/:id/${verb}`, summary: verb === "suspend" ? "Keep everybody of a tenant out" : "Let them in again", roles: operators, params: IdParam, answer: Tenant, as }, // prettier-ignore
      (call) => setSuspended(call, verb === "suspend"),
    );
  }
}

async function setSuspended(
  { tx, params, now, note }: Call<{ id: string }, unknown, unknown>,
  suspended: boolean,
): Promise<z.input<typeof Tenant>> {
  const before = found((await readTenants(tx, params.id))[0], "tenant");
  if (before.kind === "operations") throw new Refused("conflict", "This is where operators belong.");
  await tx
    .update(schema.tenants)
    .set({ suspendedAt: suspended ? new Date(now) : null })
    .where(eq(schema.tenants.id, params.id));
  await note(suspended ? "tenant.suspend" : "tenant.resume", `tenants/${params.id}`);
  return found((await readTenants(tx, params.id))[0], "tenant");
}

function readTenants(tx: Tx, id: string | null): Promise<z.input<typeof Tenant>[]> {
  return rowsOf<z.input<typeof Tenant>>(
    tx,
    sql`SELECT t.id, t.name, t.kind, t.plan, ${isoText(sql`t.created_at`)} AS "createdAt",
               ${isoText(sql`t.suspended_at`)} AS "suspendedAt",
               (SELECT count(*)::int FROM members m WHERE m.tenant_id = t.id AND m.deactivated_at IS NULL) AS people,
               (SELECT count(*)::int FROM devices d WHERE d.tenant_id = t.id AND d.revoked_at IS NULL) AS devices,
               (SELECT count(*)::int FROM leads l WHERE l.tenant_id = t.id AND NOT l.deleted) AS leads,
               (SELECT count(*)::int FROM calls c WHERE c.tenant_id = t.id AND NOT c.deleted) AS calls,
               ${isoText(sql`(SELECT max(d.last_seen_at) FROM devices d WHERE d.tenant_id = t.id)`)} AS "lastActiveAt"
        FROM tenants t WHERE ${id}::text IS NULL OR t.id = ${id} ORDER BY t.created_at, t.id`,
  );
}
