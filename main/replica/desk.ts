import { readFile, writeFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { taskDue } from "../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../shared/rpc/define.ts";
import { systemTimers, type Clock, type Timers } from "../../shared/result/ports.ts";
import { createDashboard } from "./dashboard/dashboard.ts";
import { createDealBoard } from "./deals/deal-board.ts";
import { createExportLeads } from "./exports/export-leads.ts";
import { createFileShelf } from "./files/file-shelf.ts";
import { createImportStore } from "./imports/import-store.ts";
import { createImports } from "./imports/imports.ts";
import type { Jobs } from "./jobs/jobs.ts";
import { createBulkEdits } from "./leads/bulk-edit.ts";
import { createLeadIndex } from "./leads/lead-index.ts";
import { createLeadLists } from "./leads/lead-lists.ts";
import { createLeadProfile, type UnsentOf } from "./leads/lead-profile.ts";
import { createLeadTimeline } from "./leads/lead-timeline.ts";
import { createListListings } from "./listings/list-listings.ts";
import { openTenantSettings } from "./live/tenant-settings.ts";
import type { Replica } from "./replica.ts";
import { createFind } from "./search/find.ts";
import { createLeadSearch } from "./search/lead-search.ts";
import { startReminders } from "./tasks/reminders.ts";
import { createTaskCommands } from "./tasks/task-commands.ts";
import { createTaskLists } from "./tasks/task-lists.ts";

export type DeskPorts = {
  /** A folder of this person's: imports, exports and what was reminded of live here. */
  folder: string;
  jobs: Jobs;
  clock: Clock;
  timers?: Timers;
  newId: () => string;
  unsentOf: UnsentOf;
  /** Emits `taskDue` to the windows, and asks the host for a desktop notification. */
  remind(due: PayloadOf<typeof taskDue>): void;
};

/** The search index is built when the first list has had time to reach the screen. */
const searchAfterMs = 1_500;
const minuteMs = 60_000;

/**
 * Everything that works on one person's records: lists, search, tasks, deals, listings, dashboard, imports and
 * exports. `handlers` goes into the router with those of records, sync and session.
 */
export function openDesk(replica: Replica, ports: DeskPorts) {
  const { folder, jobs, clock, timers = systemTimers, newId, unsentOf } = ports;
  const settings = openTenantSettings(replica.reads);
  const index = createLeadIndex(replica, settings, clock);
  const { rows } = index.context;
  const search = createLeadSearch(replica.reads, rows);
  const finder = createFind(replica.reads, rows, search);
  const minutes = createMinutes(timers);
  const shelf = createFileShelf(newId);
  const store = createImportStore(join(folder, "imports"));
  const imports = createImports({ replica, rows, settings, store, jobs, shelf, newId, clock });
  const reminders = startReminders(replica, { clock, timers, remind: ports.remind, shown: shownIn(folder) });
  const { resume, close: closeImports, ...importHandlers } = imports;

  const stopDays = minutes.each(() => index.checkDay());
  const cancelBuild = timers.after(searchAfterMs, () => void search.build().then(finder.build).then(resume));

  return {
    handlers: {
      ...createLeadLists(index, search, settings),
      ...createBulkEdits(index, search, replica.edits, jobs),
      ...createTaskCommands(replica, settings, clock),
      ...importHandlers,
      find: finder.find,
      leadProfile: createLeadProfile(replica.reads, unsentOf, clock),
      leadTimeline: createLeadTimeline(replica),
      listTasks: createTaskLists(replica, settings, clock, minutes.each),
      dealBoard: createDealBoard(replica, settings),
      listListings: createListListings(replica.reads),
      dashboard: createDashboard(index.context, settings, clock, minutes.each),
      exportLeads: createExportLeads({
        index,
        search,
        settings,
        jobs,
        shelf,
        newId,
        clock,
        folder: join(folder, "exports"),
      }),
      readFile: shelf.readFile,
    },
    close(): void {
      cancelBuild();
      stopDays();
      minutes.close();
      reminders.close();
      closeImports();
      finder.close();
      search.close();
      index.close();
      settings.close();
    },
  };
}

export type Desk = ReturnType<typeof openDesk>;

/** Calls listeners every minute, while there are any. */
function createMinutes(timers: Timers) {
  const listeners = new Set<() => void>();
  let cancel: (() => void) | null = null;
  const tick = () => {
    cancel = timers.after(minuteMs, tick);
    for (const listener of listeners) listener();
  };
  return {
    each(listener: () => void): () => void {
      listeners.add(listener);
      cancel ??= timers.after(minuteMs, tick);
      return () => void listeners.delete(listener);
    },
    close(): void {
      cancel?.();
      listeners.clear();
    },
  };
}

/** Reminders that were shown, in a small file. */
function shownIn(folder: string) {
  const path = join(folder, "reminders.json");
  return {
    async load(): Promise<string[]> {
      const text = await readFile(path, "utf8").catch(() => "[]");
      // A file that cannot be read costs a second showing of old reminders, no more.
      return z.array(z.string()).catch([]).parse(parseJson(text));
    },
    async save(shown: readonly string[]): Promise<void> {
      await writeFile(`${path}.new`, JSON.stringify(shown));
      await rename(`${path}.new`, path);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
