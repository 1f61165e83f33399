export { FilterChips } from "./filter-chips.tsx";
export { completeFilters } from "./filter-model.ts";
