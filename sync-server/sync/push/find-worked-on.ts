import { sql } from "drizzle-orm";
import { keysOf } from "../../../shared/sync/audience.ts";
import { authorise, restsOnOwnSince } from "../../../shared/sync/authorise.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { DeviceIdentity } from "../../http/identity.ts";
import { keyOf, type RowSet } from "../rows.ts";
import { isVisible } from "./take-edit.ts";

/** What people do with a record besides editing it. What they merely looked at or answered is none of it. */
const work = ["calls", "tasks", "deals", "appointments", "messages", "tickets", "activities"] as const;

/**
 * [PUSH-10] Edits, by id, that rest on nothing but what their author wrote, on records with which others have worked
 * since: they called, wrote or planned, or whoever it is about objected to calls once more. Call it when the rows are
 * locked: whoever hangs something on one of them waits for that lock.
 */
export async function findWorkedOn(
  tx: Tx,
  identity: DeviceIdentity,
  edits: readonly Edit[],
  rows: RowSet,
): Promise<ReadonlySet<string>> {
  const { tenantId, userId } = identity;
  const keys = new Set(keysOf(identity));
  const asked = edits.flatMap((edit) => {
    const row = rows.get(keyOf(edit));
    const since = row?.master ? restsOnOwnSince(identity, edit, row.master) : null;
    if (!row?.master || since === null) return [];
    const mayAnyhow = isVisible({ keys }, row) && authorise(identity, edit, row.master.doc) === null;
    return mayAnyhow ? [] : [{ edit: edit.editId, id: edit.id, since, lifts: liftsDoNotCall(edit) }];
  });
  if (asked.length === 0) return new Set();
  const others = `$.** ? (@.byId != "" && @.byId != $me && @.at >= $since)`;
  const hung = work.map(
    (collection) => sql`EXISTS (
      SELECT FROM ${sql.identifier(collection)} AS hung
      WHERE hung.tenant_id = ${tenantId} AND hung.parent_id = given.id AND NOT hung.deleted
        AND (jsonb_path_exists(hung.touched, ${others}::jsonpath, jsonb_build_object('me', ${userId}::text, 'since', given.since))
          OR (hung.doc->>'agentId' <> ${userId} AND hung.touched->'*'->>'at' >= given.since)))`,
  );
  const objected = sql`(given.lifts AND EXISTS (
      SELECT FROM calls JOIN settings ON settings.tenant_id = calls.tenant_id AND NOT settings.deleted
        AND settings.doc->>'kind' = 'disposition' AND settings.doc->>'key' = calls.doc->>'disposition'
        AND settings.doc->'doNotCall' = 'true'
      WHERE calls.tenant_id = ${tenantId} AND calls.parent_id = given.id AND NOT calls.deleted
        AND calls.id <> ALL(${sql.param(endingsIn(edits))}::text[])
        AND coalesce(calls.touched->'disposition', calls.touched->'*')->>'at' >= given.since))`;
  const found = await rowsOf<{ edit: string }>(
    tx,
    sql`SELECT edit FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
          AS given (edit text, id text, since text, lifts boolean)
        WHERE ${sql.join([...hung, objected], sql` OR `)}`,
  );
  return new Set(found.map(({ edit }) => edit));
}

function liftsDoNotCall(edit: Edit): boolean {
  return edit.kind === "update" && edit.changes["doNotCall"]?.to === false;
}

/** Calls whose ending is taken back or set in the same push. */
function endingsIn(edits: readonly Edit[]): string[] {
  return edits
    .filter((edit) => edit.collection === "calls" && edit.kind === "update" && "disposition" in edit.changes)
    .map(({ id }) => id);
}
