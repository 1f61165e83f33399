import type { PGlite } from "@electric-sql/pglite";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { giveWay } from "../live/slices.ts";

export type MaintenanceReport = { checkpointed: boolean; vacuumed: string[] };

export interface Maintenance {
  /** What the timer does, now. `force` also when nobody is idle: after a first sync, before the first search. */
  run(options?: { force?: boolean }): Promise<MaintenanceReport>;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

export type MaintenanceOptions = {
  pglite: PGlite;
  /** Whether nobody would notice a query that waits for some hundred milliseconds. */
  isIdle: () => boolean;
  timers?: Timers;
  /** What kept the timer's work from being done; told once, until it succeeds again. */
  onTrouble: (cause: unknown) => void;
  checkEveryMs?: number;
  /** Write-ahead log after which a checkpoint is due: it is what bounds the folder's size. */
  walLimitBytes?: number;
};

/** Share of a table's rows that may be dead or unknown to the planner, and the rows that no table is too small for. */
const staleShare = 0.1;
const staleRows = 500;

/**
 * Does what PostgreSQL's background processes would: PGlite has none, so its log only grows (1 MB for every 700
 * leads written), dead rows stay, and the planner knows nothing of what a first sync brought.
 * A checkpoint is short (8 MB of buffers) and runs whenever it is due. VACUUM holds the database for as long as
 * it reads a table, so it waits for an idle moment and takes one table at a time.
 */
export function startMaintenance(options: MaintenanceOptions): Maintenance {
  const { pglite, isIdle, timers = systemTimers, checkEveryMs = 15_000, walLimitBytes = 16 << 20 } = options;
  let checkpointAt = 0;
  let isTroubled = false;
  let running: Promise<MaintenanceReport> | null = null;
  let stopped = false;
  let cancel = schedule();

  function schedule(): () => void {
    return timers.after(checkEveryMs, () => {
      void runUnasked().finally(() => {
        if (!stopped) cancel = schedule();
      });
    });
  }

  /** Nobody waits for it: what fails now, as on a full disk, is tried again by the next look. */
  async function runUnasked(): Promise<void> {
    try {
      await run();
      isTroubled = false;
    } catch (cause) {
      if (!isTroubled) options.onTrouble(cause);
      isTroubled = true;
    }
  }

  /** Runs that overlap are one run. */
  function run({ force = false } = {}): Promise<MaintenanceReport> {
    running ??= maintain(force).finally(() => {
      running = null;
    });
    return running;
  }

  async function maintain(force: boolean): Promise<MaintenanceReport> {
    const vacuumed = await vacuumStale(force);
    return { vacuumed, checkpointed: await checkpointIfDue(force) };
  }

  async function checkpointIfDue(force: boolean): Promise<boolean> {
    const written = await readWalPosition(pglite);
    if (stopped || (!force && written - checkpointAt < walLimitBytes)) return false;
    await pglite.exec("CHECKPOINT");
    checkpointAt = await readWalPosition(pglite);
    return true;
  }

  async function vacuumStale(force: boolean): Promise<string[]> {
    const vacuumed: string[] = [];
    for (const table of force || isIdle() ? await listStaleTables(pglite) : []) {
      if (stopped || !(force || isIdle())) break;
      await pglite.exec(`VACUUM ${table}`);
      // Two statements, and what has come meanwhile between them: one of both holds the process a half longer.
      await giveWay();
      await pglite.exec(`ANALYZE ${table}`);
      vacuumed.push(table);
    }
    return vacuumed;
  }

  return {
    run,
    async stop() {
      stopped = true;
      cancel();
      // Whoever waits for it has been told already.
      await running?.catch(() => {});
    },
  };
}

/** Bytes of log written since the database was made. */
async function readWalPosition(pglite: PGlite): Promise<number> {
  const { rows } = await pglite.query<{ bytes: string }>(
    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text AS bytes",
  );
  return Number(rows[0]?.bytes);
}

async function listStaleTables(pglite: PGlite): Promise<string[]> {
  // PostgreSQL publishes its counts at most once a second: what was just written would not be among them.
  await pglite.query("SELECT pg_stat_force_next_flush()");
  const { rows } = await pglite.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, relname) AS "table" FROM pg_stat_user_tables
     WHERE greatest(n_dead_tup, n_mod_since_analyze) > $1::float8 + $2::float8 * n_live_tup ORDER BY n_live_tup`,
    [staleRows, staleShare],
  );
  return rows.map(({ table }) => table);
}
