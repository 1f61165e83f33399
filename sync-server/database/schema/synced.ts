import type { CollectionName } from "../../../shared/entities/collections.ts";
import { syncedTable } from "./synced-table.ts";

export const settings = syncedTable("settings");
export const leads = syncedTable("leads");
export const tasks = syncedTable("tasks");
export const deals = syncedTable("deals");
export const appointments = syncedTable("appointments");
export const calls = syncedTable("calls");
export const listings = syncedTable("listings");
export const activities = syncedTable("activities");
export const messages = syncedTable("messages");
export const tickets = syncedTable("tickets");
export const recommendations = syncedTable("recommendations");
export const insights = syncedTable("insights");
export const segments = syncedTable("segments");

/** By collection; the compiler refuses a collection without a table. */
export const syncedTables = {
  settings,
  leads,
  tasks,
  deals,
  appointments,
  calls,
  listings,
  activities,
  messages,
  tickets,
  recommendations,
  insights,
  segments,
} as const satisfies Record<CollectionName, unknown>;
