import { join } from "node:path";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Timers } from "../../shared/result/ports.ts";
import type { callsContract } from "../../shared/rpc/contract/calls.ts";
import type { phoneContract } from "../../shared/rpc/contract/phone.ts";
import type { insightsContract } from "../../shared/rpc/contract/insights.ts";
import type { filesContract } from "../../shared/rpc/contract/files.ts";
import type { leadsContract } from "../../shared/rpc/contract/leads.ts";
import type { taskDue, workContract } from "../../shared/rpc/contract/work.ts";
import type { PayloadOf } from "../../shared/rpc/define.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { createCallDetail } from "./calls/call-detail.ts";
import { createCallStatistics } from "./calls/call-statistics.ts";
import { createListCalls } from "./calls/list-calls.ts";
import { createCallsToWriteDown } from "./calls/to-write-down.ts";
import { createWallboard } from "./calls/wallboard.ts";
import { createWhoCalls } from "./calls/who-calls.ts";
import { createDashboard } from "./dashboard/dashboard.ts";
import { createDealBoard } from "./deals/deal-board.ts";
import type { EditJournal } from "./edits/edit-journal.ts";
import { createExportFile } from "./exports/export-file.ts";
import { createExportLeads } from "./exports/export-leads.ts";
import { createFileShelf, type FileShelf } from "./files/file-shelf.ts";
import { createInsightHandlers } from "./insights/insight-handlers.ts";
import { createReadAhead } from "./insights/read-ahead.ts";
import { createImportStore } from "./imports/import-store.ts";
import { createImports } from "./imports/imports.ts";
import type { Jobs } from "./jobs/jobs.ts";
import { createBulkEdits, idsOfSelection, type Selection } from "./leads/bulk-edit.ts";
import { createLeadIndex } from "./leads/lead-index.ts";
import { createLeadLists } from "./leads/lead-lists.ts";
import { createLeadProfile } from "./leads/lead-profile.ts";
import { createLeadScore } from "./leads/lead-score.ts";
import { createLeadTimeline } from "./leads/lead-timeline.ts";
import { readNewLeads } from "./leads/new-leads.ts";
import { createListListings } from "./listings/list-listings.ts";
import { openTenantSettings, type TenantSettings } from "./live/tenant-settings.ts";
import type { PresenceBoard } from "./presence/presence.ts";
import type { Replica } from "./replica.ts";
import { createFind } from "./search/find.ts";
import { createLeadSearch } from "./search/lead-search.ts";
import { openShownReminders } from "./tasks/shown-reminders.ts";
import { startReminders } from "./tasks/reminders.ts";
import { createDealTasks } from "./tasks/deal-tasks.ts";
import { createTaskCommands } from "./tasks/task-commands.ts";
import { createTaskLists } from "./tasks/task-lists.ts";
import type { DeskClock } from "./live/desk-clock.ts";
import { createMinutes } from "./live/minutes.ts";
import type { Wakes } from "./live/wakes.ts";

type CallLists = Pick<typeof phoneContract, "listCalls" | "callStatistics" | "whoCalls" | "wallboard">;
type QueryContract = typeof leadsContract &
  typeof workContract &
  typeof filesContract &
  typeof callsContract &
  typeof insightsContract &
  CallLists;

export type Queries = {
  handlers: Handlers<QueryContract>;
  shelf: FileShelf;
  settings: TenantSettings;
  /** Every lead of a selection, as it is now. */
  selectedLeads: (selection: Selection) => Promise<string[]>;
  newLeads: (most: number) => Promise<string[]>;
  close(): void;
};

export type QueryPorts = {
  replica: Replica;
  journal: EditJournal;
  presence: PresenceBoard;
  jobs: Jobs;
  /** The person's own folder: uploads, exports and what was reminded of lie there. */
  folder: string;
  clock: DeskClock;
  timers: Timers;
  onWake: Wakes["onWake"];
  /** Calls back when the first sync is over, or at once where it was before. */
  afterFirstSync: (work: () => void) => () => void;
  remind: (due: PayloadOf<typeof taskDue>) => void;
  onTrouble: (text: string, cause: unknown) => void;
};

/**
 * Search is built when the first list has had time to appear. While a first sync runs it would cost that a fifth
 * of its speed: the database answers what is searched meanwhile.
 */
const buildSearchAfterMs = 1_500;

/** Everything that is read of the replica, and the long work on it. */
export async function composeQueries(ports: QueryPorts): Promise<Queries> {
  const { replica, journal, jobs, folder, clock, timers, onWake } = ports;
  const { reads, edits } = replica;
  const settings = openTenantSettings(reads);
  await settings.ready;
  const minutes = createMinutes(timers, (listener) => {
    const stops = [clock.onZone(listener), onWake(listener)];
    return () => stops.forEach((stop) => stop());
  });
  const index = createLeadIndex(replica, settings, clock, timers);
  const { rows } = index.context;
  const search = createLeadSearch(reads, rows);
  const found = createFind(reads, rows, search);
  const newId = () => newRecordId();
  const shelf = createFileShelf(newId);
  const {
    resume,
    close: closeImports,
    ...imports
  } = createImports({
    replica,
    rows,
    settings,
    store: createImportStore(join(folder, "imports")),
    clock,
    jobs,
    shelf,
    newId,
  });
  const exportsFolder = join(folder, "exports");
  const ahead = createReadAhead({ replica, settings, clock, timers });
  const shown = openShownReminders(join(folder, "reminders.json"));
  const reminders = startReminders(replica, {
    ...{ clock, timers, onWake, shown, remind: ports.remind },
    onTrouble: (cause) => ports.onTrouble("Reminders could not be kept on this machine.", cause),
  });
  const stopDays = minutes.onMinute(() => index.checkDay());
  // Without it the database answers.
  const buildSearch = () => search.build().then(() => found.build()).catch(() => {}); // prettier-ignore
  let cancelBuild = () => {};
  const forgetFirstSync = ports.afterFirstSync(() => {
    cancelBuild = timers.after(buildSearchAfterMs, () => void buildSearch());
  });
  void resume();
  return {
    shelf,
    settings,
    selectedLeads: (selection) => idsOfSelection(index, search, selection),
    newLeads: (most) => readNewLeads(index, settings, most),
    handlers: {
      ...createLeadLists(index, search, settings),
      ...createBulkEdits(index, search, edits, jobs),
      find: found.find,
      leadTimeline: createLeadTimeline(replica),
      leadProfile: createLeadProfile(reads, journal, clock),
      leadScore: createLeadScore(reads, settings, clock),
      listTasks: createTaskLists(replica, clock, minutes.onMinute),
      dealTasks: createDealTasks(replica, clock),
      ...createTaskCommands(replica, settings, clock),
      dealBoard: createDealBoard(replica, settings),
      listListings: createListListings(replica, settings, clock),
      dashboard: createDashboard(index, search, settings, clock, minutes.onMinute),
      ...imports,
      exportLeads: createExportLeads({
        index,
        search,
        settings,
        jobs,
        shelf,
        folder: exportsFolder,
        newId,
        clock,
      }),
      readFile: shelf.readFile,
      ...createInsightHandlers({
        ...{ replica, settings, clock, onMinute: minutes.onMinute },
        exportFile: createExportFile({ shelf, folder: exportsFolder, newId, clock }),
        readAhead: ahead.query,
      }),
      callDetail: createCallDetail(replica, clock),
      callsToWriteDown: createCallsToWriteDown(replica, clock),
      listCalls: createListCalls(replica, clock),
      callStatistics: createCallStatistics(replica, settings, clock, minutes.onMinute),
      whoCalls: createWhoCalls(reads, search, rows),
      wallboard: createWallboard(replica, ports.presence, settings, clock, minutes.onMinute),
    },
    close() {
      forgetFirstSync();
      cancelBuild();
      stopDays();
      minutes.stop();
      reminders.close();
      closeImports();
      found.close();
      ahead.close();
      search.close();
      index.close();
      settings.close();
    },
  };
}
