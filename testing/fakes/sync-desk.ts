import { join } from "node:path";
import { collectionNames, type CollectionName } from "../../shared/entities/collections.ts";
import type { DeviceId } from "../../shared/entities/id.ts";
import {
  systemClock,
  systemTimers,
  type Clock,
  type Random,
  type Timers,
} from "../../shared/result/ports.ts";
import { openPresence, type KeptPresence } from "../../main/replica/presence/keep-presence.ts";
import { createSyncEngine, type EnginePorts, type SyncEngine } from "../../main/replica/sync/engine.ts";
import { openFeed, type Feed } from "../../main/replica/sync/feed.ts";
import { openLastSync } from "../../main/replica/sync/last-sync.ts";
import type { RefusedEdit } from "../../main/replica/sync/push.ts";
import type { SyncState } from "../../main/replica/sync/sync-machine.ts";
import type { SyncTransport } from "../../main/replica/sync/transport.ts";
import { openTestReplica, type TestReplica, type TestReplicaOptions } from "./open-test-replica.ts";

export type SyncDesk = {
  replica: TestReplica;
  feed: Feed;
  engine: SyncEngine;
  presence: KeptPresence;
  /** What the server would not take, and what went wrong on this machine. */
  refused: RefusedEdit[];
  troubles: unknown[];
  ends: string[];
  dispose(): Promise<void>;
};

export type SyncDeskOptions = TestReplicaOptions & {
  transport: SyncTransport;
  device: DeviceId;
  timers?: Timers;
  clock?: Clock;
  random?: Random;
  pageLength?: number;
  collections?: readonly CollectionName[];
  onSaid?: EnginePorts["onSaid"];
  onHangUp?: EnginePorts["onHangUp"];
};

/** A real replica with the real engine, over whatever transport. */
export async function openSyncDesk(options: SyncDeskOptions): Promise<SyncDesk> {
  const { clock = systemClock, timers = systemTimers, random = () => 0 } = options;
  const replica = await openTestReplica(options);
  const { database, layers, takeTurn, journal } = replica;
  const { collections = collectionNames } = options;
  const { sql, table } = database;
  const feed = await openFeed({ collections, sql, table, layers, takeTurn });
  const refused: RefusedEdit[] = [];
  const troubles: unknown[] = [];
  const presence = await openPresence({
    path: join(replica.folder.root, "presence.json"),
    clock,
    onTrouble: (cause) => troubles.push(cause),
  });
  const ends: string[] = [];
  const engine = createSyncEngine({
    ...options,
    feed,
    layers,
    journal,
    takeTurn,
    presence,
    lastSync: await openLastSync(sql, clock),
    onSaid: options.onSaid ?? (() => {}),
    onHangUp: options.onHangUp ?? (() => {}),
    clock,
    timers,
    random,
    onEnded: (why) => ends.push(why),
    onRefused: (edits) => refused.push(...edits),
    onOwnTrouble: (error) => troubles.push(error),
  });
  return {
    replica,
    feed,
    engine,
    presence,
    refused,
    troubles,
    ends,
    async dispose() {
      await engine.stop();
      await presence.written();
      await replica.dispose();
    },
  };
}

/** Waits until sync stands so; throws with where it stood when that takes too long. */
export async function untilSync(
  { engine }: Pick<SyncDesk, "engine">,
  isThere: (state: SyncState) => boolean,
  timeoutMs = 50_000,
): Promise<void> {
  if (isThere(engine.state())) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`sync stands at ${JSON.stringify(engine.state())}`));
    }, timeoutMs);
    const stop = engine.onChange(() => {
      if (!isThere(engine.state())) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

/** Connected, everything pulled, nothing to send. */
export function isQuiet(state: SyncState): boolean {
  return state.phase === "connected" && !state.pulling && state.push === "none" && state.behind.length === 0;
}
