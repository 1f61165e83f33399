import type { Database, DatabaseConfig } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";

/**
 * Opens the database and brings its schema up to date.
 * @throws DatabaseTooNew when a newer server has written it; FolderLocked when another process holds the folder
 */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const db = config.kind === "embedded" ? await openEmbedded(config) : await openPostgres(config);
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
