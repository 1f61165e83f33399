import { expect, test } from "vitest";
import type { Lead } from "../../../shared/entities/lead.ts";
import { someLead } from "../../../testing/fakes/some-story.ts";
import type { Reads, RecordsChanged } from "../replica.ts";
import { createLiveIndex } from "./live-index.ts";

const lead = someLead();
const listeners = new Set<(change: RecordsChanged) => void>();
const reads = {
  onChange(listener: (change: RecordsChanged) => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
} as Partial<Reads> as Reads;

function change(after: Lead): void {
  const records = [{ id: lead.id, before: lead, after }];
  for (const tell of listeners) tell({ collection: "leads", records });
}

test("what was found stands while nothing that is searched for changes: a night's scores are no reason to search anew", async () => {
  const index = createLiveIndex<Lead>(reads, {
    collection: "leads",
    numberOf: () => 0,
    searchableOf: ({ name, company, email, notes }) => ({ name, company, contact: email, phones: [], notes }),
    async *scan() {
      yield [lead];
    },
    onBuilt() {},
  });
  await index.build();
  const built = index.version();
  change({ ...lead, score: 77 });
  expect(index.version()).toBe(built);
  change({ ...lead, name: "Maria Novak" });
  expect(index.version()).toBeGreaterThan(built);
  expect([...(index.now()?.rank("novak") ?? [])]).toEqual([0]);
  index.close();
  expect(listeners.size).toBe(0);
});
