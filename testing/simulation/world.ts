import type { Children } from "./collections.ts";
import type { Ledger } from "./ledger.ts";
import type { Dice } from "./random.ts";
import type { SimDesk } from "./sim-desk.ts";
import type { SimServer } from "./sim-server.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What deeds happen to, and what is remembered of them. */
export type World = {
  time: VirtualTime;
  dice: Dice;
  server: SimServer;
  desks: readonly SimDesk[];
  children: Children;
  ledger: Ledger;
  did: Record<string, number>;
  /** Leads that somebody has deleted, for good or not: that they are gone says nothing of who may see them. */
  deleted: Set<string>;
};
