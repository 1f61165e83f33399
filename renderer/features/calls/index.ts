export { CallColumn, CallColumnRoom } from "./column/call-column.tsx";
export { readCallsSearch } from "./history/calls-search.ts";
export { DockedCall } from "./mini/docked-call.tsx";
export { useDial } from "./model/use-phone.ts";
