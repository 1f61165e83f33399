export { FilterChips } from "./filter-chips.tsx";
export { completeFilters, goneFilters } from "./filter-model.ts";
