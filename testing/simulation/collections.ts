import type { CollectionName } from "../../shared/entities/collections.ts";

/** What hangs on leads in a world, and moves with them from one person's sight into another's. */
export type Children = "tasks" | "deals";

/** By the seed, so that it alone tells a world. */
export const childrenOf = (seed: number): Children => (seed % 2 === 0 ? "tasks" : "deals");

/**
 * What desks of a world hold. RxDB's free edition opens 13 collections a process, and no desk can be without settings and
 * leads. That leaves three for five desks: two hold what hangs on leads, so that people meet there, and one, of an agent
 * who sees a part of it, the history. Tasks and deals in one world would be two more, and calls, with which segments and
 * insights come, another six.
 */
export const onDesks = (children: Children) =>
  ({
    children: ["settings", "leads", children],
    history: ["settings", "leads", "activities"],
    few: ["settings", "leads"],
  }) as const satisfies Record<string, readonly CollectionName[]>;
