import { EventEmitter } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { protocolVersion } from "../../../shared/sync/wire.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { openTestDatabase } from "../../../testing/server/open-test-database.ts";
import { createTestIdentities, people, testTenant } from "../../../testing/server/test-identities.ts";
import { inTenant, schema, type Database } from "../../database/index.ts";
import { createSyncMetrics } from "../metrics.ts";
import { startHub, type Hub } from "./hub.ts";
import { readPresence } from "./presence.ts";

// Who is at a desk decides whose telephone rings: a desk that is gone must not be left behind.

const hello = { scope: "", protocol: protocolVersion, presence: "available", reason: "" } as const;
const identities = createTestIdentities();
let db: Database;
let hub: Hub;
const others: Hub[] = [];
/** Transactions that are asked for meanwhile begin late, as on a connection that has to be opened first. */
let delayMs = 0;
/** One more of the same database. */
let startNode: () => Promise<Hub>;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
});
beforeEach(async () => {
  const transaction: Database["transaction"] = async (work) => {
    if (delayMs > 0) await wait(delayMs);
    return db.transaction(work);
  };
  const deps = {
    clock: systemClock,
    identify: identities.identify,
    feedEpoch: "e",
    said: { follow: () => () => {} },
    log: {} as never,
  };
  startNode = () =>
    startHub({ ...deps, db: { ...db, transaction }, metrics: createSyncMetrics(new Registry()) });
  hub = await startNode();
});
afterEach(async () => {
  for (const one of [hub, ...others.splice(0)]) await one.stop();
  await db.owner.delete(schema.devices);
});
afterAll(() => db.close());

function openDesk() {
  const { token, ...identity } = identities.signIn(people.ana, { deviceId: "desk-of-ana" });
  const socket = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, bufferedAmount: 0 },
    ...{ send() {}, ping() {} },
    terminate: () => void socket.emit("close"),
    close: () => void socket.emit("close"),
  }) as unknown as WebSocket & EventEmitter;
  return { identity, headers: { authorization: `Bearer ${token}` }, socket };
}

async function knowDesk(): Promise<void> {
  await db.owner.insert(schema.devices).values({
    ...{ tenantId: testTenant, id: "desk-of-ana", userId: "ana" },
    lastSeenAt: new Date("2026-01-01T00:00:00.000Z"),
  });
}

/** Since when, by what everybody is told. */
async function since(): Promise<string | undefined> {
  const entries = await inTenant(db, { tenantId: testTenant }, (tx) => readPresence(tx, testTenant));
  return entries[0]?.since;
}

async function atDesks(): Promise<string[]> {
  const rows = await inTenant(db, { tenantId: testTenant }, (tx) => tx.select().from(schema.presence));
  return rows.map(({ presence }) => presence);
}

test("what a desk said last is not heard any more once it is gone", async () => {
  const desk = openDesk();
  await hub.join(desk, hello);
  desk.socket.emit("close");
  await hub.setPresence(desk, { presence: "busy", reason: "" });
  await expect.poll(atDesks).toEqual([]);
});

test("when a desk was there last is known to the second in which it went", async () => {
  const desk = openDesk();
  await knowDesk();
  const seen = async () => (await db.owner.select().from(schema.devices))[0]?.lastSeenAt.getTime() ?? 0;
  await hub.join(desk, hello);
  const arrived = await seen();
  expect(arrived).toBeGreaterThan(Date.parse("2026-01-01T00:00:00.000Z"));
  await wait(5);
  desk.socket.emit("close");
  await expect.poll(atDesks).toEqual([]);
  expect(await seen()).toBeGreaterThan(arrived);
});

test("a desk that goes and comes back at once is there", async () => {
  const [before, after] = [openDesk(), openDesk()];
  await hub.join(before, hello);
  delayMs = 200;
  before.socket.emit("close");
  delayMs = 0;
  await hub.join(after, { ...hello, presence: "break" });
  await wait(200);
  expect(await atDesks()).toEqual(["break"]);
});

describe("a desk whose node is started anew", () => {
  const lunch = { presence: "break", reason: "lunch" } as const;

  test.each(["is started anew", "goes, and another is there"])(
    "is on the same break when its node %s",
    async (how) => {
      await knowDesk();
      await hub.join(openDesk(), { ...hello, ...lunch });
      const began = await since();
      if (how === "is started anew") {
        await hub.stop();
        expect(await atDesks()).toEqual([]);
        hub = await startNode();
      } else {
        others.push(await startNode());
        await hub.stop();
      }
      await wait(5);
      await (others[0] ?? hub).join(openDesk(), { ...hello, ...lunch });
      expect(await atDesks()).toEqual(["break"]);
      expect(await since()).toBe(began);
    },
  );

  test("counts another break anew, and waiting for calls only where it is back at once", async () => {
    await knowDesk();
    await hub.join(openDesk(), { ...hello, ...lunch });
    const began = await since();
    await hub.stop();
    hub = await startNode();
    await wait(5);
    await hub.join(openDesk(), hello);
    const waits = await since();
    expect(waits).not.toBe(began);
    await hub.stop();
    hub = await startNode();
    await hub.join(openDesk(), hello);
    expect(await since(), "whoever is idle longest is still rung first").toBe(waits);
    await hub.stop();
    await db.owner.update(schema.devices).set({ lastSeenAt: new Date(Date.now() - 3_600_000) });
    hub = await startNode();
    await hub.join(openDesk(), hello);
    expect(await since(), "nobody waits without a desk").not.toBe(waits);
  });
});
