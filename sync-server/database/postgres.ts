import { drizzle } from "drizzle-orm/node-postgres";
import { Client, Pool } from "pg";
import type { Database, DatabaseConfig, Queryable, Tx } from "./database.ts";
import { DiskFull, saysDiskFull } from "./disk-space.ts";
import * as schema from "./schema/index.ts";
import { withinTime } from "./within-time.ts";

type PostgresConfig = Extract<DatabaseConfig, { kind: "postgres" }>;

const longestReconnectMs = 5_000;

/** @throws when the server is unreachable or older than PostgreSQL 15 */
export async function openPostgres(config: PostgresConfig): Promise<Database> {
  const pool = new Pool({ connectionString: config.url, max: config.poolSize, application_name: "ringside" });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  try {
    await requireVersion(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const owner = drizzle({ client: pool, schema });
  const listeners = new Set<() => Promise<void>>();
  return {
    kind: "postgres",
    owner: owner as unknown as Queryable,
    async transaction(work) {
      try {
        return await owner.transaction((tx) => work(tx as unknown as Tx));
      } catch (error) {
        throw saysDiskFull(error) ? new DiskFull("The disk of the database", { cause: error }) : error;
      }
    },
    async listen(channel, onPayload, onGap = () => {}) {
      const stop = await keepListening(config.url, channel, onPayload, onGap);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    async ping(timeoutMs) {
      await withinTime(pool.query("SELECT 1"), timeoutMs, "PostgreSQL does not answer");
    },
    isFull: () => false,
    maintain: () => Promise.resolve(),
    dump: () => Promise.reject(new Error("only an embedded database is a folder")),
    async close() {
      await Promise.all([...listeners].map((stop) => stop()));
      await pool.end();
    },
  };
}

async function requireVersion(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  if ((rows[0]?.version ?? 0) < 150_000) throw new Error("Ringside needs PostgreSQL 15 or newer.");
}

/** A connection of its own, because LISTEN belongs to a session; it comes back by itself when it breaks. */
async function keepListening(
  url: string,
  channel: string,
  onPayload: (payload: string) => void,
  onGap: () => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<Client> => {
    const fresh = new Client({ connectionString: url, application_name: "ringside listen", keepAlive: true });
    fresh.on("error", () => {});
    fresh.on("notification", ({ payload }) => onPayload(payload ?? ""));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
    } catch (error) {
      await fresh.end().catch(() => {});
      throw error;
    }
    fresh.once("end", () => reconnectIn(50));
    return fresh;
  };
  const reconnectIn = (delayMs: number): void => {
    if (stopped) return;
    retry = setTimeout(() => {
      connect().then(
        async (fresh) => {
          client = fresh;
          if (stopped) await fresh.end();
          else onGap();
        },
        () => reconnectIn(Math.min(delayMs * 2, longestReconnectMs)),
      );
    }, delayMs);
  };

  let client = await connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client.end();
  };
}
