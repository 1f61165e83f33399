export { JobWatcher } from "./list/job-watcher.tsx";
export { LeadsScreen } from "./leads-screen.tsx";
export { WantedLeadDialog } from "./new-lead-dialog.tsx";
export { readLeadsSearch, type LeadsSearch } from "./search-params.ts";
