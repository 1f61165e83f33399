import type { HostPort } from "../../main/replica/session/host-port.ts";

export type FakeHost = HostPort & { stored: Map<string, string>; calls: string[] };

/** A desktop with a keychain in memory. */
export function createFakeHost(stored = new Map<string, string>()): FakeHost {
  const calls: string[] = [];
  return {
    stored,
    calls,
    secrets: {
      read: async (name) => stored.get(name) ?? null,
      write: async (name, value) => void stored.set(name, value),
      remove: async (name) => void stored.delete(name),
      notice: async () => null,
    },
    notify: async ({ title }) => void calls.push(`notify ${title}`),
    openWindow: async (path) => void calls.push(`open ${path}`),
    setTheme: async (theme) => void calls.push(`theme ${theme}`),
    reloadWindows: async () => void calls.push("reload"),
  };
}
