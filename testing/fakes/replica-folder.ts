import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { collectionNames } from "../../shared/entities/collections.ts";
import { openReplicaDatabase } from "../../main/replica/database/open-database.ts";
import { rxSchemaOf } from "../../main/replica/database/record-schemas.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/**
 * A folder for a replica's database that opens at once: making one takes seconds, copying one milliseconds.
 * @returns absolute paths; the caller removes `root`
 */
export async function makeReplicaFolder(): Promise<{ root: string; database: string }> {
  const template = join(modules, ".cache", "ringside", `replica-${await fingerprint()}`);
  if (!existsSync(template)) await makeTemplate(template);
  const root = await mkdtemp(join(tmpdir(), "ringside-replica-"));
  const database = join(root, "database");
  await cp(template, database, { recursive: true });
  return { root, database };
}

/** Changes with the database's program and with the schemas. */
async function fingerprint(): Promise<string> {
  const pglite = await readFile(join(modules, "@electric-sql", "pglite", "package.json"), "utf8");
  return createHash("sha256")
    .update(pglite + JSON.stringify(collectionNames.map(rxSchemaOf)))
    .digest("hex")
    .slice(0, 16);
}

async function makeTemplate(template: string): Promise<void> {
  const unfinished = `${template}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  const database = join(unfinished, "database");
  const opened = await openReplicaDatabase(database);
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  await opened.value.close();
  // Another worker may have been faster; its template is as good.
  await rename(database, template).catch(() => {});
  await rm(unfinished, { recursive: true, force: true });
}
