import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { diskTroubleOf, probeDisk } from "./disk-trouble.ts";

export type OpenPGliteError = {
  /** `damaged`: there is a database here that does not start. The others pass when their cause does. */
  code: "damaged" | "disk-full" | "read-only" | "failed";
  message: string;
  cause: unknown;
};

/**
 * Opens the database in `folder`, making it first where there is none.
 * The caller holds the folder's lock: PGlite takes none, and two processes lose each other's rows.
 *
 * @param folder absolute path
 */
export async function openPGlite(folder: string): Promise<Result<PGlite, OpenPGliteError>> {
  const existed = existsSync(join(folder, "PG_VERSION"));
  try {
    if (!existed) await createFolder(folder);
    return ok(await PGlite.create({ dataDir: folder, startParams }));
  } catch (cause) {
    const code = await codeOf(cause, folder, existed);
    return err({ code, message: `The database in ${folder} did not open.`, cause });
  }
}

/** Made beside its place and then renamed: a folder with PG_VERSION in it is always whole. */
async function createFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const pglite = await PGlite.create({ dataDir: unfinished, startParams, initDbStartParams });
  await dropTemplates(pglite);
  await pglite.close();
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}

/** No database will ever be created from them, and they are half of an empty folder: 15 MB. */
async function dropTemplates(pglite: PGlite): Promise<void> {
  await pglite.exec("UPDATE pg_database SET datistemplate = false");
  await pglite.exec("DROP DATABASE template0");
  await pglite.exec("DROP DATABASE template1");
  await pglite.exec("CHECKPOINT");
}

const settings = {
  shared_buffers: "8MB",
  max_connections: "5",
  jit: "off",
  // Nothing replicates from here, and minimal WAL skips it for tables made and filled in one transaction.
  wal_level: "minimal",
  max_wal_senders: "0",
  // The log is written in larger pieces than an eighth of a megabyte: a tenth off a first sync.
  wal_buffers: "2MB",
  // Segments of 1 MB (see below), removed at each checkpoint but for these.
  min_wal_size: "2MB",
  max_wal_size: "8MB",
  wal_recycle: "off",
  autovacuum: "off",
  // ANALYZE reads 30 rows for each of these: 100 held the process for 0.4 s, and no plan here needs so many.
  default_statistics_target: "10",
};

const startParams = [
  ...PGlite.defaultStartParams,
  ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
];

/** The built-in C.UTF-8 compares bytes, as fast as C and nearly as JavaScript does, and still knows É from é. */
const initDbStartParams = ["--wal-segsize=1", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

async function codeOf(cause: unknown, folder: string, existed: boolean): Promise<OpenPGliteError["code"]> {
  const trouble = diskTroubleOf(cause) ?? (await probeDisk(existed ? folder : dirname(folder)));
  return trouble ?? (existed ? "damaged" : "failed");
}
