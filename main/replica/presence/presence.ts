import type { Clock } from "../../../shared/result/ports.ts";
import type { Presence, PresenceEntry } from "../../../shared/sync/wire.ts";

type OwnPresence = { presence: Presence; reason: string; since: string };

/** Who is there. Of others it is true while the stream is open; what this person chose is kept beside it. */
export type PresenceBoard = {
  people(): PresenceEntry[];
  mine(): OwnPresence;
  /**
   * @param reason key of the break reason; empty = none
   * @param by what the phone makes of somebody ends with its call, and is no choice to be kept
   */
  setMine(presence: Presence, reason?: string, by?: "person" | "phone"): void;
  /** Merges what the server says of some people. */
  take(entries: readonly PresenceEntry[]): void;
  /** Without the stream nobody's presence is known. */
  clear(): void;
  onChange(listener: () => void): () => void;
};

/**
 * @param start null = available from now on
 * @param keep is told each choice of the person
 */
export function createPresenceBoard(
  clock: Clock,
  start: OwnPresence | null = null,
  keep: (choice: OwnPresence) => void = () => {},
): PresenceBoard {
  const people = new Map<string, PresenceEntry>();
  const listeners = new Set<() => void>();
  const now = () => new Date(clock.now()).toISOString();
  let mine: OwnPresence = start ?? { presence: "available", reason: "", since: now() };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    people: () => [...people.values()],
    mine: () => mine,
    setMine(presence, reason = "", by = "person") {
      if (presence === mine.presence && reason === mine.reason) return;
      mine = { presence, reason, since: now() };
      if (by === "person") keep(mine);
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
