// The door of the database: everything else in this folder is its own business.
export { backUp, backUpRunning, restore } from "./backup.ts";
export { BackupFailed } from "./backup-file.ts";
export { FolderLocked } from "./folder-lock.ts";
export { inSystem, inTenant, isoText, rowsOf } from "./database.ts";
export type { Database, DatabaseConfig, Queryable, Tx } from "./database.ts";
export { DiskFull, leastFreeBytes } from "./disk-space.ts";
export { findPgvector, type Pgvector } from "./find-pgvector.ts";
export { DatabaseTooNew } from "./migrate.ts";
export { readFeedEpoch } from "./feed-epoch.ts";
export { inSlices } from "./in-slices.ts";
export { openDatabase } from "./open.ts";
export { describeRunning } from "./running-nodes.ts";
export * as schema from "./schema/index.ts";
