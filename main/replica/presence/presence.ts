import type { Clock } from "../../../shared/result/ports.ts";
import type { Presence, PresenceEntry } from "../../../shared/sync/wire.ts";

/** Who is there. Nothing of it is stored: it is true while the stream is open. */
export type PresenceBoard = {
  people(): PresenceEntry[];
  mine(): { presence: Presence; reason: string; since: string };
  /** @param reason key of the break reason; empty = none */
  setMine(presence: Presence, reason?: string): void;
  /** Merges what the server says of some people. */
  take(entries: readonly PresenceEntry[]): void;
  /** Without the stream nobody's presence is known. */
  clear(): void;
  onChange(listener: () => void): () => void;
};

export function createPresenceBoard(clock: Clock): PresenceBoard {
  const people = new Map<string, PresenceEntry>();
  const listeners = new Set<() => void>();
  let mine = { presence: "available" as Presence, reason: "", since: new Date(clock.now()).toISOString() };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    people: () => [...people.values()],
    mine: () => mine,
    setMine(presence, reason = "") {
      if (presence === mine.presence && reason === mine.reason) return;
      mine = { presence, reason, since: new Date(clock.now()).toISOString() };
      tell();
    },
    take(entries) {
      for (const entry of entries) people.set(entry.userId, entry);
      tell();
    },
    clear() {
      if (people.size === 0) return;
      people.clear();
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
