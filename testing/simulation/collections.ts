import type { CollectionName } from "../../shared/entities/collections.ts";

/**
 * What desks of a world hold. RxDB's free edition opens 13 collections a process, and none can be without settings and
 * leads: of five desks two hold tasks too, and one, of an agent who sees a part of it, the history.
 */
export const onDesks = {
  tasks: ["settings", "leads", "tasks"],
  history: ["settings", "leads", "activities"],
  few: ["settings", "leads"],
} as const satisfies Record<string, readonly CollectionName[]>;
