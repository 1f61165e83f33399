import type { CollectionName } from "../../shared/entities/collections.ts";

/** RxDB's free edition opens 13 collections a process: three desks hold tasks too, two do not. */
export const allOnDesks = ["settings", "leads", "tasks"] as const satisfies readonly CollectionName[];
export const fewOnDesks = ["settings", "leads"] as const satisfies readonly CollectionName[];
