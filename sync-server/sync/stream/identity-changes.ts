import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../database/index.ts";

export const identityChannel = "ringside_identity";

const IdentityChange = z.object({ tenantId: z.string(), userId: z.string() });
export type IdentityChange = z.infer<typeof IdentityChange>;

/**
 * Tells every node, when the transaction commits, that somebody's role, teams, sessions or devices changed: their
 * open streams are asked who they are again, and get a new scope ([AUD-4]) or their end ([SES-2], [SES-3]).
 */
export async function announceIdentityChange(tx: Tx, { tenantId, userId }: IdentityChange): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${identityChannel}, ${JSON.stringify({ tenantId, userId })})`);
}

/** @returns null where a node of another version says something else: nodes are brought up to date one after the other */
export function readIdentityChange(payload: string): IdentityChange | null {
  try {
    return IdentityChange.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
