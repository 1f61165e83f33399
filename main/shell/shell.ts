import type { Presence } from "../../shared/sync/wire.ts";
import type { Hotkeys, PhoneKey, TrayView } from "../host/services.ts";
import type { ReplicaProcess } from "../host/supervise-replica.ts";

/**
 * `phone` owns the line and shows next to nothing; `mini-phone` stays on top; `overlay` coaches during a call, stays on
 * top and never has the focus.
 */
export type WindowKind = "desk" | "phone" | "mini-phone" | "overlay";
export type Theme = "system" | "light" | "dark";

export interface Notification {
  /** A notification replaces the one with the same tag. */
  tag: string;
  title: string;
  body: string;
  /** A call: it stays until it is taken back, and offers to answer where the system has buttons there. */
  rings?: boolean | undefined;
}

/**
 * What main needs of a desktop. Every shell passes testing/contracts/shell-contract.ts; nothing but a shell knows
 * whether there is an Electron or a browser.
 */
export interface Shell {
  readonly name: "electron" | "localhost";
  /** False: a desk runs on this folder already, and this call has brought it to the front. */
  claimInstance(): Promise<boolean>;
  /** Starts the replica's process and wires windows to it once it accepts them. */
  spawnReplica(): ReplicaProcess;
  /**
   * Opens a window at a path such as `/leads/…`; without one, brings the one of its kind to the front or opens it.
   * False: only a person's click can open it here.
   */
  openWindow(kind: WindowKind, path?: string): Promise<boolean>;
  /** Whether the overlay takes clicks, or lets them through to what lies below: the pointer stands on something of it. */
  catchClicks(on: boolean): void;
  reloadWindows(): void;
  notify(notification: Notification): "shown" | "unsupported";
  takeBack(tag: string): void;
  onNotificationClick(listener: (tag: string) => void): void;
  /** Opens a web page, mail address or telephone number with the program for it. False: nothing of the kind. */
  openExternal(url: string): Promise<boolean>;
  /** Takes keys that work everywhere, instead of those before. Answers with those that another program has. */
  setHotkeys(hotkeys: Hotkeys): PhoneKey[];
  /** Pressed, or chosen in the tray or in a notification. @param tag the notification's; null = no notification */
  onKey(listener: (key: PhoneKey, tag: string | null) => void): void;
  setTray(view: TrayView): void;
  /** @param reason key of a break reason; empty = none */
  onPresence(listener: (presence: Presence, reason: string) => void): void;
  /** Another program handed over a number to call. */
  onDial(listener: (to: string) => void): void;
  onPower(listener: (state: "suspend" | "resume") => void): void;
  /** Also for frames and backgrounds that show before the page has drawn. */
  setTheme(theme: Theme): void;
  /** Where a person can open the desk, when that is not a window of its own. */
  address(): string | null;
  /** The person or the system wants the desk to end; `close` is expected next. */
  onQuit(listener: () => void): void;
  /** Closes every window and gives back what the shell holds. */
  close(): Promise<void>;
}
