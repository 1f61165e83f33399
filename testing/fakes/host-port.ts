import { KeychainLocked, type HostPort } from "../../main/replica/session/host-port.ts";

export type FakeHost = HostPort & {
  stored: Map<string, string>;
  calls: string[];
  lockKeychain(locked: boolean): void;
  /** What happens on the desktop. */
  desktop: {
    dial: Parameters<HostPort["onDial"]>[0];
    press: Parameters<HostPort["onKey"]>[0];
    choosePresence: Parameters<HostPort["onPresence"]>[0];
    power: Parameters<HostPort["onPower"]>[0];
  };
};

/** A desktop with a keychain in memory. */
export function createFakeHost(stored = new Map<string, string>()): FakeHost {
  const calls: string[] = [];
  const desktop: FakeHost["desktop"] = { dial() {}, press() {}, choosePresence() {}, power() {} };
  let locked = false;
  const unlocked = () => {
    if (locked) throw new KeychainLocked("The keychain of this computer does not answer.");
    return stored;
  };
  return {
    stored,
    calls,
    lockKeychain: (next) => void (locked = next),
    desktop,
    secrets: {
      read: async (name) => unlocked().get(name) ?? null,
      write: async (name, value) => void unlocked().set(name, value),
      remove: async (name) => void unlocked().delete(name),
      notice: async () => null,
    },
    notify: async ({ title }) => void calls.push(`notify ${title}`),
    takeBack: async (tag) => void calls.push(`take back ${tag}`),
    openWindow: async (path) => void calls.push(`open ${path}`),
    openPhone: async (window) => {
      calls.push(`open ${window}`);
      return true;
    },
    openOverlay: async () => {
      calls.push("open overlay");
      return true;
    },
    catchClicks: async (on) => void calls.push(`catch clicks ${on}`),
    setHotkeys: async () => [],
    setTray: async () => {},
    onDial: (listener) => void (desktop.dial = listener),
    onKey: (listener) => void (desktop.press = listener),
    onPresence: (listener) => void (desktop.choosePresence = listener),
    onPower: (listener) => void (desktop.power = listener),
    setTheme: async (theme) => void calls.push(`theme ${theme}`),
    reloadWindows: async () => void calls.push("reload"),
  };
}
