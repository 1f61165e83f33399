import type { ReplicaProcess } from "../host/supervise-replica.ts";

/** `overlay`, `mini-phone` and `phone` come with the softphone. */
export type WindowKind = "desk";
export type Theme = "system" | "light" | "dark";

export interface Notification {
  /** A notification replaces the one with the same tag. */
  tag: string;
  title: string;
  body: string;
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
  /** Opens a window at a path such as `/leads/…`; without one, brings the desk to the front or opens it. */
  openWindow(kind: WindowKind, path?: string): Promise<void>;
  reloadWindows(): void;
  notify(notification: Notification): "shown" | "unsupported";
  onNotificationClick(listener: (tag: string) => void): void;
  /** Opens a web page, mail address or telephone number with the program for it. False: nothing of the kind. */
  openExternal(url: string): Promise<boolean>;
  /** Also for frames and backgrounds that show before the page has drawn. */
  setTheme(theme: Theme): void;
  /** Where a person can open the desk, when that is not a window of its own. */
  address(): string | null;
  /** The person or the system wants the desk to end; `close` is expected next. */
  onQuit(listener: () => void): void;
  /** Closes every window and gives back what the shell holds. */
  close(): Promise<void>;
}
