import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../shared/entities/id.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createTestIdentities, people, testTenant } from "../../testing/server/test-identities.ts";
import { inTenant, schema, type Database } from "../database/index.ts";
import { permitDial } from "./dial.ts";
import type { CarrierAccount } from "./port.ts";

/** A Friday, late in the evening of Chicago. */
const night = new Date("2026-11-21T04:00:00.000Z");
const identity = createTestIdentities().signIn(people.ana);
const pbx: CarrierAccount = {
  ...{ tenantId: testTenant, id: "pbx", provider: "sip", numbers: [], webhookUrl: "" },
  ...{ config: {}, credentials: {} },
};
const carrier: CarrierAccount = { ...pbx, id: "carrier", provider: "twilio" };
let db: Database;

beforeAll(async () => {
  db = await openTestDatabase();
  await db.owner.insert(schema.tenants).values({ id: testTenant, name: "Test" });
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
  const refused = await dial(pbx, "call-3", "+13125550147", night);
  expect(refused).toMatchObject({ ok: false, error: { details: { reason: "window" } } });
});
