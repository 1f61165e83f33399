export { LeadsScreen } from "./leads-screen.tsx";
export { LeadProfileScreen } from "./profile/lead-profile-screen.tsx";
export { readLeadsSearch, type LeadsSearch } from "./search-params.ts";
