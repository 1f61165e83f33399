import type { Playbook } from "../../../shared/entities/setting.ts";
import { inTenant, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant } from "../../../sync-server/demo/index.ts";
import { saveRecords } from "../../../sync-server/sync/index.ts";

/** So many phrases that bring up a card, each its own. */
export const codewords = Array.from(
  { length: 60 },
  (_, index) => `q${letterOf(index / 26)}${letterOf(index % 26)}q`,
);

export function cardTitle(codeword: string): string {
  return `Card for ${codeword}`;
}

/** For inbound calls: a card for each codeword, as often as it is said. */
export async function addBenchPlaybook(db: Database): Promise<void> {
  const now = new Date().toISOString();
  const playbook: Omit<Playbook, "id" | "rev" | "createdAt" | "updatedAt" | "kept"> & { id: string } = {
    ...{ id: "playbook:bench:1", kind: "playbook", key: "bench", version: 1, order: 0, label: "Bench" },
    ...{ state: "live", publishedAt: now, publishedById: null, archived: false },
    appliesTo: { directions: ["inbound"], queues: [], callLists: [], teamIds: [] },
    items: [],
    cards: codewords.map((codeword) => ({
      ...{ key: codeword, title: cardTitle(codeword), lines: ["Say what it leaves out"] },
      ...{ everyMs: 0, staysMs: 60_000 },
      triggers: [
        {
          ...{ kind: "phrases", side: "customer", phrases: [`code ${codeword}`], apart: 0, notNear: [] },
          ...{ fromMs: null, untilMs: null },
        },
      ],
    })),
    alarms: { monologueMs: null, paceWpm: null, deadAirMs: null },
  };
  await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    saveRecords(tx, demoTenant.id, "settings", [playbook], { now }),
  );
}

function letterOf(index: number): string {
  return String.fromCodePoint(97 + Math.floor(index));
}
