import type { Clock } from "../../shared/result/ports.ts";
import type { Ai } from "../ai/index.ts";
import type { Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";

/** What everything in this folder works with. */
export type AssistantDeps = {
  db: Database;
  clock: Clock;
  identify: Identify;
  ai: Ai;
  /** Resolves when the audit holds every answer that this process has given so far. */
  audited: () => Promise<unknown>;
};
