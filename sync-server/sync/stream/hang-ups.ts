import { sql } from "drizzle-orm";
import { z } from "zod";
import { RecordId } from "../../../shared/entities/id.ts";
import type { Tx } from "../../database/index.ts";
import { send, type Connection } from "./connection.ts";

export const hangUpChannel = "ringside_hang_up";
/** Desks of the first protocol know no such message. */
const firstProtocol = 2;

/** A call that only the desk in it can end, and whose desk that is. */
const HangUp = z.object({ tenantId: z.string(), userId: z.string(), callId: RecordId });
export type HangUp = z.infer<typeof HangUp>;

/** [STREAM-9] Asks the open desks of this person, on whichever node they are, when the transaction commits. */
export async function askToHangUp(tx: Tx, { tenantId, userId, callId }: HangUp): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${hangUpChannel}, ${JSON.stringify({ tenantId, userId, callId })})`);
}

/** @returns null where a node of another version says something else */
export function readHangUp(payload: string): HangUp | null {
  try {
    return HangUp.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

export function sendHangUp(connection: Connection, { callId }: HangUp): void {
  if (connection.protocol >= firstProtocol) send(connection, { type: "hang-up", callId });
}
