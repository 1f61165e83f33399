import type { EditId } from "../../../shared/entities/id.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { RunSql } from "../database/local-tables.ts";

/** An edit with what the journal says beside it. */
export type LabelledEdit = { edit: Edit; label: string | null; group: string | null };

/**
 * Edits that the server has taken, kept for as long as it may yet be put back to a backup from before them
 * ([REST-2]). The server remembers the ids of just these.
 */
export type SentEdits = {
  keep(edits: readonly LabelledEdit[], nowMs: number): Promise<void>;
  /** In the order in which they were made. */
  list(): Promise<LabelledEdit[]>;
  /** Those that are kept no longer: the server may forget them, and then this device does. Looks now and then. */
  listOld(nowMs: number): Promise<EditId[]>;
  forget(editIds: readonly EditId[]): Promise<void>;
};

/** Older backups are restored too, but hardly ever while desks hold what is missing from them. */
const keepForMs = 7 * 24 * 3_600_000;
/** About 20 MB; an import is larger than what a person types in years. */
const mostKept = 20_000;
/** As many as one request may name. */
const mostForgotten = 10_000;
/** Nothing gets old in between; and while a long import is sent, the limit is overrun by no more than this. */
const lookEveryMs = 60_000;
const lookEveryEdits = 1_000;

/** @param sql of a database with `ringside_sent` */
export function createSentEdits(sql: RunSql): SentEdits {
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let keptSince = 0;
  return {
    async keep(edits, nowMs) {
      if (edits.length === 0) return;
      keptSince += edits.length;
      await sql.kept(
        `insert into ringside_sent (edit_id, at_ms, item)
         select item->'edit'->>'editId', $1::float8, item from jsonb_array_elements($2::jsonb) with ordinality as rows (item, n)
         order by n on conflict (edit_id) do nothing`,
        [nowMs, JSON.stringify(edits)],
      );
    },
    async list() {
      const rows = await sql<{ item: LabelledEdit }>("select item from ringside_sent order by position");
      return rows.map(({ item }) => item);
    },
    async listOld(nowMs) {
      // A clock that was put back must not stop the looking.
      if (Math.abs(nowMs - lookedAtMs) < lookEveryMs && keptSince < lookEveryEdits) return [];
      const rows = await sql<{ edit_id: EditId }>(
        // Two indexes answer it. A time far ahead comes from a clock that was wrong.
        `select edit_id from ringside_sent where at_ms < $1::float8 or at_ms > $2::float8
         or position <= (select max(position) from ringside_sent) - $3::bigint order by position limit $4::int`,
        [nowMs - keepForMs, nowMs + keepForMs, mostKept, mostForgotten],
      );
      // Those that were found are found again until they are forgotten, and there may be more behind them.
      if (rows.length === 0) [lookedAtMs, keptSince] = [nowMs, 0];
      return rows.map(({ edit_id }) => edit_id);
    },
    async forget(editIds) {
      if (editIds.length === 0) return;
      await sql("delete from ringside_sent where edit_id = any($1::text[])", [[...editIds]]);
    },
  };
}
