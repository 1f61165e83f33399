import { PGlite } from "@electric-sql/pglite";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import { gunzipSync } from "node:zlib";

/** A migrated database as tools/make-template.ts packs it: folders have no content, parents come first. */
type TemplateEntry = { path: string; content: Uint8Array | null };

const built = fileURLToPath(new URL("../../dist/templates/server.gz", import.meta.url));

/** The template that was made with this program; null = none was. */
export function findTemplate(): string | null {
  return existsSync(built) ? built : null;
}

/**
 * Makes a database where there is none, from a template in a tenth of the time of initdb and migrations. Made
 * beside its place and then renamed: one that was cut off is made anew. The caller holds the folder.
 * All databases from one template have one system identifier; only `restore` moves rows between them, and that
 * begins an epoch of its own (feed-epoch.ts).
 */
export async function makeFolder(folder: string, template: string | null): Promise<void> {
  if (existsSync(join(folder, "PG_VERSION"))) return;
  const unfinished = `${folder}.new`;
  if (template === null || !unpackTemplate(template, unfinished)) await initialise(unfinished);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/** @returns false when the template or the disk would not do: initdb then says what is wrong */
function unpackTemplate(template: string, folder: string): boolean {
  try {
    const entries = deserialize(gunzipSync(readFileSync(template))) as TemplateEntry[];
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const { path, content } of entries) {
      if (content) writeFileSync(join(folder, path), content);
      else mkdirSync(join(folder, path));
    }
    return true;
  } catch {
    return false;
  }
}

/** The log grows by files full of zeros: 16 MB of them at once would hold the server's event loop. */
const initDbStartParams = ["--wal-segsize=1"];

async function initialise(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const pglite = await PGlite.create({ dataDir: folder, initDbStartParams });
  await dropTemplates(pglite);
  await pglite.close();
}

/** No database will ever be created from them, and they are two thirds of an empty folder and of each backup. */
async function dropTemplates(pglite: PGlite): Promise<void> {
  await pglite.exec("UPDATE pg_database SET datistemplate = false");
  await pglite.exec("DROP DATABASE template0");
  await pglite.exec("DROP DATABASE template1");
  await pglite.exec("CHECKPOINT");
}
