import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import type { RecordId } from "../../shared/entities/id.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import {
  createTestIdentities,
  people,
  testTenant,
  type PersonName,
} from "../../testing/server/test-identities.ts";
import { inTenant, rowsOf, schema, type Database } from "../database/index.ts";
import { takeCallEvents } from "../sync/index.ts";
import { controlCall } from "./control-call.ts";
import type { TelephonyDeps } from "./deps.ts";
import { permitDial } from "./dial.ts";
import type { CarrierAccount } from "./port.ts";
import { endUnplaced, unplacedJob } from "./unplaced-dials.ts";

const start = Date.parse("2026-11-20T18:00:00.000Z");
const after = (seconds: number) => new Date(start + seconds * 1_000);
const identities = createTestIdentities();
const pbx: CarrierAccount = {
  ...{ tenantId: testTenant, id: "pbx", provider: "sip", numbers: [], webhookUrl: "" },
  ...{ config: {}, credentials: {} },
};
let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
});
afterAll(() => db.close());

/** Ana is permitted to, and her desk never hears so. */
async function permitted(callId: string): Promise<void> {
  const request = { callId: callId as RecordId, to: "6001", leadId: null };
  const identity = identities.signIn(people.ana);
  const permit = await inTenant(db, identity, (tx) =>
    permitDial(tx, pbx, identity, request, { ip: "", now: after(0) }),
  );
  expect(permit.ok).toBe(true);
}

const sweep = (callId: string, seconds: number) =>
  endUnplaced({ db, clock: { now: () => after(seconds).getTime() } }, { tenantId: testTenant, key: callId });

const lineOf = async (callId: string) => {
  const [row] = await inTenant(db, { tenantId: testTenant }, (tx) =>
    rowsOf<{ line: CallState }>(tx, sql`SELECT doc->'line' AS line FROM calls WHERE id = ${callId}`),
  );
  return row?.line;
};

/** Heard `late` seconds after the dial, told of the beginning of it. */
function deskTells(callId: string, late: number, ...facts: object[]): Promise<unknown> {
  const events = facts.map((fact, seq) => CallEvent.parse({ ...fact, source: "device:desk-ana", key: `${callId}:${late}:${seq}`, seq, at: after(seq + 1).toISOString() })); // prettier-ignore
  return inTenant(db, { tenantId: testTenant }, (tx) =>
    takeCallEvents(tx, testTenant, new Map([[callId, events]]), { now: after(late).toISOString() }),
  );
}

const placed = { type: "requested", from: "", to: "6001", provider: "sip", agentId: "ana", leadId: null };
const answered = { type: "answered", agentId: "ana" };

test("a dial of which no desk says anything has come to nothing once no telephone rings any more", async () => {
  await permitted("lost");
  const jobs = await inTenant(db, { tenantId: testTenant }, (tx) =>
    rowsOf(tx, sql`SELECT kind FROM jobs WHERE key = 'lost' AND kind = ${unplacedJob}`),
  );
  expect(jobs).toHaveLength(1);
  expect(await sweep("lost", 60), "too early").toEqual(after(200));
  expect((await lineOf("lost"))?.phase.phase).toBe("dialling");
  expect(await sweep("lost", 200)).toBeUndefined();
  expect(await lineOf("lost")).toMatchObject({ answeredAt: null, phase: { why: "cancelled" } });
});

test("one that a desk speaks of is looked at for as long as it dials, and left alone when it is talked", async () => {
  await permitted("slow");
  await deskTells("slow", 190, placed);
  expect(await sweep("slow", 200)).toEqual(after(390));
  await deskTells("slow", 195, answered);
  expect(await sweep("slow", 400)).toBeUndefined();
  expect((await lineOf("slow"))?.phase.phase).toBe("live");
});

test("what a desk that nobody heard tells of it in the end outweighs that", async () => {
  await permitted("unheard");
  await sweep("unheard", 200);
  await deskTells("unheard", 900, placed, answered);
  expect(await lineOf("unheard")).toMatchObject({ endedAt: null, phase: { phase: "live" } });
  await deskTells("unheard", 901, { type: "ended", why: "completed" });
  expect(await lineOf("unheard")).toMatchObject({ phase: { why: "completed" } });
});

test("a desk that never heard of its permit takes it back at once, and nobody else does", async () => {
  await permitted("mine");
  const deps = {
    ...{ db, clock: { now: () => after(12).getTime() } },
    accounts: { ofTenant: async () => ({ account: pbx }) },
    jobs: { finish: async () => true },
  } as unknown as TelephonyDeps;
  const hangUp = (who: PersonName, callId: string) =>
    controlCall(deps, identities.signIn(people[who]), callId, { do: "hang-up" }, "");
  await expect(hangUp("ben", "mine")).rejects.toMatchObject({ code: "not-found" });
  await expect(hangUp("ana", "never-permitted")).rejects.toMatchObject({ code: "conflict" });
  await hangUp("ana", "mine");
  expect(await lineOf("mine")).toMatchObject({ phase: { why: "cancelled" } });
});
