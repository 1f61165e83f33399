import { z } from "zod";
import type { Random, Timers } from "../../../../shared/result/ports.ts";

const share = z.number().min(0).max(1).default(0);

/** What goes wrong with status callbacks and with REST, each as the share of requests that it hits. */
export const Faults = z.strictObject({
  duplicate: share,
  drop: share,
  /** Sent only after the callback that follows it, or after a second. */
  reorder: share,
  /** A copy with a signature of somebody else goes out as well. */
  forge: share,
  delayMs: z.number().int().min(0).max(60_000).default(0),
  /** REST requests answered with 503. */
  restFailure: share,
});
export type Faults = z.infer<typeof Faults>;

export const noFaults: Faults = Faults.parse({});

export interface Delivery {
  send(): void;
  forge(): void;
}

/** Sends deliveries as the faults of the moment have it. */
export function createFaultyPost(faults: () => Faults, random: Random, timers: Timers) {
  const heldBack: Delivery[] = [];

  const release = (): void => {
    for (const delivery of heldBack.splice(0)) delivery.send();
  };

  return (delivery: Delivery): void => {
    const { drop, reorder, duplicate, forge, delayMs } = faults();
    if (random() < drop) return;
    if (random() < forge) delivery.forge();
    if (random() < reorder) {
      heldBack.push(delivery);
      timers.after(1_000, release);
      return;
    }
    const send = (): void => {
      delivery.send();
      if (random() < duplicate) delivery.send();
      release();
    };
    if (delayMs > 0) timers.after(random() * delayMs, send);
    else send();
  };
}
