export { createLedger, type LedgerDeps } from "./create-ledger.ts";
export { periodOf } from "./period.ts";
export { readUsage, type Usage } from "./read-usage.ts";
