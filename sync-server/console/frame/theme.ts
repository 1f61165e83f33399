import { useSyncExternalStore } from "react";
import type { ThemeChoice } from "../../../renderer/ui/theme.ts";

const storageKey = "ringside-console-theme";
const changed = "ringside-theme";

/** What this browser was told; nothing means as the system does. */
export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  return [useSyncExternalStore(watchChoice, readChoice), writeChoice];
}

function readChoice(): ThemeChoice {
  const stored = window.localStorage.getItem(storageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function writeChoice(choice: ThemeChoice): void {
  window.localStorage.setItem(storageKey, choice);
  window.dispatchEvent(new Event(changed));
}

/** Other tabs of the console follow through the `storage` event. */
function watchChoice(onChange: () => void): () => void {
  for (const event of [changed, "storage"]) window.addEventListener(event, onChange);
  return () => {
    for (const event of [changed, "storage"]) window.removeEventListener(event, onChange);
  };
}
