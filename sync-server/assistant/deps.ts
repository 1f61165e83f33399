import type { Clock } from "../../shared/result/ports.ts";
import type { Ai, Origin } from "../ai/index.ts";
import type { Database } from "../database/index.ts";
import type { Identify, Identity } from "../http/index.ts";
import type { Matching } from "../matching/index.ts";

/** What everything in this folder works with. */
export type AssistantDeps = {
  db: Database;
  clock: Clock;
  identify: Identify;
  ai: Ai;
  matching: Matching;
  /** The name of the model that would answer a person now; empty = none would, and why: null = none is set up for them. */
  firstModel: (
    asker: Pick<Identity, "tenantId" | "userId">,
  ) => Promise<{ model: string } & Pick<Origin, "instead">>;
  /** Resolves when the audit holds every answer that this process has given so far. */
  audited: () => Promise<unknown>;
};
