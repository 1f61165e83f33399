import { appendFileSync } from "node:fs";
import { collectionNames } from "../../shared/entities/collections.ts";
import type { DeviceId } from "../../shared/entities/id.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Person } from "../../shared/entities/setting.ts";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import { openJournal } from "../../main/replica/journal/index.ts";
import { openReplica } from "../../main/replica/open-replica.ts";
import { createPresenceBoard } from "../../main/replica/presence/presence.ts";
import { createSyncEngine } from "../../main/replica/sync/engine.ts";
import { openFeed } from "../../main/replica/sync/feed.ts";
import { openLastSync } from "../../main/replica/sync/last-sync.ts";
import { createHttpTransport } from "../../main/replica/sync/http-transport.ts";

// A desk that works as fast as it can until it is killed. Each line on stdout is something that it was told is done.
type Settings = { folder: string; serverUrl: string; token: string; device: string; work: boolean };
const settings = JSON.parse(process.argv[2] ?? "{}") as Settings;
const say = (line: object) => appendFileSync(1, `${JSON.stringify(line)}\n`);

const journal = await openJournal({ folder: `${settings.folder}/journal`, key: new Uint8Array(32).fill(1) });
if (!journal.ok) throw new Error(journal.error.message);
const opened = await openReplica({
  folder: `${settings.folder}/database`,
  journal: journal.value,
  me: { userId: "ana" as Person["userId"], name: "Ana", role: "agent", teamIds: [] },
  clock: systemClock,
  newId: () => newRecordId(),
});
if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
const { database, layers, takeTurn, edits } = opened.value;
const { sql, table } = database;
const engine = createSyncEngine({
  transport: createHttpTransport({ serverUrl: settings.serverUrl, token: settings.token }),
  feed: await openFeed({ collections: collectionNames, sql, table, layers, takeTurn }),
  layers,
  journal: journal.value,
  takeTurn,
  presence: createPresenceBoard(systemClock),
  lastSync: await openLastSync(sql, systemClock),
  device: settings.device as DeviceId,
  clock: systemClock,
  timers: systemTimers,
  random: () => 0,
  onEnded: (why) => say({ ended: why }),
  onRefused: (refused) => say({ refused: refused.length }),
  onOwnTrouble: (error) => say({ trouble: String(error) }),
});
engine.start();
say({ opened: true });
if (settings.work) await work();
else await finish();

/** Creates leads, changes each several times, deletes some: every acknowledged step is reported. */
async function work(): Promise<never> {
  for (;;) {
    const id = newRecordId();
    await act(
      { kind: "create", collection: "leads", id, fields: { name: "Lead", ownerId: "ana" } },
      { id, step: 0 },
    );
    for (let step = 1; step <= 5; step += 1) {
      await act({ kind: "update", collection: "leads", id, set: { title: `step ${step}` } }, { id, step });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function act(
  draft: Parameters<typeof edits.apply>[0][number],
  done: { id: string; step: number },
): Promise<void> {
  const applied = await edits.apply([draft], "Under load");
  if (!applied.ok) throw new Error(applied.error.message);
  say(done);
}

/** Sends what is left, and says how this replica then stands. */
async function finish(): Promise<void> {
  for (;;) {
    const state = engine.state();
    const quiet = state.phase === "connected" && !state.pulling && state.push === "none";
    if (quiet && journal.ok && journal.value.counts().unsent === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const rows = await sql<{ id: string; title: string }>(
    `select id, doc->>'title' as title from ${table("leads")} where not deleted`,
  );
  say({ leads: rows });
  process.exit(0);
}
