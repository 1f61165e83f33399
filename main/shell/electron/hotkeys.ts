import type { Hotkeys, PhoneKey } from "../../host/services.ts";
import type { ElectronApi } from "./api.ts";

export interface GlobalHotkeys {
  /** In place of those before. Answers with those that could not be had: another program has them, or they make no sense. */
  set(hotkeys: Hotkeys): PhoneKey[];
  onPress(listener: (key: PhoneKey) => void): void;
  close(): void;
}

/** Keys that work while another program has the keyboard. */
export function openHotkeys({ globalShortcut }: ElectronApi): GlobalHotkeys {
  const listeners = new Set<(key: PhoneKey) => void>();
  const press = (key: PhoneKey) => {
    for (const tell of listeners) tell(key);
  };
  return {
    set(hotkeys) {
      globalShortcut.unregisterAll();
      const wanted = Object.entries(hotkeys) as [PhoneKey, string | null][];
      return wanted.flatMap(([key, accelerator]) =>
        accelerator === null || register(globalShortcut, accelerator, () => press(key)) ? [] : [key],
      );
    },
    onPress: (listener) => void listeners.add(listener),
    close: () => globalShortcut.unregisterAll(),
  };
}

function register(
  globalShortcut: ElectronApi["globalShortcut"],
  accelerator: string,
  onPress: () => void,
): boolean {
  try {
    return globalShortcut.register(accelerator, onPress);
  } catch {
    // Not a key that there is.
    return false;
  }
}
