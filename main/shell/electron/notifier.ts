import type { Notification as Shown } from "electron";
import type { Notification } from "../shell.ts";
import type { ElectronApi } from "./api.ts";

export interface Notifier {
  notify(notification: Notification): "shown" | "unsupported";
  onClick(listener: (tag: string) => void): void;
}

/** Desktop notifications; one with the tag of another replaces it. A click also brings the desk to the front. */
export function openNotifier(electron: ElectronApi, bringForward: () => void): Notifier {
  // Held here: one that is collected as garbage no longer hears of its click.
  const shownByTag = new Map<string, Shown>();
  const listeners = new Set<(tag: string) => void>();
  return {
    notify({ tag, title, body }) {
      if (!electron.Notification.isSupported()) return "unsupported";
      shownByTag.get(tag)?.close();
      const shown = new electron.Notification({ title, body });
      shownByTag.set(tag, shown);
      shown.on("click", () => {
        bringForward();
        for (const listener of listeners) listener(tag);
      });
      shown.on("close", () => {
        if (shownByTag.get(tag) === shown) shownByTag.delete(tag);
      });
      shown.show();
      return "shown";
    },
    onClick: (listener) => void listeners.add(listener),
  };
}
