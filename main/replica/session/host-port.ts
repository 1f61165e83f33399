/** What the desktop does for the replica. */
export type HostPort = {
  secrets: {
    read(name: string): Promise<string | null>;
    /** Throws where it could not be kept. */
    write(name: string, value: string): Promise<void>;
    remove(name: string): Promise<void>;
    /** One sentence where secrets lie when this machine has no keychain. */
    notice(): Promise<string | null>;
  };
  /** A desktop notification, where this shell can show one. */
  notify(what: { tag: string; title: string; body: string }): Promise<void>;
  openWindow(path: string): Promise<void>;
  setTheme(theme: "system" | "light" | "dark"): Promise<void>;
  /** Loads every window anew. */
  reloadWindows(): Promise<void>;
};
