export { createLedger, type LedgerDeps } from "./create-ledger.ts";
