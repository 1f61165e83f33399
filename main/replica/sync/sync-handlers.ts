import { collectionNames } from "../../../shared/entities/collections.ts";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { ok } from "../../../shared/result/result.ts";
import type { syncContract } from "../../../shared/rpc/contract/sync.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { Decisions } from "../edits/decisions.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Desk } from "../session/open-desk.ts";
import { readIssues } from "./sync-issues.ts";
import { createStatusReader } from "./sync-status.ts";
import type { Tallies } from "./tallies.ts";

/** A status bar that changes more often than this is only flicker. */
const statusEveryMs = 100;

/** How sync stands, what it needs a person for, and who else is there. */
export function createSyncHandlers(ports: {
  desk: Pick<Desk, "replica" | "journal" | "engine" | "feed" | "presence" | "rebuilding">;
  tallies: Tallies;
  decisions: Decisions;
  clock: Clock;
  timers: Timers;
}): Handlers<typeof syncContract> {
  const { desk, tallies, decisions, clock, timers } = ports;
  const { replica, journal, engine, presence } = desk;
  const { reads } = replica;
  const readStatus = createStatusReader({ ...desk, tallies, clock });
  return {
    syncStatus(_input, emit) {
      const emitSoon = atMostEvery(statusEveryMs, timers, () => emit(readStatus()));
      const stops = [
        engine.onChange(emitSoon.now),
        journal.onChange(emitSoon.now),
        reads.onChange(emitSoon.now),
      ];
      emit(readStatus());
      return () => {
        emitSoon.cancel();
        for (const stop of stops) stop();
      };
    },
    syncIssues: liveQuery(
      { reads, clock, timers },
      {
        dependsOn: collectionNames,
        // Most changes bring no conflict and settle none.
        affects: ({ records }) =>
          records.some(({ before, after }) => (before?.kept?.length ?? 0) + (after?.kept?.length ?? 0) > 0),
        alsoOn: (rerun) => journal.onChange(rerun),
        read: () => readIssues(reads, journal, tallies),
      },
    ),
    retryEdits: ({ editIds }) => decisions.retry(editIds),
    discardEdits: ({ editIds }) => decisions.discard(editIds),
    async amendEdit({ editId, set }) {
      const amended = await decisions.amend(editId, set);
      return amended.ok ? ok({}) : amended;
    },
    async pauseSync({ paused }) {
      engine.pause(paused);
      return ok({});
    },
    async syncNow() {
      engine.now();
      return ok({});
    },
    people(_input, emit) {
      const tell = () => {
        const { presence: mine, reason, since } = presence.mine();
        emit({ people: presence.people(), mine, reason, since });
      };
      tell();
      return presence.onChange(tell);
    },
    async setPresence({ presence: wanted, reason }) {
      presence.setMine(wanted, reason);
      return ok({});
    },
  };
}

/** Runs a task soon after it is asked for, however often that is. */
function atMostEvery(everyMs: number, timers: Timers, task: () => void): { now(): void; cancel(): void } {
  let cancel: (() => void) | null = null;
  return {
    now() {
      cancel ??= timers.after(everyMs, () => {
        cancel = null;
        task();
      });
    },
    cancel: () => cancel?.(),
  };
}
