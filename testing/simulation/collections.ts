import type { CollectionName } from "../../shared/entities/collections.ts";

/** RxDB's free edition opens 13 collections a process: five desks with two each. */
export const collectionsOnDesks = ["leads", "tasks"] as const satisfies readonly CollectionName[];
