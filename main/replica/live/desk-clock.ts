import { systemClock, type LocalClock } from "../../../shared/result/ports.ts";

/** The clock of this desk, in the zone that its windows show times in: somebody who travels takes it along. */
export type DeskClock = LocalClock & {
  setZone(zone: string): void;
  /** Called when the desk is in another zone. */
  onZone(listener: () => void): () => void;
};

export function createDeskClock(system: LocalClock = systemClock): DeskClock {
  const listeners = new Set<() => void>();
  let current = system.zone();
  return {
    now: () => system.now(),
    zone: () => current,
    setZone(zone) {
      if (zone === current) return;
      current = zone;
      for (const tell of listeners) tell();
    },
    onZone(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
