import type { AdmittedUpgrade } from "./desk-server.ts";

export interface WaitingWindows {
  /** Keeps a connection until somebody takes it; false when too many wait already. */
  add(upgrade: AdmittedUpgrade): boolean;
  /** Hands over everybody who still waits. */
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
      const timer = setTimeout(() => leave(upgrade, refuse), longestWaitMs);
      const forget = () => void waiting.delete(upgrade);
      upgrade.socket.once("close", forget);
      waiting.set(upgrade, () => {
        clearTimeout(timer);
        upgrade.socket.off("close", forget);
      });
      return true;
    },
    handTo(take) {
      for (const upgrade of waiting.keys()) leave(upgrade, (left) => take(left) || refuse(left));
    },
    drop() {
      for (const upgrade of waiting.keys()) leave(upgrade, refuse);
    },
  };

  function leave(upgrade: AdmittedUpgrade, then: (upgrade: AdmittedUpgrade) => void): void {
    waiting.get(upgrade)?.();
    waiting.delete(upgrade);
    then(upgrade);
  }
}
