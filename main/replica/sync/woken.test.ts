import { afterAll, beforeAll, expect, test } from "vitest";
import { newRecordId } from "../../../shared/entities/id.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import { inTenant } from "../../../sync-server/database/index.ts";
import { saveRecords } from "../../../sync-server/sync/index.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { isQuiet, openSyncDesk, untilSync, type SyncDesk } from "../../../testing/fakes/sync-desk.ts";
import { startTestServer, type TestServer } from "../../../testing/server/start-test-server.ts";
import { people } from "../../../testing/server/test-identities.ts";
import { openCuttableWay, type CuttableWay } from "../../../testing/sip/cuttable-way.ts";
import { dropConnections } from "../server/drop-connections.ts";
import { createHttpTransport } from "./http-transport.ts";

// The real server over real sockets, on a machine whose timers never come: whatever happens, no timeout helps.
let server: TestServer;
let way: CuttableWay;
let desk: SyncDesk;
const clock = { nowMs: Date.parse("2026-05-04T15:00:00.000Z"), now: (): number => clock.nowMs };
const asleep: Timers = { after: () => () => {} };

beforeAll(async () => {
  server = await startTestServer();
  way = await openCuttableWay(Number(new URL(server.url).port));
  const { token, deviceId } = server.identities.signIn(people.ana);
  const { userId, name, role, teamIds } = people.ana;
  desk = await openSyncDesk({
    me: { userId, name, role, teamIds },
    transport: createHttpTransport({ serverUrl: `http://127.0.0.1:${way.port}`, token, timers: asleep }),
    device: deviceId,
    collections: ["settings", "leads"],
    clock,
    timers: asleep,
  });
});
afterAll(async () => {
  await desk.dispose();
  await way.close();
  await server.close();
});

async function writeLead(name: string): Promise<string> {
  const lead = { id: newRecordId(), ...fields.lead({ name, ownerId: people.ana.userId }) };
  const now = new Date(clock.nowMs).toISOString();
  await inTenant(server.db, { tenantId: server.tenantId }, (tx) =>
    saveRecords(tx, server.tenantId, "leads", [lead], { now }),
  );
  return lead.id;
}

const nameOf = async (id: string) => (await desk.replica.reads.get("leads", id))?.name;

test("[STREAM-10] a desk that slept for an hour, its connections dead and none of them closed, is in step again at once", async () => {
  desk.engine.start();
  await untilSync(desk, isQuiet);
  const before = await writeLead("Before");
  await expect.poll(() => nameOf(before), { timeout: 60_000 }).toBe("Before");

  way.forget();
  clock.nowMs += 3_600_000;
  const missed = await writeLead("Missed");
  const typed = newRecordId();
  const given = fields.lead({ name: "Typed", ownerId: people.ana.userId }) as never;
  await desk.replica.edits.apply(
    [{ kind: "create", collection: "leads", id: typed, fields: given }],
    "Added",
  );
  // It cannot know: the stream looks open.
  expect(desk.engine.state()).toMatchObject({ phase: "connected" });

  await dropConnections();
  desk.engine.woke();
  expect(desk.engine.state()).toMatchObject({ phase: "connecting", failures: 0 });
  await untilSync(desk, isQuiet, 60_000);
  expect(await nameOf(missed)).toBe("Missed");
  expect(desk.replica.journal.counts().unsent).toBe(0);
  expect(desk.troubles).toEqual([]);

  const after = await writeLead("After");
  await expect.poll(() => nameOf(after), { timeout: 60_000 }).toBe("After");
});
