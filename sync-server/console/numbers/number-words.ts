import type { z } from "zod";
import type { PhoneNumber } from "../../admin/telephony/wire.ts";

export type Entry = z.output<typeof PhoneNumber>;
export type Named = ReadonlyMap<string, string>;
/** Whom a number rings: one choice, of three kinds. */
export type Rings = Pick<Entry, "queue" | "agentId">;

const toPerson = "person:";
const toQueue = "queue:";

/** As one value of a list to choose from; `ringsOf` reads it again. */
export function choiceOf({ queue, agentId }: Rings): string {
  if (agentId !== null) return toPerson + agentId;
  return queue === "" ? "" : toQueue + queue;
}

export function ringsOf(choice: string): Rings {
  if (choice.startsWith(toPerson)) return { queue: "", agentId: choice.slice(toPerson.length) };
  return { queue: choice.startsWith(toQueue) ? choice.slice(toQueue.length) : "", agentId: null };
}

/** "Ana Ruiz alone", "Queue “Sales”", "The usual queue". */
export function sayRings({ queue, agentId }: Rings, people: Named, queues: Named): string {
  if (agentId !== null) return `${people.get(agentId) ?? "Somebody who left"} alone`;
  return queue === "" ? "The usual queue" : `Queue “${queues.get(queue) ?? queue}”`;
}
