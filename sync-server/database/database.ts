import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { sql, type SQL } from "drizzle-orm";
import type * as schema from "./schema/index.ts";

/** Drizzle over either driver; a transaction is one too. */
export type Queryable = PgDatabase<PgQueryResultHKT, typeof schema>;

/** What only a transaction may run: code that takes a `Tx` cannot be called outside one by accident. */
export type Tx = Queryable & { readonly tx: true };

export type DatabaseConfig =
  /**
   * PGlite in this process; `dataDir` null keeps everything in memory. A new folder is made from `template`
   * (embedded-folder.ts), which is found where it is not named; null = from nothing.
   */
  | {
      kind: "embedded";
      dataDir: string | null;
      snapshot?: Blob;
      template?: string | null;
      /** The database has ended and takes no statement any more. Without one the process ends with a word about it. */
      onBroken?: (cause: unknown) => void;
    }
  | { kind: "postgres"; url: string; poolSize: number };

export type Database = {
  kind: DatabaseConfig["kind"];
  /**
   * Drizzle as the owner of the tables, outside any transaction: for migrations and for tables that belong to
   * no tenant (sign-in). Tenant data goes through `inTenant`.
   * On the embedded database everything shares one connection: awaiting `owner` inside a transaction would
   * wait for itself.
   */
  owner: Queryable;
  /** Runs `work` in a transaction as the owner. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls `onPayload` for each NOTIFY on `channel`, and `onGap` after a lost connection came back: something may be missing. */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onGap?: () => void,
  ): Promise<() => Promise<void>>;
  /** Answers when the database does. @throws when it does not within `timeoutMs` */
  ping(timeoutMs: number): Promise<void>;
  /** Whether writes fail because the disk of this machine has no room for them. */
  isFull(): boolean;
  /** What an embedded database needs now and then, because nothing else does it; nothing on PostgreSQL. */
  maintain(): Promise<void>;
  /** Everything in the folder as a tar archive; embedded only. */
  dump(): Promise<Blob>;
  close(): Promise<void>;
};

/**
 * Runs `work` as a request of one tenant: as the role `ringside_app`, which row-level security keeps to the rows
 * of that tenant. Role and tenant end with the transaction, so a pooled connection carries nothing over.
 */
export function inTenant<T>(
  db: Database,
  scope: { tenantId: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (scope.tenantId === "") throw new Error("a transaction needs a tenant");
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`SELECT set_config('role', 'ringside_app', true), set_config('ringside.tenant', ${scope.tenantId}, true)`,
    );
    return work(tx);
  });
}

/** Runs the server's own work across tenants. Never for something that a request has named. */
export function inSystem<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('role', 'ringside_system', true)`);
    return work(tx);
  });
}

/** A `timestamptz` as records and answers have it (shared/entities/fields.ts, `Instant`). */
export function isoText(instant: SQL): SQL {
  return sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Rows of a hand-written statement. `int8`, `xid8` and `numeric` differ between drivers: cast them to text. */
export async function rowsOf<Row extends Record<string, unknown>>(
  on: Queryable,
  statement: SQL,
): Promise<Row[]> {
  const result = (await on.execute(statement)) as { rows: Row[] };
  return result.rows;
}
