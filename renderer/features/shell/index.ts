export {
  closeAssistant,
  closeCallPanel,
  closeKeys,
  closePalette,
  leaveWantedLead,
  openAssistant,
  openCallPanel,
  openKeys,
  openPalette,
  useDesk,
  wantLead,
  type CallCard,
  type CurrentLead,
} from "./desk-state.ts";
export { Frame } from "./frame.tsx";
export { Rail, type Place } from "./rail.tsx";
export { placeOfRecord } from "./place-of-record.ts";
export { StatusBar } from "./status-bar.tsx";
export { DockedInTopBar, TopBar, TopBarSearch, type Crumb } from "./top-bar.tsx";
export { useSidePanelShown } from "./use-side-panel.ts";
export { useCurrentLead, useListNote, useOwnRightColumn } from "./use-desk-parts.ts";
