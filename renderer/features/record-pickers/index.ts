export { LeadSelect, ListingSelect } from "./record-select.tsx";
