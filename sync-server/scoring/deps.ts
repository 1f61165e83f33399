import type { FastifyBaseLogger } from "fastify";
import type { Clock, Timers } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";

/** What everything in this folder works with. */
export type ScoringDeps = { db: Database; clock: Clock; timers: Timers; log: FastifyBaseLogger };

export function nowOf({ clock }: Pick<ScoringDeps, "clock">): Date {
  return new Date(clock.now());
}
