import { create } from "zustand";

/** Whether the assistant is open in this window, and about whom. */
export const useHub = create<{ opened: boolean; lead: { id: string; name: string } | null }>()(() => ({
  opened: false,
  lead: null,
}));

/** @param lead null: about nobody in particular */
export const openAssistant = (lead: { id: string; name: string } | null): void =>
  useHub.setState({ opened: true, lead });
export const closeAssistant = (): void => useHub.setState({ opened: false });
