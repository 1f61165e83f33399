import { PGlite, type Transaction } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database, DatabaseConfig, Queryable, Tx } from "./database.ts";
import { findTemplate, makeFolder } from "./embedded-folder.ts";
import { lockFolder, type FolderLock } from "./folder-lock.ts";
import * as schema from "./schema/index.ts";
import { createTakingTurns } from "./taking-turns.ts";
import { withinTime } from "./within-time.ts";

type EmbeddedConfig = Extract<DatabaseConfig, { kind: "embedded" }>;

/** One connection, one process: small buffers are enough, and PostgreSQL's JIT would only cost memory. */
const startParams = ["-c", "shared_buffers=32MB", "-c", "jit=off", "-c", "max_connections=5"];

/** Opens PGlite in a folder that no other process may hold meanwhile, or in memory. */
export async function openEmbedded(config: EmbeddedConfig): Promise<Database> {
  const lock = config.dataDir === null ? null : await holdFolder(config.dataDir);
  try {
    const folder = config.dataDir === null ? null : join(config.dataDir, "pgdata");
    const { snapshot, template = findTemplate() } = config;
    if (folder !== null && !snapshot) await makeFolder(folder, template);
    const pglite = await PGlite.create({
      ...(folder === null ? {} : { dataDir: folder }),
      ...(snapshot ? { loadDataDir: snapshot } : {}),
      parsers: Object.fromEntries(asText.map((type) => [type, (value: string) => value])),
      startParams: [...PGlite.defaultStartParams, ...startParams],
    });
    return embeddedDatabase(pglite, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function holdFolder(dataDir: string): Promise<FolderLock> {
  await mkdir(dataDir, { recursive: true });
  return lockFolder(dataDir);
}

function embeddedDatabase(pglite: PGlite, lock: FolderLock | null): Database {
  const owner = drizzle({ client: lean(pglite) as PGlite, schema });
  return {
    kind: "embedded",
    owner: owner as unknown as Queryable,
    transaction: (work) => owner.transaction((tx) => work(tx as unknown as Tx)),
    async listen(channel, onPayload) {
      const stop = await pglite.listen(channel, onPayload);
      return () => stop();
    },
    async ping(timeoutMs) {
      await withinTime(pglite.query("SELECT 1"), timeoutMs, "the embedded database does not answer");
    },
    maintain: () => vacuum(pglite),
    dump: () => pglite.dumpDataDir("gzip"),
    async close() {
      await pglite.close();
      lock?.release();
    },
  };
}

/** Times, dates and intervals, and arrays of them, which Drizzle reads itself; numeric arrays too. */
const asText = [1082, 1114, 1184, 1186, 1115, 1182, 1185, 1187, 1231];

/**
 * Drizzle hands its parsers over with every single query, and PGlite then copies its whole table of types each time:
 * half of a small query's cost. The same parsers are given once, on opening, and left out here.
 */
function lean(pglite: PGlite): Pick<PGlite, "query" | "transaction"> {
  const { alone, statement } = createTakingTurns();
  const queriesOf = (client: Pick<PGlite, "query">) => ({
    query: (text: string, values: unknown[], options?: { rowMode?: "array" | "object" }) =>
      statement(() => client.query(text, values, options?.rowMode ? { rowMode: options.rowMode } : {})),
  });
  const { query } = queriesOf(pglite);
  const client = {
    query: (...asked: Parameters<typeof query>) => alone(() => query(...asked)),
    transaction: (work: (tx: Transaction) => Promise<unknown>) =>
      alone(() => pglite.transaction((tx) => work(queriesOf(tx) as Transaction))),
  };
  return client as Pick<PGlite, "query" | "transaction">;
}

/** PGlite runs no autovacuum and never trims its log by itself. Table by table, so that requests get in between. */
async function vacuum(pglite: PGlite): Promise<void> {
  const { rows } = await pglite.query<{ name: string }>(
    "SELECT format('%I', relname) AS name FROM pg_stat_user_tables WHERE n_mod_since_analyze > 1000 OR n_dead_tup > 1000",
  );
  for (const { name } of rows) await pglite.exec(`VACUUM ANALYZE ${name}`);
  await pglite.exec("CHECKPOINT");
}
