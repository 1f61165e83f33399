import type { CollectionName } from "../../shared/entities/collections.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { audienceOf, keysOf } from "../../shared/sync/audience.ts";
import { sameValue, type Doc } from "../../shared/sync/fields.ts";
import { isQuiet } from "../fakes/sync-desk.ts";
import { openTestDatabase } from "../server/open-test-database.ts";
import { people, type TestPerson } from "../server/test-identities.ts";
import { childrenOf, onDesks, type Children } from "./collections.ts";
import { countAtOnce, countWrites, createLedger, findDropped, findFate } from "./ledger.ts";
import { makeDice } from "./random.ts";
import { openSimDesk, type SimDesk } from "./sim-desk.ts";
import { calm, createSimLink, noFaults, type FaultCounts } from "./sim-link.ts";
import { createSimServer, type SimRow } from "./sim-server.ts";
import { happen, makeUpFor, restoreServer } from "./story.ts";
import { VirtualTime } from "./virtual-time.ts";
import type { World } from "./world.ts";

export type SimReport = {
  /** What is wrong at the end; empty = every invariant holds. */
  broken: string[];
  /** How often each kind of thing happened. */
  did: Record<string, number>;
  faults: FaultCounts;
  /** Edits that were promised, and where they ended. */
  fates: Record<"record" | "history" | "refused" | "lost", number>;
};

const startMs = Date.parse("2026-03-02T08:00:00.000Z");
const yearMs = 365 * 86_400_000;

/**
 * Five devices of two agents and an admin, one server and bad luck: everything that the seed says happens, then the
 * sun comes out, and when nothing moves any more the invariants must hold.
 */
export async function simulate(seed: number, steps: number): Promise<SimReport> {
  const world = await openWorld(seed);
  try {
    for (let step = 0; step < steps; step++) {
      await happen(world);
      await world.time.pass(world.dice.between(0, 3_000));
    }
    await makeUpFor(world);
    await restoreServer(world);
    const stillness = await calmDown(world);
    return await judge(world, stillness);
  } finally {
    for (const desk of world.desks) await desk.dispose();
    await world.server.close();
  }
}

async function openWorld(seed: number): Promise<World & { faults: FaultCounts }> {
  const time = new VirtualTime(startMs);
  const dice = makeDice(seededRandom(seed));
  const server = await createSimServer(await openTestDatabase(), { clock: time, timers: time });
  const faults = noFaults();
  const desks: SimDesk[] = [];
  const did: World["did"] = {};
  const deleted: World["deleted"] = new Set();
  const children = childrenOf(seed);
  const holding = onDesks(children);
  const crew: [string, TestPerson, number, readonly CollectionName[]][] = [
    ["ana's laptop", people.ana, 0, holding.children],
    ["ana's desk", people.ana, -yearMs, holding.few],
    ["ben's laptop", people.ben, 90_000, holding.history],
    ["ben's desk", people.ben, yearMs, holding.few],
    ["the admin's desk", people.admin, -3_600_000, holding.children],
  ];
  for (const [name, who, skewMs, collections] of crew) {
    const { token, deviceId } = server.identities.signIn(who);
    const link = createSimLink({ time, dice, server, token, counts: faults });
    desks.push(
      await openSimDesk({
        name,
        who,
        device: deviceId,
        token,
        link,
        time,
        dice,
        skewMs,
        collections,
        onSight: (what, id) => {
          if (!deleted.has(id)) did[what] = (did[what] ?? 0) + 1;
        },
      }),
    );
  }
  return { time, dice, server, desks, children, ledger: createLedger(), did, deleted, faults };
}

/** Good weather until nobody has anything left to say. @returns what would not come to rest */
async function calmDown({ time, server, desks }: World): Promise<string[]> {
  if (!server.isUp()) await time.hold(server.start());
  for (const { link } of desks) Object.assign(link, { up: true, weather: calm });
  const isStill = (desk: SimDesk) =>
    isQuiet(desk.open().engine.state()) && desk.open().replica.journal.counts().unsent === 0;
  for (let minute = 0; minute < 30; minute++) {
    await time.pass(60_000);
    if (minute >= 2 && desks.every(isStill)) return [];
    for (const desk of desks) if (!isStill(desk)) desk.open().engine.now();
  }
  return desks
    .filter((desk) => !isStill(desk))
    .map(
      (desk) =>
        `${desk.name} does not come to rest: ${JSON.stringify(desk.open().engine.state())}, ${desk.open().replica.journal.counts().unsent} unsent`,
    );
}

async function judge(world: World & { faults: FaultCounts }, stillness: string[]): Promise<SimReport> {
  const { server, desks, ledger, did, faults, children } = world;
  const broken = [...stillness];
  const stored = {
    settings: await server.readAll("settings"),
    leads: await server.readAll("leads"),
    tasks: await server.readAll("tasks"),
    deals: await server.readAll("deals"),
    calls: await server.readAll("calls"),
    activities: await server.readAll("activities"),
  };
  const history = stored.activities;

  for (const desk of desks) {
    for (const collection of desk.collections)
      broken.push(...(await compare(world, desk, collection, stored[collection as keyof typeof stored])));
    for (const trouble of desk.open().troubles)
      broken.push(`${desk.name} had trouble of its own: ${String(trouble)}`);
  }

  broken.push(...findLeftBehind(children, stored[children], stored.leads));
  const refused = new Set(
    desks.flatMap((desk) =>
      desk
        .open()
        .replica.journal.refused()
        .map(({ edit }) => JSON.stringify(edit)),
    ),
  );
  const fates: SimReport["fates"] = { record: 0, history: 0, refused: 0, lost: 0 };
  for (const entry of ledger.entries()) {
    const rows = stored[entry.collection as keyof typeof stored];
    const fate =
      findFate(entry, rows, history) ??
      ([...refused].some((edit) => edit.includes(entry.token)) ? "refused" : "lost");
    fates[fate]++;
    if (fate === "lost") broken.push(`lost: ${JSON.stringify(entry)}`);
    const writes = countWrites(entry, history);
    if (writes > 1) broken.push(`applied ${writes} times: ${JSON.stringify(entry)}`);
    const atOnce = countAtOnce(entry, rows, history);
    if (atOnce > 1) broken.push(`stands ${atOnce} times in one value: ${JSON.stringify(entry)}`);
  }
  broken.push(...findDropped(ledger.entries(), [...stored.leads, ...stored[children]], history));
  return { broken, did, faults, fates };
}

/** [AUD-3] What hangs on leads is seen by whoever sees its lead, however often that was handed over. */
function findLeftBehind(children: Children, rows: readonly SimRow[], leads: readonly SimRow[]): string[] {
  const audiences = new Map(leads.map(({ id, audience }) => [id, audience]));
  return rows.flatMap(({ id, doc, deleted, audience }) => {
    const lead = audiences.get(String(doc["leadId"])) ?? [];
    const right = audienceOf(children, doc as Doc, { lead }).join();
    return deleted || audience.join() === right
      ? []
      : [`${children}/${id} is seen by ${audience}, not ${right}`];
  });
}

/** A desk holds exactly what its person may see, as the server has it. */
async function compare(
  world: World,
  desk: SimDesk,
  collection: CollectionName,
  rows: Awaited<ReturnType<World["server"]["readAll"]>>,
): Promise<string[]> {
  const keys = keysOf(await world.server.identify(desk.token));
  const { reads } = desk.open().replica;
  const held = await reads.sql<{ id: string }>(`SELECT id FROM ${reads.table(collection)} WHERE NOT deleted`);
  const visible = new Map(
    rows
      .filter(({ deleted, audience }) => !deleted && audience.some((key) => keys.includes(key)))
      .map((row) => [row.id, row.doc]),
  );
  const broken: string[] = [];
  for (const { id } of held)
    if (!visible.has(id)) broken.push(`${desk.name} holds ${collection}/${id}, which is not theirs to see`);
  for (const [id, doc] of visible) {
    const own = await reads.get(collection, id);
    if (!own) broken.push(`${desk.name} misses ${collection}/${id}`);
    else if (!sameValue(own, doc))
      broken.push(
        `${desk.name} differs in ${collection}/${id}: ${JSON.stringify(own)} against ${JSON.stringify(doc)}`,
      );
  }
  return broken;
}
