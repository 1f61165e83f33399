import type { Clock, Timers } from "../../shared/result/ports.ts";
import { contract } from "../../shared/rpc/contract.ts";
import { sessionContract, type settings } from "../../shared/rpc/contract/session.ts";
import type { taskDue } from "../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../shared/rpc/define.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { composeQueries } from "./compose-queries.ts";
import { createDecisions } from "./edits/decisions.ts";
import { createRecordHandlers } from "./records/record-handlers.ts";
import { afterFirstSync } from "./session/first-sync.ts";
import { startHousekeeping } from "./session/housekeeping.ts";
import type { Desk } from "./session/open-desk.ts";
import { createSyncHandlers } from "./sync/sync-handlers.ts";
import { openTallies } from "./sync/tallies.ts";

type Contract = typeof contract;
type DeskContract = Omit<Contract, keyof typeof sessionContract> & { settings: typeof settings };

/** Everything but what a window may ask before anybody is signed in. */
export const deskContract = Object.fromEntries(
  Object.entries(contract).filter(([key]) => key === "settings" || !Object.hasOwn(sessionContract, key)),
) as unknown as DeskContract;

/** What answers windows while somebody is signed in. */
export type DeskApp = {
  handlers: Handlers<DeskContract>;
  /** Before the desk itself is closed. */
  close(): Promise<void>;
};

export type DeskAppPorts = {
  clock: Clock;
  timers: Timers;
  onTrouble: (text: string, cause?: unknown) => void;
  remind: (due: PayloadOf<typeof taskDue>) => void;
};

/** Builds everything on an open desk that does not sync yet. */
export async function composeDesk(desk: Desk, ports: DeskAppPorts): Promise<DeskApp> {
  const { clock, timers, onTrouble, remind } = ports;
  const { replica, journal, jobs } = desk;
  const tallies = await openTallies(replica.reads);
  const decisions = createDecisions(replica.editsPorts, replica.edits);
  const housekeeping = startHousekeeping(desk, timers, (cause) =>
    onTrouble("Ringside could not tidy up its folder.", cause),
  );
  const queries = await composeQueries({
    replica,
    journal,
    jobs,
    folder: desk.folder,
    clock,
    timers,
    afterFirstSync: (work) => afterFirstSync(desk, work),
    remind,
  });
  return {
    handlers: {
      ...queries.handlers,
      ...createRecordHandlers({ replica, journal, jobs, clock }),
      ...createSyncHandlers({ desk, tallies, decisions, clock, timers }),
    },
    async close() {
      await jobs.stop();
      queries.close();
      tallies.close();
      await housekeeping.stop();
    },
  };
}
