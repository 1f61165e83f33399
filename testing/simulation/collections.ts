import type { CollectionName } from "../../shared/entities/collections.ts";

/** What hangs on leads in a world, and moves with them from one person's sight into another's. */
export type Children = "tasks" | "deals" | "calls";

/** By the seed, so that it alone tells a world. */
export const childrenOf = (seed: number): Children =>
  seed % 2 === 0 ? "tasks" : seed % 4 === 1 ? "deals" : "calls";

/** By its id: a call of which a carrier told the server, and that no desk has made. */
export const isTold = (callId: string): boolean => callId.startsWith("told-");

/**
 * What desks of a world hold. RxDB's free edition opens 13 collections a process, and no desk can be without settings and
 * leads. That leaves three for five desks: two hold what hangs on leads, so that people meet there, and one, of an agent
 * who sees a part of it, the history. Tasks, deals and calls in one world would be four more; what was said in calls
 * (segments, insights) stands on no desk here.
 */
export const onDesks = (children: Children) =>
  ({
    children: ["settings", "leads", children],
    history: ["settings", "leads", "activities"],
    few: ["settings", "leads"],
  }) as const satisfies Record<string, readonly CollectionName[]>;
