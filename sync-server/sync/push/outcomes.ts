import { sql } from "drizzle-orm";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { DeviceIdentity } from "../../http/identity.ts";

/** What became of an edit; kept, so that the same edit gets the same answer however often it comes ([PUSH-2]). */
export type Outcome = { outcome: "accepted" | "merged" } | { outcome: "refused"; refusal: Refusal };
/** By edit id. */
export type Outcomes = Map<string, Outcome>;

/** Outcomes of those edits that were taken before. */
export async function readOutcomes(
  tx: Tx,
  { tenantId }: DeviceIdentity,
  edits: readonly Edit[],
): Promise<Outcomes> {
  const ids = edits.map(({ editId }) => editId);
  const found = await rowsOf<{ edit_id: string; outcome: Outcome }>(
    tx,
    sql`SELECT edit_id, outcome FROM edits WHERE tenant_id = ${tenantId} AND edit_id = ANY(${sql.param(ids)}::text[])`,
  );
  return new Map(found.map(({ edit_id, outcome }) => [edit_id, outcome]));
}

/**
 * A refusal is not kept: it changed nothing, so the same edit may be judged anew when the person tries again after
 * its reason has gone.
 */
export async function writeOutcomes(
  tx: Tx,
  { tenantId, deviceId }: DeviceIdentity,
  outcomes: Outcomes,
): Promise<void> {
  const taken = [...outcomes].filter(([, { outcome }]) => outcome !== "refused");
  if (taken.length === 0) return;
  const given = JSON.stringify(taken.map(([edit_id, outcome]) => ({ edit_id, outcome })));
  await tx.execute(
    sql`INSERT INTO edits (tenant_id, edit_id, device_id, outcome)
        SELECT ${tenantId}, edit_id, ${deviceId}, outcome
        FROM jsonb_to_recordset(${given}::jsonb) AS given (edit_id text, outcome jsonb)`,
  );
}

/**
 * The device has stored these outcomes and will not ask again. There is no index by device: a plan that read all that
 * it had sent, to look for five hundred of them, held an embedded database for 150 ms.
 */
export async function forgetOutcomes(
  tx: Tx,
  { tenantId, deviceId }: DeviceIdentity,
  settled: readonly string[],
): Promise<void> {
  if (settled.length === 0) return;
  await tx.execute(
    sql`DELETE FROM edits WHERE tenant_id = ${tenantId} AND device_id = ${deviceId}
        AND edit_id = ANY(${sql.param([...settled])}::text[])`,
  );
}
