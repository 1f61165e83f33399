import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Doc } from "../../../shared/sync/fields.ts";

/** What becomes of a stored record when its collection's schema goes up to a version; null = it is pulled again. */
export type Migration = (doc: Doc) => Doc | null;

/** By collection and the version that is reached. An interrupted run goes on where it stopped. */
export const migrations: Readonly<Partial<Record<CollectionName, Readonly<Record<number, Migration>>>>> = {
  // Queues, break reasons and the rules of the phone are new; what was there is as it was.
  settings: { 1: (doc) => doc },
  // Calls that were there before a line could report them were written down by hand.
  calls: { 1: (doc) => ({ ...doc, line: doc["line"] ?? null }) },
};
