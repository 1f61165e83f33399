import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import { newRecordId } from "../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { audit } from "../../auth/index.ts";
import { inTenant, rowsOf, schema } from "../../database/index.ts";
import { agentsOf, findAgent, type Agent } from "./find-agent.ts";
import type { FoundRecording } from "./imported-call.ts";
import { findHarperValley, isHarperValley } from "./read-harper-valley.ts";
import { findPlain } from "./read-plain.ts";
import { takeRecording, type Outcome, type TakeDeps } from "./take-recording.ts";
import { unpack } from "./unpack.ts";
import { openWords } from "./words/open-words.ts";
import type { ReadTranscript } from "./words/told.ts";

export type ImportWish = {
  tenantId: string;
  /** A folder or a ZIP archive on this machine. */
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
 * Brings recordings of a folder or an archive in as calls with transcripts; their reports are made by jobs. One that is broken is
 * told and left out. Broken off, it goes on where it stopped when it is begun again; so does one that has new files.
 * @returns or why it cannot begin
 */
export async function importRecordings(
  deps: TakeDeps,
  { tenantId, dir, agent }: ImportWish,
): Promise<Result<AsyncGenerator<ImportNews>, string>> {
  const source = resolve(dir);
  const usual = await findUsual(deps, tenantId, agent);
  if (!usual.ok) return usual;
  const opened = await openSource(source);
  if (!opened.ok) return opened;
  const { folder, close } = opened.value;
  const words = openWords();
  const found = await findRecordings(folder, words.read);
  const closeAll = () => words.close().then(close);
  if (found.length > 0)
    return ok(closing(takeAll(deps, { tenantId, source, usual: usual.value, found }), closeAll));
  await closeAll();
  return err(`There is no recording in ${source}.`);
}

/** Those of a folder, in an order that is the same every time. */
export async function findRecordings(folder: string, read: ReadTranscript): Promise<FoundRecording[]> {
  return (await isHarperValley(folder)) ? findHarperValley(folder, read) : findPlain(folder, read);
}

/** The folder as it is, or an archive unpacked beside everything else that is there for a while. */
async function openSource(
  source: string,
): Promise<Result<{ folder: string; close(): Promise<void> }, string>> {
  const known = await stat(source).catch(() => null);
  if (known?.isDirectory()) return ok({ folder: source, close: async () => {} });
  if (!known?.isFile()) return err(`${source} is no folder and no archive.`);
  const unpacked = await mkdtemp(join(tmpdir(), "ringside-recordings-"));
  const close = () => rm(unpacked, { recursive: true, force: true });
  const folder = await unpack(source, unpacked);
  if (folder.ok) return ok({ folder: folder.value, close });
  await close();
  return folder;
}

async function* closing<T>(all: AsyncGenerator<T>, close: () => Promise<void>): AsyncGenerator<T> {
  try {
    yield* all;
  } finally {
    await close();
  }
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

type Run = { tenantId: string; source: string; usual: Agent | null; found: readonly FoundRecording[] };

async function* takeAll(deps: TakeDeps, { tenantId, source, usual, found }: Run): AsyncGenerator<ImportNews> {
  const importId = await beginOrGoOn(deps, tenantId, source);
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

/** The same folder or archive, broken off before, is the same import: it can be undone as one. */
async function beginOrGoOn({ db, now }: TakeDeps, tenantId: string, source: string): Promise<string> {
  return inTenant(db, { tenantId }, async (tx) => {
    const [open] = await rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM recording_imports WHERE tenant_id = ${tenantId} AND source = ${source}
            AND by_id IS NULL AND finished_at IS NULL AND undone_at IS NULL ORDER BY started_at DESC LIMIT 1`,
    );
    if (open) return open.id;
    const id = newRecordId();
    await tx.insert(schema.recordingImports).values({ tenantId, id, source, startedAt: now() });
    // Given at the server's own machine: no name of a person is known.
    const subject = `recording-imports/${id}`;
    await audit(tx, { tenantId, actorId: null, action: "recordings.import", subject, details: { source }, ip: null }); // prettier-ignore
    return id;
  });
}

async function end({ db, now }: TakeDeps, tenantId: string, importId: string): Promise<void> {
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(
      sql`UPDATE recording_imports SET state = 'done', finished_at = ${now().toISOString()}
          WHERE tenant_id = ${tenantId} AND id = ${importId}`,
    ),
  );
}
