import { sql } from "drizzle-orm";
import type { DeviceId, TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";
import type { SessionInfo } from "../../shared/sync/session-wire.ts";
import { rowsOf, type Tx } from "../database/index.ts";

type InfoRow = {
  tenant_id: TenantId;
  tenant_name: string;
  demo: boolean;
  tenants: { id: TenantId; name: string }[];
  user_id: UserId;
  name: string;
  email: string;
  role: Role;
  team_ids: TeamId[];
  device_id: DeviceId | null;
  expires_at: string;
  second_factor: boolean;
};

/** What a session says about itself, read as the server; null = there is none. */
export async function readSessionInfo(tx: Tx, sessionId: string): Promise<SessionInfo | null> {
  const [row] = await rowsOf<InfoRow>(
    tx,
    sql`SELECT s.tenant_id, t.name AS tenant_name, t.kind = 'demo' AS demo, s.user_id, u.name, u.email, m.role,
               s.device_id, s.expires_at::text, u.two_factor_enabled AS second_factor,
               ARRAY(SELECT team_id FROM team_members tm
                     WHERE tm.tenant_id = s.tenant_id AND tm.user_id = s.user_id ORDER BY team_id) AS team_ids,
               (SELECT jsonb_agg(jsonb_build_object('id', every_t.id, 'name', every_t.name) ORDER BY every_m.created_at)
                FROM members every_m JOIN tenants every_t ON every_t.id = every_m.tenant_id
                WHERE every_m.user_id = s.user_id AND every_m.deactivated_at IS NULL
                  AND every_t.suspended_at IS NULL) AS tenants
        FROM sessions s
        JOIN tenants t ON t.id = s.tenant_id
        JOIN users u ON u.id = s.user_id
        JOIN members m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
        WHERE s.id = ${sessionId}`,
  );
  if (row === undefined) return null;
  return {
    tenant: { id: row.tenant_id, name: row.tenant_name },
    tenants: row.tenants,
    user: { id: row.user_id, name: row.name, email: row.email },
    role: row.role,
    teamIds: row.team_ids,
    sessionId,
    deviceId: row.device_id,
    expiresAt: new Date(row.expires_at).toISOString(),
    hasSecondFactor: row.second_factor,
    demo: row.demo,
  };
}
