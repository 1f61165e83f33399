import { sql } from "drizzle-orm";
import { rowsOf, type Database } from "./database.ts";

/**
 * For what must not happen beside a server: of an embedded database its lock lets in nobody else, of PostgreSQL this
 * tells.
 * @returns a sentence for whoever runs the command; null = no server runs on it
 */
export async function describeRunning(db: Database): Promise<string | null> {
  const nodes = await rowsOf<{ who: string | null }>(
    db.owner,
    sql`SELECT client_addr::text AS who FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'ringside listen'`,
  );
  if (nodes.length === 0) return null;
  const where = [...new Set(nodes.map(({ who }) => who ?? "this machine"))].join(", ");
  return `A sync-server still runs on this database (from ${where}). Stop every node first.`;
}
