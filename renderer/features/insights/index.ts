export { readInsightsSearch } from "./model/insights-search.ts";
