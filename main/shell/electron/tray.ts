import type { Tray } from "electron";
import type { Presence } from "../../../shared/sync/wire.ts";
import type { PhoneAct, PhoneKey, TrayView } from "../../host/services.ts";
import type { ElectronApi } from "./api.ts";

export interface DeskTray {
  set(view: TrayView): void;
  onPresence(listener: (presence: Presence, reason: string) => void): void;
  onKey(listener: (key: PhoneKey) => void): void;
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

const actLabels = {
  answer: "Answer",
  decline: "Decline",
  mute: "Mute",
  unmute: "Unmute",
  "hang-up": "Hang up",
} as const satisfies Record<PhoneAct, string>;

/** Presence and calls beside the clock: seen while the desk is closed, and changed with two clicks. */
export function openTray(
  electron: ElectronApi,
  { icon, showDesk }: { icon: string; showDesk: () => void },
): DeskTray {
  const listeners = new Set<(presence: Presence, reason: string) => void>();
  const keyListeners = new Set<(key: PhoneKey) => void>();
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
    onKey: (listener) => void keyListeners.add(listener),
    isCalling: () => calling,
    close() {
      tray?.destroy();
      tray = null;
    },
  };

  function menuOf(view: TrayView): Item[] {
    return [
      ...callItems(view),
      ...chosen.map((one) =>
        one === "break" && view.breakReasons.length > 0 ? breakItem(view) : item(view, one),
      ),
      { type: "separator" },
      { label: "Open Ringside", click: showDesk },
      { label: "Quit", role: "quit" },
    ];
  }

  function callItems(view: TrayView): Item[] {
    const items: Item[] = [
      ...(view.calling === null ? [] : [{ label: `In a call with ${view.calling}`, enabled: false }]),
      ...(view.ringing === null ? [] : [{ label: `${view.ringing} is calling`, enabled: false }]),
      ...view.controls.map(({ key, does }) => ({
        label: actLabels[does],
        click: () => keyListeners.forEach((tell) => tell(key)),
      })),
    ];
    return items.length === 0 ? [] : [...items, { type: "separator" }];
  }

  function item(view: TrayView, presence: Presence, reason = "", label: string = labels[presence]): Item {
    return {
      label,
      type: "radio",
      checked: presence === view.presence && reason === view.reason,
      click: () => listeners.forEach((tell) => tell(presence, reason)),
    };
  }

  /** What opens a menu of its own has no mark: its words say which of them holds. */
  function breakItem(view: TrayView): Item {
    const reasons = view.breakReasons.map(({ key, label }) => item(view, "break", key, label));
    return { label: sayBreak(view), submenu: [item(view, "break", "", "No reason"), ...reasons] };
  }
}

type Item = Electron.MenuItemConstructorOptions;

/** "On a break: Lunch" */
function sayBreak({ presence, reason, breakReasons }: TrayView): string {
  const known = presence === "break" ? breakReasons.find(({ key }) => key === reason) : undefined;
  return known ? `${labels.break}: ${known.label}` : labels.break;
}

function tipOf(view: TrayView): string {
  if (view.calling !== null) return `Ringside: in a call with ${view.calling}`;
  if (view.ringing !== null) return `Ringside: ${view.ringing} is calling`;
  return `Ringside: ${view.presence === "break" ? sayBreak(view) : labels[view.presence]}`;
}
