export { createBulk } from "./create-bulk.ts";
export type { Bulk, BulkWork } from "./work.ts";
