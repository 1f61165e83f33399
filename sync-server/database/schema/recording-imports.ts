import { index, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Recordings that were brought in together and can be taken out together. */
export const recordingImports = pgTable(
  "recording_imports",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    /** The folder, as whoever began it named it. */
    source: text("source").notNull(),
    startedAt: instant("started_at").notNull(),
    /** Null: it was broken off; begun again it goes on where it stopped. */
    finishedAt: instant("finished_at"),
    undoneAt: instant("undone_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
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
  ],
);
