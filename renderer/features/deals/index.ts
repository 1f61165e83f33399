export { DealsScreen } from "./deals-screen.tsx";
export { readDealsSearch } from "./deals-search.ts";
