import { create } from "zustand";

/** The lead that commands act on: under the cursor of the list, or open. */
export interface CurrentLead {
  id: string;
  name: string;
  phone: string;
  stage: string;
}

/** A lead that is to be made from somewhere else than the list of leads. */
export interface WantedLead {
  /** As its form begins. */
  phone: string;
  onMade: (lead: Pick<CurrentLead, "id" | "name">) => void;
}

export type CallCard = "keypad" | "transfer" | "add";

/** What is open and where the person is: the screen's state, never data. One per window. */
export interface DeskState {
  paletteOpen: boolean;
  /** The palette opens with a question about the current lead. */
  paletteAsks: "stage" | null;
  /** What it is opened to look for. */
  paletteText: string;
  keysOpen: boolean;
  assistantOpen: boolean;
  /** Whom the talk with the assistant is about; null = nobody in particular. */
  assistantAbout: Pick<CurrentLead, "id" | "name"> | null;
  /** Its form is open. */
  wantedLead: WantedLead | null;
  /** Screens that use the right column themselves; the panel docks into the top bar meanwhile. */
  sidePanelHiddenBy: number;
  /** Somebody is in a call, or writes one down. */
  callUp: boolean;
  /** The call panel lies over the work, where it has no column of its own. */
  callPanelOpen: boolean;
  /** What of its call it shows at once when it comes. */
  callCard: CallCard | null;
  currentLead: CurrentLead | null;
  /** The status bar's count: "38 leads". */
  listNote: string | null;
}

export const useDesk = create<DeskState>()(() => ({
  paletteOpen: false,
  paletteAsks: null,
  paletteText: "",
  keysOpen: false,
  assistantOpen: false,
  assistantAbout: null,
  wantedLead: null,
  sidePanelHiddenBy: 0,
  callUp: false,
  callPanelOpen: false,
  callCard: null,
  currentLead: null,
  listNote: null,
}));

export const openPalette = (asks: "stage" | null = null, text = ""): void =>
  useDesk.setState({ paletteOpen: true, paletteAsks: asks, paletteText: text });
export const closePalette = (): void => useDesk.setState({ paletteOpen: false });
export const openKeys = (): void => useDesk.setState({ keysOpen: true });
export const closeKeys = (): void => useDesk.setState({ keysOpen: false });
export const openAssistant = (about: DeskState["assistantAbout"]): void =>
  useDesk.setState({ assistantOpen: true, assistantAbout: about });
export const closeAssistant = (): void => useDesk.setState({ assistantOpen: false });
export const wantLead = (wantedLead: WantedLead): void => useDesk.setState({ wantedLead });
export const leaveWantedLead = (): void => useDesk.setState({ wantedLead: null });
export const openCallPanel = (callCard: CallCard | null = null): void =>
  useDesk.setState({ callPanelOpen: true, callCard });
export const closeCallPanel = (): void => useDesk.setState({ callPanelOpen: false, callCard: null });
