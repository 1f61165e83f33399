import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { inSystem, rowsOf } from "../../database/index.ts";
import type { ImportDeps } from "./import-jobs.ts";

const dayMs = 86_400_000;
/** Whoever has not begun an import by then has forgotten it. */
const waitsMs = 7 * dayMs;

/** Discards archives that nobody began to take, and what a server that was killed has left on the disk. */
export async function tidyImports({ db, importsDir, now }: ImportDeps): Promise<void> {
  const before = new Date(now().getTime() - waitsMs).toISOString();
  const rows = await inSystem(db, async (tx) => {
    await tx.execute(
      sql`WITH gone AS (DELETE FROM recording_imports WHERE state IN ('looking', 'ready') AND started_at < ${before}
            RETURNING tenant_id, id)
          DELETE FROM looked_recordings l USING gone WHERE l.tenant_id = gone.tenant_id AND l.import_id = gone.id`,
    );
    return rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM recording_imports WHERE state IN ('looking', 'ready', 'taking') AND total IS NOT NULL`,
    );
  });
  const waiting = new Set(rows.map(({ id }) => id));
  for (const tenant of await readdir(importsDir).catch(() => []))
    for (const name of await readdir(join(importsDir, tenant))) {
      const path = join(importsDir, tenant, name);
      const { mtimeMs } = await stat(path);
      // A younger one may be on its way: its row comes when it is whole.
      if (!waiting.has(decodeURIComponent(name)) && mtimeMs < now().getTime() - dayMs)
        await rm(path, { recursive: true, force: true });
    }
}
