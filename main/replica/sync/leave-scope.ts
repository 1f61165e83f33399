import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Feed } from "./feed.ts";

export type LeaveScopePorts = {
  feed: Feed;
  /** The server was put back to a backup; done before anything is pulled anew. */
  onRestored: () => Promise<void>;
};

/**
 * What was pulled for another scope is compared anew ([AUD-4]), whoever was first to hear of it: the stream, a pull or a
 * push. Doing so twice, also at once, changes nothing.
 * @param scope the server's, of this moment
 * @returns the collections that are to be pulled from the start
 */
export async function leaveScope(
  { feed, onRestored }: LeaveScopePorts,
  scope: string,
): Promise<CollectionName[]> {
  if (feed.isOfOtherEpoch(scope)) await onRestored();
  const outside = feed.outOfScope(scope);
  for (const collection of outside) await feed.restart(collection, scope);
  return outside;
}
