export { LeadsScreen } from "./leads-screen.tsx";
export { readLeadsSearch, type LeadsSearch } from "./search-params.ts";
