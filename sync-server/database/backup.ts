import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database, DatabaseConfig } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { beginFeedEpoch } from "./feed-epoch.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./open.ts";

/** Something that the person at the keyboard can put right; the message says how. */
export class BackupFailed extends Error {}

/**
 * Writes the whole database to one file: a tar archive of the folder (embedded) or pg_dump's own format.
 * The file appears under its name only when it is complete.
 * @throws BackupFailed, FolderLocked while another process holds an embedded database
 */
export async function backUp(config: DatabaseConfig, file: string): Promise<void> {
  if (config.kind === "postgres") {
    return writeWhole(file, (unfinished) =>
      runPgTool("pg_dump", [...pgDumpOptions, `--file=${unfinished}`, config.url]),
    );
  }
  const db = await openEmbedded(config);
  try {
    await backUpRunning(db, file);
  } finally {
    await db.close();
  }
}

/** The same of an embedded database that this process has open: nothing is written while the copy is made. */
export async function backUpRunning(db: Database, file: string): Promise<void> {
  await db.maintain();
  const archive = Buffer.from(await (await db.dump()).arrayBuffer());
  await writeWhole(file, (unfinished) => writeFile(unfinished, archive, { mode: 0o600 }));
}

/**
 * Puts a backup in the place of the database. What stood there before is set aside (embedded) or replaced
 * (PostgreSQL, in one transaction). All devices compare what they hold anew afterwards.
 * No server may run on the database meanwhile.
 * @returns where the former embedded database was moved to, if there was one
 * @throws BackupFailed, FolderLocked
 */
export async function restore(config: DatabaseConfig, file: string, now: Date): Promise<string | null> {
  if (!existsSync(file)) throw new BackupFailed(`There is no file ${file}.`);
  if (config.kind === "embedded") return restoreFolder(config, file, now);
  // Roles belong to the cluster and are in no dump: migrating makes them.
  await (await openDatabase(config)).close();
  await runPgTool("pg_restore", [...pgRestoreOptions, `--dbname=${config.url}`, file]);
  const db = await openDatabase(config);
  await db.transaction(beginFeedEpoch).finally(() => db.close());
  return null;
}

async function restoreFolder(
  config: Extract<DatabaseConfig, { kind: "embedded" }>,
  file: string,
  now: Date,
): Promise<string | null> {
  if (config.dataDir === null) throw new BackupFailed("A database in memory cannot be restored.");
  const folder = join(config.dataDir, "pgdata");
  const snapshot = new Blob([await readFile(file)]);
  await requireUsable(snapshot, file);
  const aside = existsSync(folder) ? `${folder}.before-${now.toISOString().replaceAll(/[:.]/gu, "-")}` : null;
  // Opening takes the folder's lock: a running server is noticed before anything is moved.
  const db = await openEmbedded({
    ...config,
    snapshot,
    beforeOpening: () => (aside ? rename(folder, aside) : Promise.resolve()),
  });
  try {
    await migrate(db);
    await db.transaction(beginFeedEpoch);
  } finally {
    await db.close();
  }
  return aside;
}

/** Loads the archive into memory first, so that a damaged file replaces nothing. */
async function requireUsable(snapshot: Blob, file: string): Promise<void> {
  try {
    const trial = await openDatabase({ kind: "embedded", dataDir: null, snapshot });
    await trial.close();
  } catch (error) {
    throw new BackupFailed(`${file} is not a backup that can be restored here: ${(error as Error).message}`);
  }
}

async function writeWhole(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    await write(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

// An owner who is no superuser reads all tenants as a member of ringside_system, which needs row security left on.
const pgDumpOptions = ["--format=custom", "--no-owner", "--enable-row-security"];
const pgRestoreOptions = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"];

function runPgTool(tool: "pg_dump" | "pg_restore", options: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, options, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing = `${tool} was not found. It comes with PostgreSQL's client tools (Debian: postgresql-client).`;
      reject(new BackupFailed(error.code === "ENOENT" ? missing : error.message));
    });
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new BackupFailed(`${tool} failed (exit code ${code}); its own message stands above.`));
    });
  });
}
