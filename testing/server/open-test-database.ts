import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "../../sync-server/database/index.ts";

/** A migrated, empty PGlite in a folder of its own; closing it removes that. */
export async function openTestDatabase(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), "ringside-server-"));
  const db = await openDatabase({ kind: "embedded", dataDir });
  return {
    ...db,
    async close() {
      await db.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
