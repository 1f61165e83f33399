import type { Presence } from "../../../shared/sync/wire.ts";
import type { Hotkeys, PhoneKey, TrayView } from "../../host/services.ts";

/** The keychain does not answer now, and may do so later: what it keeps is neither there nor gone. */
export class KeychainLocked extends Error {
  override name = "KeychainLocked";
}

/** What the desktop does for the replica. */
export type HostPort = {
  /** Each throws `KeychainLocked` where that is why. */
  secrets: {
    read(name: string): Promise<string | null>;
    /** Throws where it could not be kept. */
    write(name: string, value: string): Promise<void>;
    remove(name: string): Promise<void>;
    /** One sentence where secrets lie when this machine has no keychain. */
    notice(): Promise<string | null>;
  };
  /** A desktop notification, where this shell can show one. */
  notify(what: { tag: string; title: string; body: string; rings?: boolean }): Promise<void>;
  takeBack(tag: string): Promise<void>;
  openWindow(path: string): Promise<void>;
  /** False: the person has to open it with a click. */
  openPhone(window: "phone" | "mini-phone"): Promise<boolean>;
  /** False: the person has to open it with a click. */
  openOverlay(): Promise<boolean>;
  catchClicks(on: boolean): Promise<void>;
  /** Answers with the keys that another program has. */
  setHotkeys(hotkeys: Hotkeys): Promise<PhoneKey[]>;
  setTray(view: TrayView): Promise<void>;
  onDial(listener: (to: string) => void): void;
  /** @param tag of the notification whose button it was; null = no notification's */
  onKey(listener: (key: PhoneKey, tag: string | null) => void): void;
  onPresence(listener: (presence: Presence, reason: string) => void): void;
  onPower(listener: (state: "suspend" | "resume") => void): void;
  setTheme(theme: "system" | "light" | "dark"): Promise<void>;
  /** Loads every window anew. */
  reloadWindows(): Promise<void>;
};
