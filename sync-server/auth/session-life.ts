import { sql } from "drizzle-orm";
import type { Tx } from "../database/index.ts";

const dayMs = 86_400_000;
/** A desk stays signed in while it is used once a month; a browser for a working day. */
const deskLifeMs = 30 * dayMs;
const browserLifeMs = dayMs / 2;

/** @returns when a session that begins or is used now ends, ms since the epoch */
export function sessionEndMs(deviceId: string | null, nowMs: number): number {
  return nowMs + (deviceId === null ? browserLifeMs : deskLifeMs);
}

/** Moves the end of a session that is in use, at most some thirty times in its life. @returns the end that counts */
export async function extendSession(
  tx: Tx,
  sessionId: string,
  expiresAtMs: number,
  deviceId: string | null,
  nowMs: number,
): Promise<number> {
  const wanted = sessionEndMs(deviceId, nowMs);
  if (wanted - expiresAtMs < (wanted - nowMs) / 30) return expiresAtMs;
  await tx.execute(
    sql`UPDATE sessions SET expires_at = ${new Date(wanted).toISOString()}::timestamptz, updated_at = now() WHERE id = ${sessionId}`,
  );
  if (deviceId !== null) {
    await tx.execute(
      sql`UPDATE devices SET last_seen_at = now() FROM sessions
          WHERE sessions.id = ${sessionId} AND devices.tenant_id = sessions.tenant_id AND devices.id = sessions.device_id`,
    );
  }
  return wanted;
}
