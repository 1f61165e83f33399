import type { Tray } from "electron";
import type { Presence } from "../../../shared/sync/wire.ts";
import type { TrayView } from "../shell.ts";
import type { ElectronApi } from "./api.ts";

export interface DeskTray {
  set(view: TrayView): void;
  onPresence(listener: (presence: Presence) => void): void;
  isCalling(): boolean;
  close(): void;
}

const labels = {
  available: "Available",
  busy: "Busy",
  break: "On a break",
  "wrap-up": "Wrapping up",
  offline: "Offline",
} as const satisfies Record<Presence, string>;
/** Wrapping up is nothing that a person chooses. */
const chosen = ["available", "busy", "break", "offline"] as const satisfies Presence[];

/** Presence beside the clock: seen while the desk is closed, and changed with two clicks. */
export function openTray(
  electron: ElectronApi,
  { icon, showDesk }: { icon: string; showDesk: () => void },
): DeskTray {
  const listeners = new Set<(presence: Presence) => void>();
  let tray: Tray | null = null;
  let calling = false;

  function open(): Tray | null {
    try {
      const opened = new electron.Tray(icon);
      opened.on("click", showDesk);
      return opened;
    } catch {
      // A desktop without a place for it.
      return null;
    }
  }

  return {
    set(view) {
      calling = view.calling !== null;
      tray ??= open();
      tray?.setToolTip(tipOf(view));
      tray?.setContextMenu(electron.Menu.buildFromTemplate(menuOf(view)));
    },
    onPresence: (listener) => void listeners.add(listener),
    isCalling: () => calling,
    close() {
      tray?.destroy();
      tray = null;
    },
  };

  function menuOf({ presence, calling: who }: TrayView): Electron.MenuItemConstructorOptions[] {
    return [
      ...(who === null ? [] : [{ label: `In a call with ${who}`, enabled: false }]),
      ...chosen.map((one) => ({
        label: labels[one],
        type: "radio" as const,
        checked: one === presence,
        click: () => listeners.forEach((tell) => tell(one)),
      })),
      { type: "separator" },
      { label: "Open Ringside", click: showDesk },
      { label: "Quit", role: "quit" },
    ];
  }
}

function tipOf({ presence, calling }: TrayView): string {
  return calling === null ? `Ringside: ${labels[presence]}` : `Ringside: in a call with ${calling}`;
}
