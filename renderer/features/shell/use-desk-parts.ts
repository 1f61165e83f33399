import { useEffect } from "react";
import { useDesk, type CurrentLead } from "./desk-state.ts";

/** While mounted, the right column belongs to the caller. */
export function useOwnRightColumn(): void {
  useEffect(() => {
    const shift = (by: number) =>
      useDesk.setState(({ sidePanelHiddenBy }) => ({ sidePanelHiddenBy: sidePanelHiddenBy + by }));
    shift(1);
    return () => shift(-1);
  }, []);
}

/** Tells the status bar what is listed: "38 leads". */
export function useListNote(note: string | null): void {
  useEffect(() => {
    useDesk.setState({ listNote: note });
    return () => useDesk.setState({ listNote: null });
  }, [note]);
}

/** Tells palette and keys which lead they act on. */
export function useCurrentLead(lead: CurrentLead | null): void {
  const { id, name, phone, stage } = lead ?? { id: null, name: "", phone: "", stage: "" };
  useEffect(() => {
    useDesk.setState({ currentLead: id === null ? null : { id, name, phone, stage } });
    return () => useDesk.setState({ currentLead: null });
  }, [id, name, phone, stage]);
}
