import { sql } from "drizzle-orm";
import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import type { Checkpoint } from "../../../shared/sync/wire.ts";
import { inTenant, rowsOf, type Database } from "../../database/index.ts";

/** A changed row with what decides who hears of it; `doc` is JSON text. */
export type FeedRow = { id: string; doc: string; deleted: boolean; audience: string[]; former: string[] };

/** What happened in (from, to] of a collection; `rows` null = too much to tell, devices pull. */
export type FeedBatch = {
  tenantId: string;
  collection: CollectionName;
  to: Checkpoint;
  rows: FeedRow[] | null;
};

export type FeedReaderDeps = {
  db: Database;
  onBatch(batch: FeedBatch): void;
  onError(error: unknown): void;
  /** How long to leave between two reads of a collection: gathers writes while many devices listen. */
  gapMs(tenantId: string): number;
  timers?: Timers;
};

/** More rows than this in one read are pulled by whoever wants them. */
export const mostBatchRows = 500;
const firstRetryMs = 5;
const longestRetryMs = 250;

type Track = {
  tenantId: string;
  collection: CollectionName;
  position: Checkpoint;
  /** Something was announced that no read has covered yet. */
  news: boolean;
  busy: boolean;
  lastReadMs: number;
  /** The feed is held back by an open transaction until its horizon reaches this. */
  awaited: bigint | null;
  retryMs: number;
};

/**
 * Follows the feeds of the tenants that have devices on this node: one read per change, however many devices
 * ([STREAM-5]). A read stops below the oldest open transaction, as a pull does ([STREAM-6]); while one holds
 * announced rows back, it asks again until they are out.
 */
export function createFeedReader({ db, onBatch, onError, gapMs, timers = systemTimers }: FeedReaderDeps) {
  const tenants = new Map<string, Map<CollectionName, Track>>();
  let stopped = false;

  function announce(track: Track): void {
    track.news = true;
    schedule(track, Math.max(0, track.lastReadMs + gapMs(track.tenantId) - Date.now()));
  }

  function schedule(track: Track, delayMs: number): void {
    if (track.busy || stopped) return;
    track.busy = true;
    timers.after(delayMs, () => void run(track));
  }

  async function run(track: Track): Promise<void> {
    track.news = false;
    track.lastReadMs = Date.now();
    try {
      if (isFollowed(track)) await read(track);
      track.retryMs = track.awaited === null ? firstRetryMs : Math.min(track.retryMs * 2, longestRetryMs);
    } catch (error) {
      onError(error);
      track.news = true;
      track.retryMs = longestRetryMs;
    }
    track.busy = false;
    if (!isFollowed(track)) return;
    if (track.awaited !== null) schedule(track, track.retryMs);
    else if (track.news) announce(track);
  }

  async function read(track: Track): Promise<void> {
    const { rows, horizon, ceiling } = await readFeed(db, track);
    if (!isFollowed(track)) return;
    // Whatever was announced before this read is below the ceiling; it is out once the horizon is there.
    track.awaited ??= BigInt(ceiling);
    if (BigInt(horizon) >= track.awaited) track.awaited = null;
    const to = { xid: horizon, seq: "0" };
    if (rows.length > 0) {
      const { tenantId, collection } = track;
      onBatch({ tenantId, collection, to, rows: rows.length > mostBatchRows ? null : rows });
    }
    track.position = to;
  }

  function isFollowed(track: Track): boolean {
    return !stopped && tenants.get(track.tenantId)?.get(track.collection) === track;
  }

  return {
    /** Begins to follow a tenant from now on; nothing where it is followed already. */
    async follow(tenantId: string): Promise<void> {
      if (tenants.has(tenantId)) return;
      const { horizon, ceiling } = await readHorizon(db, tenantId);
      if (tenants.has(tenantId) || stopped) return;
      const position = { xid: horizon, seq: "0" };
      const tracks = new Map(
        collectionNames.map((collection) => [collection, newTrack(tenantId, collection, position)]),
      );
      tenants.set(tenantId, tracks);
      // Transactions that committed before now behind an open one were announced to nobody.
      if (horizon !== ceiling) for (const track of tracks.values()) announce(track);
    },
    unfollow(tenantId: string): void {
      tenants.delete(tenantId);
    },
    /** Up to where each collection's batches were handed out. */
    positions(tenantId: string): Map<CollectionName, Checkpoint> {
      const tracks = tenants.get(tenantId);
      if (tracks === undefined) throw new Error(`tenant ${tenantId} is not followed`);
      return new Map([...tracks].map(([collection, { position }]) => [collection, position]));
    },
    /** @param payload of the trigger `ringside_announce`: collection, blank, tenant */
    announced(payload: string): void {
      const blank = payload.indexOf(" ");
      const track = tenants.get(payload.slice(blank + 1))?.get(payload.slice(0, blank) as CollectionName);
      if (track) announce(track);
    },
    /** Announcements may have been lost: reads everything that is followed. */
    readAll(): void {
      for (const tracks of tenants.values()) for (const track of tracks.values()) announce(track);
    },
    stop(): void {
      stopped = true;
      tenants.clear();
    },
  };
}

export type FeedReader = ReturnType<typeof createFeedReader>;

function newTrack(tenantId: string, collection: CollectionName, position: Checkpoint): Track {
  return {
    tenantId,
    collection,
    position,
    news: false,
    busy: false,
    lastReadMs: 0,
    awaited: null,
    retryMs: firstRetryMs,
  };
}

type Horizon = { horizon: string; ceiling: string };

const horizonColumns = sql`pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
                           pg_snapshot_xmax(pg_current_snapshot())::text AS ceiling`;

async function readHorizon(db: Database, tenantId: string): Promise<Horizon> {
  const [row] = await inTenant(db, { tenantId }, (tx) => rowsOf<Horizon>(tx, sql`SELECT ${horizonColumns}`));
  if (row === undefined) throw new Error("a select without a row");
  return row;
}

async function readFeed(db: Database, track: Track): Promise<Horizon & { rows: FeedRow[] }> {
  const { tenantId, collection, position } = track;
  // The horizon comes with every row, from the very snapshot that the rows come from.
  const found = await inTenant(db, { tenantId }, (tx) =>
    rowsOf<Horizon & { [K in keyof FeedRow]: FeedRow[K] | null }>(
      tx,
      sql`SELECT snapshot.horizon, snapshot.ceiling, news.* FROM (SELECT ${horizonColumns}) AS snapshot
          LEFT JOIN (
            SELECT id, doc::text AS doc, deleted, audience, former FROM ${sql.identifier(collection)}
            WHERE tenant_id = ${tenantId}
              AND (xid, seq) > (${position.xid}::text::xid8, ${position.seq}::text::bigint)
              AND xid < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY xid, seq LIMIT ${mostBatchRows + 1}
          ) AS news ON true`,
    ),
  );
  const [first] = found;
  if (first === undefined) throw new Error("a left join without a row");
  const rows = found.filter((row): row is Horizon & FeedRow => row.id !== null);
  return { horizon: first.horizon, ceiling: first.ceiling, rows };
}
