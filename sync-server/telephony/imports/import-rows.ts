import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import {
  RecordingImport,
  type ImportedRecordings,
  type ImportState,
  type Verdict,
} from "../../../shared/calls/recording-import-wire.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { ImportId } from "./archive-folder.ts";

const shown = z.array(RecordingImport);
const mostShown = 200;

/** Imports of the tenant, newest first. */
export async function readImports(tx: Tx, tenantId: string): Promise<RecordingImport[]> {
  return readWhere(tx, tenantId, sql`TRUE`);
}

/** Null = there is none. */
export async function readImport(tx: Tx, { tenantId, importId }: ImportId): Promise<RecordingImport | null> {
  const [one] = await readWhere(tx, tenantId, sql`i.id = ${importId}`);
  return one ?? null;
}

async function readWhere(tx: Tx, tenantId: string, which: SQL): Promise<RecordingImport[]> {
  const rows = await rowsOf<Record<string, unknown>>(
    tx,
    sql`SELECT i.id, i.source, i.state, i.total, i.agent_id AS "agentId", ${isoOf(sql`i.started_at`)} AS "startedAt",
          ${isoOf(sql`i.finished_at`)} AS "finishedAt",
          (SELECT count(*)::int FROM imported_recordings r WHERE r.tenant_id = i.tenant_id AND r.import_id = i.id) AS calls,
          (SELECT coalesce(jsonb_object_agg(verdict, n), '{}') FROM
            (SELECT verdict, count(*)::int AS n FROM looked_recordings l
             WHERE l.tenant_id = i.tenant_id AND l.import_id = i.id GROUP BY 1) by_verdict) AS counts,
          (SELECT jsonb_build_object('asked', count(*)::int, 'done', (count(*) FILTER (WHERE NOT waits))::int) FROM
            (SELECT bool_or(b.outcome IS NULL) AS waits FROM imported_recordings r
             JOIN ai_batch_items b ON b.tenant_id = r.tenant_id AND b.key = r.call_id
             WHERE r.tenant_id = i.tenant_id AND r.import_id = i.id GROUP BY r.call_id) asked) AS words
        FROM recording_imports i WHERE i.tenant_id = ${tenantId} AND ${which}
        ORDER BY i.started_at DESC, i.id LIMIT ${mostShown}`,
  );
  const none = { ready: 0, unnamed: 0, known: 0, refused: 0, taken: 0 };
  return shown.parse(rows.map((row) => ({ ...row, counts: { ...none, ...(row["counts"] as object) } })));
}

function isoOf(instant: SQL): SQL {
  return sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

type Page = { verdict: Verdict; limit: number; after: number };

/** Recordings of which the same becomes, as they stand in the archive. */
export async function readRecordings(
  tx: Tx,
  { tenantId, importId }: ImportId,
  { verdict, limit, after }: Page,
): Promise<ImportedRecordings> {
  const rows = await rowsOf<ImportedRecordings["recordings"][number]>(
    tx,
    sql`SELECT l.place, l.name, l.verdict, l.why,
          CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'startedAt', c.doc->>'startedAt',
            'durationMs', greatest(0, extract(epoch FROM (c.doc->>'endedAt')::timestamptz - (c.doc->>'startedAt')::timestamptz) * 1000)::int,
            'agentId', c.doc->>'agentId', 'leadName', coalesce(d.doc->>'name', '')) END AS call
        FROM looked_recordings l
        LEFT JOIN calls c ON c.tenant_id = l.tenant_id AND c.id = l.call_id AND NOT c.deleted
        LEFT JOIN leads d ON d.tenant_id = l.tenant_id AND d.id = c.parent_id AND NOT d.deleted
        WHERE l.tenant_id = ${tenantId} AND l.import_id = ${importId} AND l.verdict = ${verdict} AND l.place > ${after}
        ORDER BY l.place LIMIT ${limit + 1}`,
  );
  const recordings = rows.slice(0, limit);
  return { recordings, next: rows.length > limit ? String(recordings.at(-1)?.place) : null };
}

type Looked = { place: number; name: string; verdict: Verdict; why: string; callId: string | null };

/** Unless somebody has discarded the import meanwhile. */
export async function noteLooked(tx: Tx, { tenantId, importId }: ImportId, looked: Looked): Promise<void> {
  const { place, name, verdict, why, callId } = looked;
  await tx.execute(
    sql`INSERT INTO looked_recordings (tenant_id, import_id, place, name, verdict, why, call_id)
        SELECT tenant_id, id, ${place}::int, ${name}::text, ${verdict}::text, ${why}::text, ${callId}::text
        FROM recording_imports WHERE tenant_id = ${tenantId} AND id = ${importId}
        ON CONFLICT (tenant_id, import_id, place) DO UPDATE SET verdict = excluded.verdict, why = excluded.why, call_id = excluded.call_id`,
  );
}

const whyGone = "is no longer on the server: bring its archive again";

/** Refuses every recording that could have come in, and those of which nobody has seen more than that they were there. */
export async function refuseGone(tx: Tx, { tenantId, importId }: ImportId): Promise<void> {
  await tx.execute(
    sql`UPDATE looked_recordings SET verdict = 'refused', why = ${whyGone}
        WHERE tenant_id = ${tenantId} AND import_id = ${importId} AND verdict IN ('ready', 'unnamed')`,
  );
  await tx.execute(
    sql`INSERT INTO looked_recordings (tenant_id, import_id, place, name, verdict, why)
        SELECT tenant_id, id, place, 'Recording ' || place + 1, 'refused', ${whyGone}
        FROM recording_imports, generate_series(0, total - 1) AS place
        WHERE tenant_id = ${tenantId} AND id = ${importId}
        ON CONFLICT (tenant_id, import_id, place) DO NOTHING`,
  );
}

/** Places that were not looked at, or looked at and not taken. */
export async function readPlaces(
  tx: Tx,
  { tenantId, importId }: ImportId,
  verdicts: readonly Verdict[],
): Promise<ReadonlySet<number>> {
  const rows = await rowsOf<{ place: number }>(
    tx,
    sql`SELECT place FROM looked_recordings WHERE tenant_id = ${tenantId} AND import_id = ${importId}
          AND verdict = ANY(${sql.param(verdicts)}::text[])`,
  );
  return new Set(rows.map(({ place }) => place));
}

/** @returns whether it was in that state */
export async function moveImport(
  tx: Tx,
  { tenantId, importId }: ImportId,
  from: ImportState,
  set: { state: ImportState; finishedAt?: Date; agentId?: string | null },
): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`UPDATE recording_imports SET state = ${set.state},
          finished_at = coalesce(${set.finishedAt?.toISOString() ?? null}::timestamptz, finished_at),
          agent_id = coalesce(${set.agentId ?? null}, agent_id)
        WHERE tenant_id = ${tenantId} AND id = ${importId} AND state = ${from} RETURNING 1`,
  );
  return rows.length > 0;
}

/** @returns whether it had not begun yet: then nothing is left of it but its archive */
export async function discardImport(tx: Tx, { tenantId, importId }: ImportId): Promise<boolean> {
  const gone = await rowsOf(
    tx,
    sql`DELETE FROM recording_imports WHERE tenant_id = ${tenantId} AND id = ${importId}
          AND state IN ('looking', 'ready') RETURNING 1`,
  );
  if (gone.length === 0) return false;
  await tx.execute(
    sql`DELETE FROM looked_recordings WHERE tenant_id = ${tenantId} AND import_id = ${importId}`,
  );
  return true;
}
