import { systemTimers, type Timers } from "../../shared/result/ports.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { setZone } from "../../shared/rpc/contract/session.ts";

const everyMs = 60_000;

type Machine = {
  zone(): string;
  timers: Timers;
  /** The window is seen again, as after a night with the lid closed. */
  onSeen(listener: () => void): void;
};
const thisMachine: Machine = {
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  timers: systemTimers,
  onSeen: (listener) => document.addEventListener("visibilitychange", listener),
};

/** Tells the desk in which zone this machine is, as long as the window is open: nobody but a window hears of another one. */
export function tellZone(client: Client, { zone, timers, onSeen }: Machine = thisMachine): void {
  let told = "";
  const look = async () => {
    const here = zone();
    if (here === told) return;
    told = here;
    const heard = await client.call(setZone, { zone: here });
    if (!heard.ok) told = "";
  };
  const tick = () => {
    void look();
    timers.after(everyMs, tick);
  };
  onSeen(() => void look());
  tick();
}
