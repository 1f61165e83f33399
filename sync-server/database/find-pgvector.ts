import { sql } from "drizzle-orm";
import { inTenant, rowsOf, type Database } from "./database.ts";

/**
 * `absent`: the server of the database has none. `refused`: it has, but this role may not make it. `old`: 0.8 is the
 * first that goes on looking until enough rows pass the other conditions. `hidden`: requests do not see its schema.
 */
export type Pgvector = { state: "ready" | "absent" | "refused" | "old" | "hidden"; version: string | null };

/** Whether vectors can be ordered by the database itself; pgvector is made where it can be and is not yet. */
export async function findPgvector(db: Database): Promise<Pgvector> {
  const before = await readVersions(db);
  if (before === null) return { state: "absent", version: null };
  // Refused, or another node was first: what counts is what is there then.
  if (before.installed === null) await db.owner.execute(sql`CREATE EXTENSION vector`).catch(() => {});
  const after = before.installed === null ? await readVersions(db) : before;
  const version = after?.installed ?? null;
  if (version === null) return { state: "refused", version: before.offered };
  if (!isNewEnough(version)) return { state: "old", version };
  return { state: (await isSeenByRequests(db)) ? "ready" : "hidden", version };
}

type Versions = { installed: string | null; offered: string | null };

async function readVersions(db: Database): Promise<Versions | null> {
  const [found] = await rowsOf<Versions>(
    db.owner,
    sql`SELECT installed_version AS installed, default_version AS offered
        FROM pg_available_extensions WHERE name = 'vector'`,
  );
  return found ?? null;
}

/** It may stand in a schema that is not on the path, or that the role of requests may not use. */
async function isSeenByRequests(db: Database): Promise<boolean> {
  const [found] = await inTenant(db, { tenantId: "none" }, (tx) =>
    rowsOf<{ seen: boolean }>(tx, sql`SELECT to_regtype('vector') IS NOT NULL AS seen`),
  );
  return found?.seen === true;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 0 || minor >= 8;
}
