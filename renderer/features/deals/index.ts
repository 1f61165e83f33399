export { readDealsSearch } from "./deals-search.ts";
