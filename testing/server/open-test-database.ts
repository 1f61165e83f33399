import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDatabase, type Database } from "../../sync-server/database/index.ts";

const migrations = fileURLToPath(new URL("../../sync-server/database/migrations", import.meta.url));
const cacheFolder = fileURLToPath(new URL("../../node_modules/.cache/ringside", import.meta.url));

let snapshot: Promise<Blob> | undefined;

/** A migrated, empty PGlite in memory. Loads a dumped template: 0.4 s instead of 3 s for initdb and migrations. */
export async function openTestDatabase(): Promise<Database> {
  snapshot ??= readTemplate();
  return openDatabase({ kind: "embedded", dataDir: null, snapshot: await snapshot });
}

/** Kept on disk between runs and between test files, under a name that changes with any migration. */
async function readTemplate(): Promise<Blob> {
  const file = join(cacheFolder, `template-${fingerprint()}.tar.gz`);
  try {
    return new Blob([await readFile(file)]);
  } catch {
    const made = await makeTemplate();
    await mkdir(cacheFolder, { recursive: true });
    const unfinished = `${file}.${randomUUID()}`;
    await writeFile(unfinished, Buffer.from(await made.arrayBuffer()));
    // Renaming is atomic: another worker sees no file or a whole one.
    await rename(unfinished, file);
    return made;
  }
}

async function makeTemplate(): Promise<Blob> {
  const db = await openDatabase({ kind: "embedded", dataDir: null });
  try {
    return await db.dump();
  } finally {
    await db.close();
  }
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const pglite = fileURLToPath(import.meta.resolve("@electric-sql/pglite"));
  hash.update(readFileSync(pglite));
  for (const name of readdirSync(migrations).sort()) {
    if (name.endsWith(".sql")) hash.update(name).update(readFileSync(join(migrations, name)));
  }
  return hash.digest("hex").slice(0, 16);
}
