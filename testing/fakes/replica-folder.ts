import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReplicaDatabase } from "../../main/replica/database/open-database.ts";

/** Made once per run of the tests: making a database takes seconds, copying one takes milliseconds. */
const template = join(tmpdir(), `ringside-test-replica-${process.ppid}`);

/**
 * A folder for a replica's database that opens at once.
 * @returns absolute path; the caller removes its parent
 */
export async function makeReplicaFolder(): Promise<{ root: string; database: string }> {
  if (!existsSync(template)) await makeTemplate();
  const root = await mkdtemp(join(tmpdir(), "ringside-replica-"));
  const database = join(root, "database");
  await cp(template, database, { recursive: true });
  return { root, database };
}

async function makeTemplate(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "ringside-template-"));
  const database = join(scratch, "database");
  await mkdir(scratch, { recursive: true });
  const opened = await openReplicaDatabase(database);
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  await opened.value.close();
  // Another worker may have been faster; its template is as good.
  await rename(database, template).catch(() => {});
  await rm(scratch, { recursive: true, force: true });
}
