export { ListingsScreen } from "./listings-screen.tsx";
export { readListingsSearch } from "./listings-search.ts";
