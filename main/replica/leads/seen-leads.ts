import type { Lead } from "../../../shared/entities/lead.ts";
import type { Reads } from "../replica.ts";

/**
 * The leads that lists have shown lately, in memory. A list of 50 answers an edit of one of them without reading any
 * from the database, so nobody who types waits for what else the database does.
 *
 * Invariant: what is held is what `getAll` would answer now.
 */
export type SeenLeads = {
  /** By id; those that are deleted or unknown are left out. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, Lead>>;
  close(): void;
};

/** A few windows with their lists; some 2 MB. */
const mostHeld = 1_000;

export function createSeenLeads(reads: Pick<Reads, "getAll" | "onChange">, limit = mostHeld): SeenLeads {
  // In the order in which they were last shown.
  const held = new Map<string, Lead>();
  /** For each read that is under way: what changed since it began, which it may have seen as it was before. */
  const underWay = new Set<Set<string>>();

  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== "leads") return;
    for (const { id, after } of records) {
      for (const changed of underWay) changed.add(id);
      if (!held.has(id)) continue;
      if (after) held.set(id, after as Lead);
      else held.delete(id);
    }
  });

  function hold(id: string, lead: Lead): void {
    held.delete(id);
    held.set(id, lead);
    const [oldest] = held.keys();
    if (held.size > limit && oldest !== undefined) held.delete(oldest);
  }

  async function fetch(ids: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
    const changed = new Set<string>();
    underWay.add(changed);
    try {
      const found = await reads.getAll("leads", ids);
      for (const [id, lead] of found) if (!changed.has(id)) hold(id, lead);
      return found;
    } finally {
      underWay.delete(changed);
    }
  }

  return {
    async read(ids) {
      const known = new Map(ids.map((id) => [id, held.get(id)]));
      for (const [id, lead] of known) if (lead) hold(id, lead);
      const unknown = ids.filter((id) => !known.get(id));
      if (unknown.length === 0) return known as ReadonlyMap<string, Lead>;
      const fetched = await fetch(unknown);
      const leads = new Map<string, Lead>();
      for (const id of ids) {
        // A long list may have pushed out its own beginning meanwhile.
        const lead = held.get(id) ?? fetched.get(id) ?? known.get(id);
        if (lead) leads.set(id, lead);
      }
      return leads;
    },
    close() {
      stop();
      held.clear();
    },
  };
}
