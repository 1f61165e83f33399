import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { session, signInDemo } from "../../shared/rpc/contract/session.ts";
import { people } from "../../shared/rpc/contract/sync.ts";
import { inSystem, inTenant, openDatabase, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant, ensureDemoTenant } from "../../sync-server/demo/index.ts";
import { ana, ben, tom } from "../../sync-server/demo/people.ts";
import { startCluster, type Cluster } from "../postgres/start-cluster.ts";
import { urlOf } from "../postgres/test-database.ts";
import { countWrites, findFate } from "../simulation/ledger.ts";
import { makeDice } from "../simulation/random.ts";
import { startBalancer, type Balancer } from "./balancer.ts";
import { openStream, pullAll, signInDevice } from "./bare-device.ts";
import { until } from "./desk.ts";
import { followFeed } from "./feed-follower.ts";
import { makeNode, runServerTool, type ServerNode } from "./node.ts";
import {
  everybodyTypes,
  makeSharedLeads,
  openPost,
  readDeskLeads,
  sleep,
  untilEverythingIsSent,
  untilInStep,
  type Post,
} from "./posts.ts";
import type { ServerRow } from "./server-folder.ts";
import { makeLead } from "./at-the-desk.ts";
import { startTypist } from "./typist.ts";

const kills = Number(process.env["NODE_KILLS"] ?? 4);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

let folder: string;
let cluster: Cluster;
let databaseUrl: string;
let db: Database;
let nodes: [ServerNode, ServerNode];
let balancers: Balancer[];
let posts: { ana: Post; ben: Post };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-nodes-"));
  cluster = await startCluster();
  await cluster.createDatabase("desk");
  databaseUrl = urlOf(cluster.url, "desk");
  db = await openDatabase({ kind: "postgres", url: databaseUrl, poolSize: 4 });
  await ensureDemoTenant({ db, clock: systemClock }, { leadCount: 1 });
  nodes = [await makeNode(databaseUrl, folder), await makeNode(databaseUrl, folder)];
  await Promise.all(nodes.map((node) => node.start()));
  const ports = nodes.map(({ port }) => port);
  balancers = [await startBalancer(ports), await startBalancer(ports.toReversed())];
  const [first, second] = balancers.map(({ url: serverUrl }) => serverUrl);
  posts = {
    ana: openPost({ name: "ana", folder, serverUrl: first ?? "" }),
    ben: openPost({ name: "ben", folder, serverUrl: second ?? "" }),
  };
}, 120_000);

afterAll(async () => {
  for (const { main } of Object.values(posts ?? {})) await main.stop();
  for (const one of balancers ?? []) await one.close();
  for (const node of nodes ?? []) await node.stop();
  await db?.close();
  await cluster?.close();
  await rm(folder, { recursive: true, force: true });
});

test("whoever was at a desk of a node that died is seen there no longer, and everybody else still is", async () => {
  const [, dying] = nodes;
  await becomeBen(posts.ben);
  await untilEverythingIsSent(posts.ana.window);
  const device = await signInDevice(dying.url, "a desk that is switched off", tom);
  const stream = await openStream(dying.url, device, "busy");
  await untilSeen(posts.ana, tom, "busy");
  await dying.kill();
  stream.terminate();
  await untilSeen(posts.ben, ana, "available");
  // What the node that is left sees after 70 seconds without a word.
  await inSystem(db, (tx) =>
    tx.execute(sql`UPDATE presence SET seen_at = seen_at - interval '70 seconds' WHERE user_id = ${tom}`),
  );
  await untilSeen(posts.ana, tom, "offline");
  await untilSeen(posts.ana, ben, "available");
  await dying.start();
}, 120_000);

test("[REST-2] PostgreSQL is put back to a backup that was made under writes: desks send again what it has forgotten", async () => {
  const file = join(folder, "ringside.backup");
  const window = await untilEverythingIsSent(posts.ana.window);
  const id = await makeLead(window, "Stands in the backup");
  await untilEverythingIsSent(posts.ana.window);
  const typist = startTypist({
    desk: "restored",
    window: posts.ana.window,
    dice: makeDice(seededRandom(seed)),
    shared: [id],
    pauseMs: 20,
  });
  await everybodyTypes([typist]);
  await runServerTool(databaseUrl, "backup", file);
  await everybodyTypes([typist]);
  for (const node of nodes) await node.stop();
  await runServerTool(databaseUrl, "restore", file);
  await everybodyTypes([typist]);
  await Promise.all(nodes.map((node) => node.start()));
  await typist.stop();
  await untilEverythingIsSent(posts.ana.window);
  await untilEverythingIsSent(posts.ben.window);
  const [leads, activities] = [await readTable("leads"), await readTable("activities")];
  expect(
    typist.typed.filter(({ promised }) => !promised),
    "not promised",
  ).toEqual([]);
  expect(
    typist.typed.filter((entry) => !findFate(entry, leads, activities)),
    "lost",
  ).toEqual([]);
  expect(
    typist.typed.filter((entry) => countWrites(entry, activities) > 1),
    "written twice",
  ).toEqual([]);
  expect(leads.find((lead) => lead.id === id)?.doc["name"]).toBe("Stands in the backup");
}, 180_000);

test(`two nodes on one PostgreSQL, one of them killed ${kills} times under load (SEED=${seed}): desks go on through the other, no edit is lost or doubled, the feed has no gap and everybody is seen`, async () => {
  const dice = makeDice(seededRandom(seed));
  const shared = await makeSharedLeads([posts.ana, posts.ben]);
  expect(
    balancers.map(({ taken }) => Math.min(taken()[0] ?? 0, 1)),
    "each desk began at a node of its own",
  ).toEqual([1, 1]);
  const follower = followFeed(
    nodes.map(({ url }) => url),
    await signInDevice(nodes[0].url, "the follower of the feed"),
  );
  const typists = Object.values(posts).map(({ name, window }, index) =>
    startTypist({ desk: name, window, dice: makeDice(seededRandom(seed + index + 1)), shared, pauseMs: 20 }),
  );

  for (let kill = 0; kill < kills; kill += 1) {
    const node = nodes[kill % 2] ?? nodes[0];
    await everybodyTypes(typists);
    await sleep(dice.between(0, 600));
    await node.kill();
    await everybodyTypes(typists);
    // Both stream through the node that is left, and each sees the other there.
    await untilSeen(posts.ana, ben, "available");
    await untilSeen(posts.ben, ana, "available");
    await node.start();
  }
  for (const typist of typists) await typist.stop();
  await follower.stop(await untilInStep(Object.values(posts)));

  const typed = typists.flatMap((typist) => typist.typed);
  process.stdout.write(
    `${typed.length} edits, ${follower.pages()} pages of the feed, ${follower.refused()} knocks at a dead node\n`,
  );
  expect(typed.length).toBeGreaterThan(kills * 5);
  expect(follower.refused()).toBeGreaterThan(0);
  const [leads, activities] = [await readTable("leads"), await readTable("activities")];
  // A desk promises by its own disk: a node that dies breaks no promise.
  expect(typed.filter(({ promised }) => !promised)).toEqual([]);
  expect(
    typed.filter((entry) => !findFate(entry, leads, activities)),
    "lost",
  ).toEqual([]);
  expect(
    typed.filter((entry) => countWrites(entry, activities) > 1),
    "written twice",
  ).toEqual([]);
  await expectSameEverywhere(follower.leads);
  expect(Object.values(posts).flatMap(({ main }) => main.troubles)).toEqual([]);
  expect(typists.flatMap(({ unexpected }) => unexpected)).toEqual([]);
}, 400_000);

async function becomeBen(post: Post): Promise<void> {
  const window = await untilEverythingIsSent(post.window);
  const entered = await window.call(signInDemo, { userId: ben });
  if (!entered.ok) throw new Error(entered.error.message);
  await until(
    window,
    session,
    {},
    (now) => now.session.state === "signed-in" && now.session.person.userId === ben,
  );
}

function untilSeen(post: Post, userId: string, presence: string): Promise<unknown> {
  const isSo = (now: { people: { userId: string; presence: string }[] }) =>
    now.people.some((one) => one.userId === userId && one.presence === presence);
  return until(post.window() as Client, people, {}, isSo, 60_000);
}

function readTable(name: string): Promise<ServerRow[]> {
  return inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    rowsOf<ServerRow>(tx, sql`SELECT id, doc, deleted, audience FROM ${sql.identifier(name)} ORDER BY id`),
  );
}

/** What desks hold, and what somebody read who followed the feed all the while, is what a pull from the start brings. */
async function expectSameEverywhere(followed: ReadonlyMap<string, unknown>): Promise<void> {
  for (const [name, userId] of [
    ["ana", ana],
    ["ben", ben],
  ] as const) {
    const fresh = byId(
      await pullAll(
        nodes[0].url,
        await signInDevice(nodes[0].url, `reader ${name}`.padEnd(16, "."), userId),
        "leads",
      ),
    );
    if (userId === ana) expect(byId(followed.values()), "a gap in the feed").toEqual(fresh);
    await posts[name].main.stop();
    expect(byId(await readDeskLeads(join(folder, name))), name).toEqual(fresh);
  }
}

function byId(docs: Iterable<unknown>): { id: string }[] {
  return ([...docs] as { id: string }[]).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
