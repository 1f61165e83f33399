import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { syncStatus } from "../../../shared/rpc/contract/sync.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { EditJournal } from "../edits/edit-journal.ts";
import type { SyncEngine } from "./engine.ts";
import type { Feed } from "./feed.ts";
import { pollEveryMs, type SyncState } from "./sync-machine.ts";
import type { Tallies } from "./tallies.ts";

type Status = OutputOf<typeof syncStatus>;

export type StatusPorts = {
  engine: SyncEngine;
  feed: Feed;
  journal: EditJournal;
  tallies: Tallies;
  rebuilding: boolean;
  clock: Clock;
  collections?: readonly CollectionName[];
};

/** How sync stands, in the words of the status bar. */
export function createStatusReader(ports: StatusPorts): () => Status {
  const { engine, feed, journal, tallies, rebuilding, clock, collections = collectionNames } = ports;
  const estimate = createEstimate(clock);
  return () => {
    const state = engine.state();
    const unfinished = collections.find(
      (name) => !feed.position(name).complete || feed.position(name).repull,
    );
    const first = collections.some((name) => !feed.position(name).complete);
    const counts = journal.counts();
    return {
      phase: phaseOf(state, first, rebuilding),
      trouble: troubleOf(state),
      progress: unfinished && state.phase === "connected" ? progressOf(unfinished) : null,
      waiting: counts.unsent + counts.blocked,
      refused: counts.refused,
      openKept: tallies.openKept(),
      lastSyncedAt: engine.lastSyncedAt(),
      offlineSince: engine.offlineSince(),
      nextTryAt: state.phase === "waiting" ? new Date(state.until).toISOString() : null,
      leadsOnDevice: tallies.leads(),
      roundTripMs: engine.roundTripMs(),
    };
  };

  function progressOf(collection: CollectionName): NonNullable<Status["progress"]> {
    const { done, total } = feed.position(collection);
    return { collection, done, total, leftMs: estimate(collection, done, total) };
  }
}

function troubleOf(state: SyncState): string | null {
  if (state.phase === "connected" && state.polls !== null) {
    return `Something on the way to the server refuses live connections: changes come every ${pollEveryMs / 1_000} seconds.`;
  }
  return "trouble" in state ? state.trouble : null;
}

function phaseOf(state: SyncState, first: boolean, rebuilding: boolean): Status["phase"] {
  switch (state.phase) {
    case "idle":
      return "starting";
    case "stopped":
    case "paused":
      return state.phase;
    case "waiting":
      return "offline";
    case "connecting":
      return state.failures > 0 ? "offline" : "starting";
    case "connected":
      if (first) return rebuilding ? "rebuilding" : "first-sync";
      return state.pulling ? "catching-up" : "live";
  }
}

/** What is left at the pace since the collection began; null while there is nothing to go by. */
function createEstimate(
  clock: Clock,
): (of: CollectionName, done: number, total: number | null) => number | null {
  let begun: { of: CollectionName; atMs: number; done: number } | null = null;
  return (of, done, total) => {
    if (begun?.of !== of || done < begun.done) begun = { of, atMs: clock.now(), done };
    const gained = done - begun.done;
    if (total === null || gained === 0) return null;
    return Math.round(((clock.now() - begun.atMs) / gained) * Math.max(0, total - done));
  };
}
