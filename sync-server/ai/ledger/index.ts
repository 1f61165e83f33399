export { countUsedBefore } from "./count-before.ts";
export { createLedger, type LedgerDeps } from "./create-ledger.ts";
export { isForPlanOf, minuteMs } from "./limits.ts";
export { periodOf } from "./period.ts";
export { readSystemUsage, readUnusual, readUsage, type Usage } from "./read-usage.ts";
