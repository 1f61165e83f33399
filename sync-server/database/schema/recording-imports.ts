import { index, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { ImportState, Verdict } from "../../../shared/calls/recording-import-wire.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Recordings that were brought in together and can be taken out together. */
export const recordingImports = pgTable(
  "recording_imports",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    /** The folder as whoever gave the command named it; the name of an archive that came through the console. */
    source: text("source").notNull(),
    state: text("state").$type<ImportState>().notNull().default("taking"),
    /** Recordings in an archive that came through the console; null = a command's. */
    total: integer("total"),
    /** Who held the calls that name nobody. */
    agentId: text("agent_id"),
    /** Of the console; null = a command. */
    byId: text("by_id"),
    startedAt: instant("started_at").notNull(),
    /** Null: it was broken off; begun again it goes on where it stopped. */
    finishedAt: instant("finished_at"),
    undoneAt: instant("undone_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** What an archive holds, and what becomes of it: looked at before it is taken. */
export const lookedRecordings = pgTable(
  "looked_recordings",
  {
    tenantId: text("tenant_id").notNull(),
    importId: text("import_id").notNull(),
    /** Its place among those of the archive. */
    place: integer("place").notNull(),
    name: text("name").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    why: text("why").notNull().default(""),
    callId: text("call_id"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.importId, table.place] })],
);

/** What was brought in already, by what is in it: the same recording never becomes two calls. */
export const importedRecordings = pgTable(
  "imported_recordings",
  {
    tenantId: text("tenant_id").notNull(),
    /** SHA-256 of sound and transcript. */
    contentHash: text("content_hash").notNull(),
    importId: text("import_id").notNull(),
    callId: text("call_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.contentHash] }),
    index("imported_recordings_import").on(table.tenantId, table.importId),
    index("imported_recordings_call").on(table.tenantId, table.callId),
  ],
);
