import type { Notification as Shown } from "electron";
import type { PhoneKey } from "../../host/services.ts";
import type { Notification } from "../shell.ts";
import type { ElectronApi } from "./api.ts";

export interface Notifier {
  notify(notification: Notification): "shown" | "unsupported";
  takeBack(tag: string): void;
  onClick(listener: (tag: string) => void): void;
  /** A call was answered by the button of its notification, which had this tag. */
  onKey(listener: (key: PhoneKey, tag: string) => void): void;
}

/** Desktop notifications; one with the tag of another replaces it. A click also brings the desk to the front. */
export function openNotifier(electron: ElectronApi, bringForward: () => void): Notifier {
  // Held here: one that is collected as garbage no longer hears of its click.
  const shownByTag = new Map<string, Shown>();
  const listeners = new Set<(tag: string) => void>();
  const keyListeners = new Set<(key: PhoneKey, tag: string) => void>();
  return {
    notify({ tag, title, body, rings = false }) {
      if (!electron.Notification.isSupported()) return "unsupported";
      shownByTag.get(tag)?.close();
      const shown = new electron.Notification({ title, body, ...(rings ? ofCall : {}) });
      shownByTag.set(tag, shown);
      shown.on("click", () => {
        bringForward();
        for (const listener of listeners) listener(tag);
      });
      // Its one button.
      shown.on("action", () => {
        bringForward();
        for (const listener of keyListeners) listener("answer", tag);
      });
      shown.on("close", () => {
        if (shownByTag.get(tag) === shown) shownByTag.delete(tag);
      });
      shown.show();
      return "shown";
    },
    takeBack: (tag) => shownByTag.get(tag)?.close(),
    onClick: (listener) => void listeners.add(listener),
    onKey: (listener) => void keyListeners.add(listener),
  };
}

/** The phone rings by itself. Systems without buttons there show none. */
const ofCall = {
  silent: true,
  urgency: "critical",
  timeoutType: "never",
  actions: [{ type: "button", text: "Answer" }],
} satisfies Electron.NotificationConstructorOptions;
