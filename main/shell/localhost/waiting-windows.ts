import type { AdmittedUpgrade } from "./desk-server.ts";

export interface WaitingWindows {
  /** Keeps a connection until somebody takes it; false when too many wait already. */
  add(upgrade: AdmittedUpgrade): boolean;
  /** Hands over who still waits, first come first served, for as long as `take` answers true. */
  handTo(take: (upgrade: AdmittedUpgrade) => boolean): void;
  /** Hangs up on everybody. */
  drop(): void;
}

const mostWaiting = 50;
/** A browser tells nobody that it waits for a handshake; after this it is told no, and tries again. */
const longestWaitMs = 10_000;

/** Connections that came while no replica was there to take them: during its start, and while it starts again. */
export function openWaitingWindows(refuse: (upgrade: AdmittedUpgrade) => void): WaitingWindows {
  const waiting = new Map<AdmittedUpgrade, () => void>();
  return {
    add(upgrade) {
      if (waiting.size >= mostWaiting) return false;
      const timer = setTimeout(() => turnAway(upgrade), longestWaitMs);
      const forget = () => void waiting.delete(upgrade);
      upgrade.socket.once("close", forget);
      waiting.set(upgrade, () => {
        clearTimeout(timer);
        upgrade.socket.off("close", forget);
      });
      return true;
    },
    handTo(take) {
      for (const upgrade of waiting.keys()) {
        if (!take(upgrade)) return;
        leave(upgrade);
      }
    },
    drop() {
      for (const upgrade of waiting.keys()) turnAway(upgrade);
    },
  };

  function turnAway(upgrade: AdmittedUpgrade): void {
    leave(upgrade);
    refuse(upgrade);
  }

  function leave(upgrade: AdmittedUpgrade): void {
    waiting.get(upgrade)?.();
    waiting.delete(upgrade);
  }
}
