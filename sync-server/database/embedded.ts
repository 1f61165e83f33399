import { PGlite, type Transaction } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Database, DatabaseConfig, Queryable, Tx } from "./database.ts";
import { DiskFull, saysDiskFull, saysReadOnly, watchDiskSpace, type DiskSpace } from "./disk-space.ts";
import { findTemplate, makeFolder } from "./embedded-folder.ts";
import { lockFolder, type FolderLock } from "./folder-lock.ts";
import { createPrepared, type RunQuery } from "./prepared.ts";
import * as schema from "./schema/index.ts";
import { createTakingTurns, type TakingTurns } from "./taking-turns.ts";
import { withinTime } from "./within-time.ts";

type EmbeddedConfig = Extract<DatabaseConfig, { kind: "embedded" }>;

/**
 * One connection, one process: small buffers are enough, and PostgreSQL's JIT would only cost memory. ANALYZE holds the
 * process for as long as it looks at rows: at 6,000 instead of 30,000 (decision 0031).
 */
const startParams = ["shared_buffers=32MB", "jit=off", "max_connections=5", "default_statistics_target=20"]; // prettier-ignore

/**
 * Opens PGlite in a folder that no other process may hold meanwhile, or in memory. On a disk that is nearly full it
 * can be read, and writes fail with `DiskFull`, which passes by itself: a log that finds no room would be its end.
 * @throws DiskFull where there is no room to open it
 */
export async function openEmbedded(config: EmbeddedConfig): Promise<Database> {
  const lock = config.dataDir === null ? null : await holdFolder(config.dataDir);
  try {
    const folder = config.dataDir === null ? null : join(config.dataDir, "pgdata");
    const { snapshot, template = findTemplate() } = config;
    const space = folder === null ? { isShort: () => false } : watchDiskSpace(folder);
    if (folder !== null && !snapshot) await makeFolder(folder, template);
    const pglite = await PGlite.create({
      ...(folder === null ? {} : { dataDir: folder }),
      ...(snapshot ? { loadDataDir: snapshot } : {}),
      parsers: Object.fromEntries(asText.map((type) => [type, (value: string) => value])),
      startParams: [...PGlite.defaultStartParams, ...startParams.flatMap((set) => ["-c", set])],
    });
    endWithPanic(pglite, config.onBroken ?? endProcess);
    return embeddedDatabase(pglite, lock, space);
  } catch (error) {
    lock?.release();
    throw folderTrouble(config.dataDir, error);
  }
}

function folderTrouble(dataDir: string | null, error: unknown): unknown {
  const isFull = saysDiskFull(error) || (error as NodeJS.ErrnoException | null)?.code === "ENOSPC";
  return isFull && dataDir !== null ? new DiskFull(`The disk of ${dataDir}`, { cause: error }) : error;
}

async function holdFolder(dataDir: string): Promise<FolderLock> {
  await mkdir(dataDir, { recursive: true });
  return lockFolder(dataDir);
}

/**
 * After a PANIC, a log without room as a rule, PGlite answers the next statement by turning in circles for good, and
 * this process with it: there is no next statement, not even the one that ends the transaction.
 */
function endWithPanic(pglite: PGlite, onBroken: (cause: unknown) => void): void {
  const { execProtocolStream } = pglite;
  pglite.execProtocolStream = async (...given) => {
    try {
      return await execProtocolStream.apply(pglite, given);
    } catch (cause) {
      if ((cause as { severity?: string } | null)?.severity !== "PANIC") throw cause;
      onBroken(cause);
      return new Promise(() => {});
    }
  };
}

function endProcess(cause: unknown): void {
  const why = (cause as Error).message;
  process.stderr.write(`The database has stopped: ${why}. Nothing that it had taken is lost.\n`);
  process.exit(1);
}

function embeddedDatabase(pglite: PGlite, lock: FolderLock | null, space: DiskSpace): Database {
  const turns = createTakingTurns();
  const owner = drizzle({ client: lean(pglite, turns) as PGlite, schema });
  return {
    kind: "embedded",
    owner: owner as unknown as Queryable,
    async transaction(work) {
      const readOnly = space.isShort() ? ({ accessMode: "read only" } as const) : undefined;
      try {
        return await owner.transaction((tx) => work(tx as unknown as Tx), readOnly);
      } catch (error) {
        const isFull = saysDiskFull(error) || (readOnly !== undefined && saysReadOnly(error));
        throw isFull ? new DiskFull("The server’s disk", { cause: error }) : error;
      }
    },
    isFull: space.isShort,
    async listen(channel, onPayload) {
      const stop = await pglite.listen(channel, onPayload);
      return () => stop();
    },
    async ping(timeoutMs) {
      await withinTime(pglite.query("SELECT 1"), timeoutMs, "the embedded database does not answer");
    },
    // Without room the log is all that is made smaller.
    maintain: () => (space.isShort() ? checkpoint(pglite) : vacuum(pglite)),
    dump: () => pglite.dumpDataDir("gzip"),
    async close() {
      // After all that was asked for before.
      await turns.alone(() => pglite.close());
      lock?.release();
    },
  };
}

/** Times, dates and intervals, and arrays of them, which Drizzle reads itself; numeric arrays too. */
const asText = [1082, 1114, 1184, 1186, 1115, 1182, 1185, 1187, 1231];

/**
 * Drizzle hands its parsers over with every single query, and PGlite then copies its whole table of types each time. The
 * same parsers are given once, on opening, and left out here.
 */
function lean(pglite: PGlite, { alone, statement }: TakingTurns): Pick<PGlite, "query" | "transaction"> {
  const run = createPrepared(pglite);
  const query: RunQuery = (text, values, { rowMode = "object" } = {}) =>
    statement(() => run(text, values, { rowMode }));
  const queriesOf = (tx: Transaction) => ({
    query: (...asked: Parameters<RunQuery>) => {
      // Whoever asks later would be nobody's tenant, and would see everything.
      if (tx.closed) throw new Error("the transaction is over");
      return query(...asked);
    },
  });
  const client = {
    query: (...asked: Parameters<RunQuery>) => alone(() => query(...asked)),
    transaction: (work: (tx: Transaction) => Promise<unknown>) =>
      alone(() => pglite.transaction((tx) => work(queriesOf(tx) as unknown as Transaction))),
  };
  return client as unknown as Pick<PGlite, "query" | "transaction">;
}

/** Share of a table's rows that may be dead, or unknown to the planner, and the rows that no table is too small for. */
const staleShare = 0.1;
const staleRows = 1_000;

/**
 * PGlite runs no autovacuum and never trims its log by itself. Each statement holds the process: each table gets what it
 * needs, and requests get in between.
 */
async function vacuum(pglite: PGlite): Promise<void> {
  // PostgreSQL publishes its counts at most once a second: what was just written would not be among them.
  await pglite.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await pglite.query<{ name: string; dead: boolean; changed: boolean }>(
    `SELECT format('%I', relname) AS name, n_dead_tup > most AS dead, n_mod_since_analyze > most AS changed
     FROM pg_stat_user_tables, LATERAL (SELECT $1::float8 + $2::float8 * n_live_tup AS most) stale
     WHERE greatest(n_dead_tup, n_mod_since_analyze) > most`,
    [staleRows, staleShare],
  );
  for (const { name, dead, changed } of rows) {
    if (dead) await pglite.exec(`VACUUM ${name}`);
    await setImmediate();
    if (changed) await pglite.exec(`ANALYZE ${name}`);
    await setImmediate();
  }
  await checkpoint(pglite);
}

async function checkpoint(pglite: PGlite): Promise<void> {
  await pglite.exec("CHECKPOINT");
}
