import { sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Tx } from "../database/index.ts";
import type { QueueRules } from "./decide-route.ts";

export type Queue = QueueRules & {
  /** Null = everybody who takes calls. */
  userIds: readonly string[] | null;
  teamIds: readonly string[] | null;
};

/** A setting `queue:<key>`, as far as routing reads it; desks may know more of it. */
const QueueSetting = z.object({
  ringSeconds: z.number().min(3).max(300).optional(),
  longestWaitSeconds: z.number().min(0).max(3_600).optional(),
  userIds: z.array(z.string()).optional(),
  teamIds: z.array(z.string()).optional(),
});

const usualRingMs = 20_000;
const usualWaitMs = 180_000;

/** How callers of a queue are put through; a queue that nobody has configured is everybody's. */
export async function readQueue(tx: Tx, tenantId: string, key: string): Promise<Queue> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = ${`queue:${key}`} AND NOT deleted`,
  );
  const { ringSeconds, longestWaitSeconds, userIds, teamIds } = QueueSetting.parse(row?.doc ?? {});
  return {
    ringMs: ringSeconds === undefined ? usualRingMs : ringSeconds * 1_000,
    longestWaitMs: longestWaitSeconds === undefined ? usualWaitMs : longestWaitSeconds * 1_000,
    userIds: userIds?.length ? userIds : null,
    teamIds: teamIds?.length ? teamIds : null,
  };
}
