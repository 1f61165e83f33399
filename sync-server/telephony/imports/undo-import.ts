import { sql } from "drizzle-orm";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { audit } from "../../auth/index.ts";
import { inTenant, rowsOf, type Tx } from "../../database/index.ts";
import { removeRecords } from "../../sync/index.ts";
import { untilThrough } from "../attempts.ts";
import { eraseCall } from "../erase-call.ts";
import type { ImportId } from "./archive-folder.ts";
import type { TakeDeps } from "./take-recording.ts";

const atOnce = 50;

/**
 * Takes an import out again: its calls, what was said in them and their recordings, at once and for good. Broken off,
 * it can be asked for again.
 * @returns how many calls went, or that there is no such import
 */
export async function undoImport(
  deps: TakeDeps,
  tenantId: string,
  importId: string,
): Promise<Result<number, string>> {
  const wish = { tenantId, importId, now: deps.now(), actorId: null, ip: null };
  const known = await inTenant(deps.db, { tenantId }, (tx) => beginUndo(tx, wish));
  if (!known) return err(`There is no import ${importId}.`);
  const { removed } = await removeImported(deps, { tenantId, importId }, Infinity);
  return ok(removed);
}

type UndoWish = { tenantId: string; importId: string; now: Date; actorId: string | null; ip: string | null };

/** @returns whether there is such an import */
export async function beginUndo(
  tx: Tx,
  { tenantId, importId, now, actorId, ip }: UndoWish,
): Promise<boolean> {
  const [row] = await rowsOf(
    tx,
    sql`UPDATE recording_imports SET undone_at = ${now.toISOString()}, state = 'undoing'
        WHERE tenant_id = ${tenantId} AND id = ${importId} RETURNING id`,
  );
  const subject = `recording-imports/${importId}`;
  if (row) await audit(tx, { tenantId, actorId, action: "recordings.remove", subject, ip });
  return row !== undefined;
}

/** @returns how many calls went; `isWhole` is false where it was time to end before all had gone */
export async function removeImported(
  deps: TakeDeps,
  { tenantId, importId }: ImportId,
  endsMs: number,
): Promise<{ removed: number; isWhole: boolean }> {
  let removed = 0;
  for (let last = ""; ;) {
    if (deps.now().getTime() > endsMs) return { removed, isWhole: false };
    const calls = await removeSome(deps, { tenantId, importId, after: last });
    for (const key of calls) await eraseCall(deps, { tenantId, key });
    removed += calls.length;
    if (calls.length < atOnce) break;
    last = calls.at(-1) ?? "";
  }
  await inTenant(deps.db, { tenantId }, async (tx) => {
    await tx.execute(
      sql`DELETE FROM looked_recordings WHERE tenant_id = ${tenantId} AND import_id = ${importId}`,
    );
    await tx.execute(sql`UPDATE recording_imports SET state = 'undone' WHERE tenant_id = ${tenantId} AND id = ${importId}`); // prettier-ignore
  });
  return { removed, isWhole: true };
}

type Some = { tenantId: string; importId: string; after: string };

function removeSome({ db, now }: TakeDeps, { tenantId, importId, after }: Some): Promise<string[]> {
  return untilThrough(() =>
    inTenant(db, { tenantId }, async (tx) => {
      const rows = await rowsOf<{ call: string }>(
        tx,
        sql`SELECT call_id AS call FROM imported_recordings
            WHERE tenant_id = ${tenantId} AND import_id = ${importId} AND call_id > ${after} ORDER BY call_id LIMIT ${atOnce}`,
      );
      const ids = rows.map(({ call }) => call);
      await removeRecords(tx, tenantId, "calls", ids, { now: now().toISOString() });
      return ids;
    }),
  );
}
