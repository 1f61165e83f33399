import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Doc } from "../../../shared/sync/fields.ts";

/** What becomes of a stored record when its collection's schema goes up to a version; null = it is pulled again. */
export type Migration = (doc: Doc) => Doc | null;

/** By collection and the version that is reached. An interrupted run goes on where it stopped. */
export const migrations: Readonly<Partial<Record<CollectionName, Readonly<Record<number, Migration>>>>> = {
  // Kinds came to be: queues, break reasons and rules of the phone, then call lists and greetings, playbooks and
  // scorecards, rules for letters; then endings after which nobody is called.
  settings: { 1: (doc) => doc, 2: (doc) => doc, 3: (doc) => doc, 4: (doc) => doc, 5: (doc) => doc },
  // Calls that were there before a line could report them were written down by hand.
  calls: { 1: (doc) => ({ ...doc, line: doc["line"] ?? null }) },
  // Kinds came to be; what was there before the first of them had none that is left. Then ticks by hand, and approvals.
  insights: { 1: () => null, 2: (doc) => doc, 3: (doc) => doc },
  segments: { 1: (doc) => ({ ...doc, timing: [] }) },
};
