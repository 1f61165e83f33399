import { sql } from "drizzle-orm";
import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../shared/result/ports.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import type { DeviceId, TeamId, TenantId, UserId } from "../../shared/entities/id.ts";
import type { Role } from "../../shared/entities/setting.ts";
import { inSystem, rowsOf, type Database } from "../database/index.ts";
import type { Identify, Identity, IdentityError } from "../http/identity.ts";
import type { AccessCache } from "./access-cache.ts";
import { sessionCookie } from "./cookie.ts";
import { extendSession } from "./session-life.ts";
import { hashOf, readToken } from "./session-token.ts";

export type Access = Result<Identity & { expiresAtMs: number }, IdentityError>;

export type IdentifyDeps = { db: Database; clock: Clock; secret: string; cache: AccessCache<Access> };

/** The identity port of the whole server: bearer token of a desk, or cookie of a browser. */
export function createIdentify(deps: IdentifyDeps): Identify {
  return async (headers) => {
    const token = tokenOf(headers);
    const sessionText = token === null ? null : readToken(token, deps.secret);
    if (sessionText === null) return err(nobody);
    const access = await deps.cache.get(
      sessionText,
      () => readAccess(deps, sessionText),
      (read) => (read.ok ? read.value.tenantId : null),
    );
    if (!access.ok) return access;
    const { expiresAtMs, ...identity } = access.value;
    if (expiresAtMs <= deps.clock.now()) return err(ended);
    return ok(identity);
  };
}

const nobody: IdentityError = { code: "unauthorised", message: "Sign in first." };
const ended: IdentityError = { code: "revoked", message: "This sign-in has ended. Sign in again." };
const wiped: IdentityError = {
  code: "wiped",
  message: "An admin has asked to remove what this device holds.",
};

/** A browser sends its cookie by itself, a desk its token on purpose: the token counts first. */
export function tokenOf(headers: IncomingHttpHeaders): string | null {
  const [scheme, token] = headers.authorization?.split(" ") ?? [];
  if (scheme?.toLowerCase() === "bearer" && token) return token;
  return sessionCookie(headers.cookie);
}

type AccessRow = {
  session_id: string;
  user_id: UserId;
  tenant_id: TenantId;
  device_id: DeviceId | null;
  expires_at: string;
  role: Role;
  team_ids: TeamId[];
  barred: boolean;
};

async function readAccess({ db, clock }: IdentifyDeps, sessionText: string): Promise<Access> {
  const tokenHash = hashOf(sessionText);
  return inSystem<Access>(db, async (tx) => {
    const [row] = await rowsOf<AccessRow>(
      tx,
      sql`SELECT s.id AS session_id, s.user_id, s.tenant_id, s.device_id, s.expires_at::text, m.role,
                 m.deactivated_at IS NOT NULL OR t.suspended_at IS NOT NULL AS barred,
                 ARRAY(SELECT team_id FROM team_members tm
                       WHERE tm.tenant_id = s.tenant_id AND tm.user_id = s.user_id ORDER BY team_id) AS team_ids
          FROM sessions s
          JOIN tenants t ON t.id = s.tenant_id
          JOIN members m ON m.tenant_id = s.tenant_id AND m.user_id = s.user_id
          WHERE s.token = ${sessionText}`,
    );
    if (row === undefined || row.barred || Date.parse(row.expires_at) <= clock.now()) {
      return err(await whyGone(tx, tokenHash));
    }
    const endsMs = Date.parse(row.expires_at);
    // On a full disk people go on reading: the end is moved when there is room again.
    const expiresAtMs = db.isFull()
      ? endsMs
      : await extendSession(tx, row.session_id, endsMs, row.device_id, clock.now());
    return ok({
      tenantId: row.tenant_id,
      userId: row.user_id,
      role: row.role,
      teamIds: row.team_ids,
      sessionId: row.session_id,
      deviceId: row.device_id,
      expiresAtMs,
    });
  });
}

/** A device that must be wiped hears so with the token that it holds, also after its session is gone. */
async function whyGone(tx: Parameters<typeof rowsOf>[0], tokenHash: string): Promise<IdentityError> {
  const [device] = await rowsOf<{ wipe: boolean }>(
    tx,
    sql`SELECT wipe_requested_at IS NOT NULL AS wipe FROM devices WHERE token_hash = ${tokenHash}`,
  );
  return device?.wipe ? wiped : ended;
}
