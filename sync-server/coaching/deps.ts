import type { FastifyBaseLogger } from "fastify";
import type { Clock } from "../../shared/result/ports.ts";
import type { Ai, Bulk, SoundMeter } from "../ai/index.ts";
import type { Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";
import type { ReportMaker } from "./report-maker.ts";

/** What everything in this folder works with. */
export type CoachingDeps = {
  db: Database;
  clock: Clock;
  log: FastifyBaseLogger;
  identify: Identify;
  ai: Ai;
  /** Words of imported calls are asked for together; without it each by itself. */
  bulk?: Bulk;
  /** Where the server listens to calls itself. */
  meter?: Pick<SoundMeter, "refusalOf">;
  reports: ReportMaker;
};

export function nowOf({ clock }: Pick<CoachingDeps, "clock">): Date {
  return new Date(clock.now());
}
