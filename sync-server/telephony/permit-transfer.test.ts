import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallTarget } from "../../shared/calls/call-event.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createTestIdentities, people, testTenant } from "../../testing/server/test-identities.ts";
import { inTenant, rowsOf, schema, type Database } from "../database/index.ts";
import { createSipCarrier } from "../providers/sip/index.ts";
import { saveRecords } from "../sync/index.ts";
import { permitTransfer } from "./permit-transfer.ts";
import type { CarrierAccount } from "./port.ts";

const now = new Date("2026-11-21T15:00:00.000Z");
const identity = createTestIdentities().signIn(people.ana);
const account: CarrierAccount = {
  ...{ tenantId: testTenant, id: "pbx", provider: "sip", numbers: [], webhookUrl: "", credentials: {} },
  config: {
    ...{ server: "wss://pbx.example", domain: "pbx.example" },
    agents: [
      { userId: "ana", username: "101" },
      { userId: "ben", username: "102" },
    ],
  },
};
let db: Database;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
  const numbers = ["ana", "ben"].map((agentId, index) => ({ ...{ tenantId: testTenant, agentId }, number: `+1212555010${index + 1}`, accountId: "pbx" })); // prettier-ignore
  await db.owner.insert(schema.telephonyNumbers).values(numbers);
  const leads = [
    { id: "lead-1", ...fields.lead({ phone: "+13125550147", doNotCall: true, ownerId: "ben" }) },
  ];
  await inTenant(db, { tenantId: testTenant }, (tx) =>
    saveRecords(tx, testTenant, "leads", leads, { now: now.toISOString() }),
  );
});
afterAll(() => db.close());

const ask = (target: CallTarget, of: CarrierAccount = account) =>
  inTenant(
    db,
    identity,
    (tx) =>
    permitTransfer(tx, { account: of, carrier: createSipCarrier({ mayReachInside: true }) }, identity, { callId: "call-1", target }, { ip: "", now }), // prettier-ignore
  );
const number = (text: string) => ask({ kind: "number", number: text });

test("a colleague is called by their extension, not by their name here", async () => {
  expect(await ask({ kind: "agent", userId: "ben" as never })).toEqual({ ok: true, value: { to: "102" } });
  expect(await ask({ kind: "agent", userId: "max" as never })).toMatchObject({ ok: false });
});

test("numbers and extensions of the exchange may be called, whatever the hour", async () => {
  expect(await number("+1 312 555 0148")).toEqual({ ok: true, value: { to: "+13125550148" } });
  expect(await number("60 01")).toEqual({ ok: true, value: { to: "6001" } });
});

test("a call is not given to the number of whoever has it, however it is typed", async () => {
  expect(await number("(212) 555-0101")).toEqual({ ok: false, error: "You have this call already." });
  expect(await number("(212) 555-0102")).toMatchObject({ ok: true });
});

test("nor to their own extension, by which nobody would be reached but themselves", async () => {
  const refused = { ok: false, error: "You have this call already." };
  expect(await number("101")).toEqual(refused);
  expect(await number("1-01")).toEqual(refused);
  expect(await ask({ kind: "agent", userId: people.ana.userId as never })).toEqual(refused);
  expect(await number("102")).toEqual({ ok: true, value: { to: "102" } });
});

test("who asked not to be called is not by way of a desk's own transfer, and that it was tried is kept", async () => {
  expect(await number("+13125550147")).toEqual({ ok: false, error: "This lead asked not to be called." });
  const audited = await inTenant(db, identity, (tx) =>
    rowsOf(tx, sql`SELECT subject FROM audit_log WHERE action = 'call.blocked'`),
  );
  expect(audited).toEqual([{ subject: "calls/call-1" }]);
});

test("queues of the server's are none of the exchange's, and a carrier's calls are transferred by the server", async () => {
  expect(await ask({ kind: "queue", queue: "sales" })).toMatchObject({ ok: false });
  expect(
    await ask({ kind: "number", number: "+13125550148" }, { ...account, provider: "twilio" }),
  ).toMatchObject({ ok: false });
});
