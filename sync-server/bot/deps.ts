import type { Clock } from "../../shared/result/ports.ts";
import type { Ai } from "../ai/index.ts";
import type { Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";

/** What everything in this folder works with. */
export type BotDeps = { db: Database; clock: Clock; identify: Identify; ai: Ai };

/** How long the server keeps conversations that belong to no lead, in days from their last word on. */
export type KeepsChats = { chatDays: number };

export function nowOf({ clock }: Pick<BotDeps, "clock">): string {
  return new Date(clock.now()).toISOString();
}
