export { readListingsSearch } from "./listings-search.ts";
