import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import { newRecordId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { inTenant, rowsOf, schema } from "../../database/index.ts";
import { agentsOf, findAgent, type Agent } from "./find-agent.ts";
import type { FoundRecording } from "./imported-call.ts";
import { findHarperValley, isHarperValley } from "./read-harper-valley.ts";
import { findPlain } from "./read-plain.ts";
import { takeRecording, type Outcome, type TakeDeps } from "./take-recording.ts";

export type ImportWish = {
  tenantId: string;
  /** The folder on this machine. */
  dir: string;
  /** E-mail address or id of whoever held the calls that name nobody; null = each names somebody. */
  agent: string | null;
};

/** What an import says while it runs. Numbers count recordings. */
export type ImportNews =
  | { news: "began"; importId: string; total: number }
  | ({ news: "one"; name: string; at: number; total: number } & Outcome)
  | { news: "ended"; importId: string; taken: number; known: number; failed: number };

/**
 * Brings a folder of recordings in as calls with transcripts; their reports are made by jobs. One that is broken is
 * told and left out. Broken off, it goes on where it stopped when it is begun again; so does one that has new files.
 * @returns or why it cannot begin
 */
export async function importRecordings(
  deps: TakeDeps,
  { tenantId, dir, agent }: ImportWish,
): Promise<Result<AsyncGenerator<ImportNews>, string>> {
  const folder = resolve(dir);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) return err(`${folder} is no folder.`);
  const usual = await findUsual(deps, tenantId, agent);
  if (!usual.ok) return usual;
  const found = (await isHarperValley(folder)) ? await findHarperValley(folder) : await findPlain(folder);
  if (found.length === 0) return err(`There is no recording in ${folder}.`);
  return ok(takeAll(deps, { tenantId, folder, usual: usual.value, found }));
}

async function findUsual(
  { db }: TakeDeps,
  tenantId: string,
  agent: string | null,
): Promise<Result<Agent | null, string>> {
  const tenants = await inTenant(db, { tenantId }, (tx) => rowsOf(tx, sql`SELECT 1 FROM tenants WHERE id = ${tenantId}`)); // prettier-ignore
  if (tenants.length === 0) return err(`There is no organisation ${tenantId}.`);
  if (agent === null) return ok(null);
  const found = await findAgent(db, tenantId, agent);
  return found ? ok(found) : err(`Nobody of ${tenantId} is called ${agent}.`);
}

type Run = { tenantId: string; folder: string; usual: Agent | null; found: readonly FoundRecording[] };

async function* takeAll(deps: TakeDeps, { tenantId, folder, usual, found }: Run): AsyncGenerator<ImportNews> {
  const importId = await beginOrGoOn(deps, tenantId, folder);
  const taking = { tenantId, importId, agentOf: agentsOf(deps.db, tenantId, usual) };
  const counts = { taken: 0, known: 0, failed: 0 };
  yield { news: "began", importId, total: found.length };
  for (const [index, one] of found.entries()) {
    const outcome = await takeRecording(deps, taking, one);
    counts[outcome.did] += 1;
    yield { news: "one", name: one.name, at: index + 1, total: found.length, ...outcome };
  }
  await end(deps, tenantId, importId);
  yield { news: "ended", importId, ...counts };
}

/** The same folder, broken off before, is the same import: it can be undone as one. */
async function beginOrGoOn({ db, now }: TakeDeps, tenantId: string, folder: string): Promise<string> {
  return inTenant(db, { tenantId }, async (tx) => {
    const [open] = await rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM recording_imports WHERE tenant_id = ${tenantId} AND source = ${folder}
            AND finished_at IS NULL AND undone_at IS NULL ORDER BY started_at DESC LIMIT 1`,
    );
    if (open) return open.id;
    const id = newRecordId();
    await tx.insert(schema.recordingImports).values({ tenantId, id, source: folder, startedAt: now() });
    return id;
  });
}

async function end({ db, now }: TakeDeps, tenantId: string, importId: string): Promise<void> {
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(
      sql`UPDATE recording_imports SET finished_at = ${now().toISOString()}
          WHERE tenant_id = ${tenantId} AND id = ${importId}`,
    ),
  );
}
