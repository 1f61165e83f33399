import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../shared/entities/id.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createTestIdentities, people, testTenant } from "../../testing/server/test-identities.ts";
import { inTenant, rowsOf, schema, type Database } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { permitDial } from "./dial.ts";
import type { CarrierAccount } from "./port.ts";

/** A Friday, at noon and late in the evening of Chicago. */
const noon = new Date("2026-11-20T18:00:00.000Z");
const night = new Date("2026-11-21T04:00:00.000Z");
const identity = createTestIdentities().signIn(people.ana);
const pbx: CarrierAccount = {
  ...{ tenantId: testTenant, id: "pbx", provider: "sip", numbers: [], webhookUrl: "" },
  ...{ config: {}, credentials: {} },
};
const carrier: CarrierAccount = { ...pbx, id: "carrier", provider: "twilio" };
let db: Database;

const [annas, shared, bens] = ["+13125550147", "+13125550148", "+13125550149"];

beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
  const leads = [
    { id: "anna", ...fields.lead({ phoneSecond: annas, ownerId: "ana" }) },
    { id: "wife", ...fields.lead({ phone: shared, ownerId: "ana" }) },
    { id: "husband", ...fields.lead({ phone: shared, ownerId: "ana" }) },
    { id: "of-ben", ...fields.lead({ phone: bens, ownerId: "ben" }) },
  ];
  await inTenant(db, { tenantId: testTenant }, (tx) =>
    saveRecords(tx, testTenant, "leads", leads, { now: night.toISOString() }),
  );
});
afterAll(() => db.close());

const dial = (account: CarrierAccount, callId: string, to: string, now: Date) =>
  inTenant(db, identity, (tx) =>
    permitDial(tx, account, identity, { callId: callId as RecordId, to, leadId: null }, { ip: "", now }),
  );

test("an extension of the company's own exchange is dialled at any hour, as the exchange knows it", async () => {
  const permit = await dial(pbx, "call-1", "60 01", night);
  expect(permit).toMatchObject({ ok: true, value: { to: "6001", announce: false } });
});

test("a carrier is not asked for a short number, which may be a service that costs anything", async () => {
  const refused = await dial(carrier, "call-2", "6001", night);
  expect(refused).toMatchObject({ ok: false, error: { code: "blocked", details: { reason: "number" } } });
  expect(!refused.ok && refused.error.message).toContain("company's own exchange");
});

test("a number outside has its hours at an exchange as elsewhere", async () => {
  const refused = await dial(pbx, "call-3", annas, night);
  expect(refused).toMatchObject({ ok: false, error: { details: { reason: "window" } } });
});

test.each([
  ["one person's, it is theirs", annas, "anna"],
  ["shared, it is nobody's by chance", shared, null],
  ["a colleague's lead's, it is nobody's whom the caller may not see", bens, null],
])("a call to a bare number is the lead's: where it is %s", async (_, to, leadId) => {
  const callId = `call to ${to}`;
  expect(await dial(pbx, callId, to, noon)).toMatchObject({ ok: true });
  const calls = await inTenant(db, { tenantId: testTenant }, (tx) =>
    rowsOf(
      tx,
      sql`SELECT parent_id AS parent, doc->>'leadId' AS "leadId", doc->'line'->>'leadId' AS "onLine"
          FROM calls WHERE id = ${callId}`,
    ),
  );
  expect(calls).toEqual([{ parent: leadId, leadId, onLine: leadId }]);
});
