import { afterEach, beforeEach, expect, test } from "vitest";
import type { DeviceId } from "../../shared/entities/id.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { schema } from "../../sync-server/database/index.ts";
import { isQuiet } from "../fakes/sync-desk.ts";
import { openTestDatabase } from "../server/open-test-database.ts";
import { people, testTenant } from "../server/test-identities.ts";
import { makeDice } from "./random.ts";
import { openSimDesk, type SimDesk } from "./sim-desk.ts";
import { calm, createSimLink, noFaults } from "./sim-link.ts";
import { createSimServer, type SimServer } from "./sim-server.ts";
import { VirtualTime } from "./virtual-time.ts";

// Whoever is on a break is not rung and stands so on the wallboard: no restart may make them available.

let time: VirtualTime;
let server: SimServer;
let ana: SimDesk;
let max: SimDesk;

beforeEach(async () => {
  time = new VirtualTime(Date.parse("2026-03-02T08:00:00.000Z"));
  server = await createSimServer(await openTestDatabase(), { clock: time, timers: time });
  ana = await openDesk("ana");
  max = await openDesk("max");
});
afterEach(async () => {
  await ana.dispose();
  await max.dispose();
  await server.close();
});

async function openDesk(name: "ana" | "max"): Promise<SimDesk> {
  const dice = makeDice(seededRandom(7));
  const { token, deviceId: device } = server.identities.signIn(people[name]);
  await server.db.owner
    .insert(schema.devices)
    .values({ tenantId: testTenant, id: device as DeviceId, userId: people[name].userId });
  const link = createSimLink({ time, dice, server, token, counts: noFaults() });
  link.weather = calm;
  return openSimDesk({
    ...{ name, who: people[name], device, token, link, time, dice },
    skewMs: 0,
    collections: ["settings"],
  });
}

/** What Max reads of Ana, once it is so. */
async function untilMaxReads(presence: string): Promise<{ reason: string; since: string }> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = max
      .open()
      .presence.people()
      .find(({ userId }) => userId === "ana");
    if (found?.presence === presence) return found;
    await time.pass(1_000);
  }
  throw new Error(`Ana is never ${presence}: ${JSON.stringify(max.open().presence.people())}`);
}

async function untilQuiet(desk: SimDesk): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (isQuiet(desk.open().engine.state())) return;
    await time.pass(1_000);
  }
  throw new Error(`the desk does not come to rest: ${JSON.stringify(desk.open().engine.state())}`);
}

test(
  "a break goes on, with its reason and its clock, over a restart of the server and one of the desk",
  { timeout: 240_000 },
  async () => {
    await untilMaxReads("available");
    ana.open().presence.setMine("break", "lunch");
    const lunch = await untilMaxReads("break");
    expect(lunch.reason).toBe("lunch");

    await time.hold(server.stop());
    await time.pass(5_000);
    expect(max.open().presence.people(), "without a server nobody's presence is known").toEqual([]);
    await time.hold(server.start());
    expect(await untilMaxReads("break")).toEqual(lunch);

    await ana.crash();
    await untilQuiet(ana);
    expect(ana.open().presence.mine()).toMatchObject({ presence: "break", reason: "lunch" });
    expect(await untilMaxReads("break")).toEqual(lunch);
  },
);
