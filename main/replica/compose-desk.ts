import type { Clock, Timers } from "../../shared/result/ports.ts";
import type { Contract } from "../../shared/rpc/contract.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { createDecisions } from "./edits/decisions.ts";
import { createRecordHandlers } from "./records/record-handlers.ts";
import { startHousekeeping } from "./session/housekeeping.ts";
import type { Desk } from "./session/open-desk.ts";
import { createSyncHandlers } from "./sync/sync-handlers.ts";
import { openTallies } from "./sync/tallies.ts";

/** What answers windows while somebody is signed in. */
export type DeskApp = {
  handlers: Partial<Handlers<Contract>>;
  /** Before the desk itself is closed. */
  close(): Promise<void>;
};

export type DeskAppPorts = {
  clock: Clock;
  timers: Timers;
  onTrouble: (text: string, cause?: unknown) => void;
};

/** Builds everything on an open desk that does not sync yet. */
export async function composeDesk(desk: Desk, ports: DeskAppPorts): Promise<DeskApp> {
  const { clock, timers, onTrouble } = ports;
  const { replica, journal, jobs } = desk;
  const tallies = await openTallies(replica.reads);
  const decisions = createDecisions(replica.editsPorts, replica.edits);
  const housekeeping = startHousekeeping(desk, timers, (cause) =>
    onTrouble("Ringside could not tidy up its folder.", cause),
  );
  return {
    handlers: {
      ...createRecordHandlers({ replica, journal, jobs, clock }),
      ...createSyncHandlers({ desk, tallies, decisions, clock, timers }),
    },
    async close() {
      tallies.close();
      await housekeeping.stop();
    },
  };
}
