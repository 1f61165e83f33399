import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant } from "../../testing/server/test-identities.ts";
import { accountId, openLineStage, type LineStage } from "../../testing/telephony/open-line-stage.ts";
import { sharedDatabase } from "../../testing/telephony/shared-database.ts";
import { inTenant, rowsOf, schema } from "../database/index.ts";

let stage: LineStage;
let database: Awaited<ReturnType<typeof sharedDatabase>>;
beforeAll(async () => {
  database = await sharedDatabase(openTestDatabase);
});
beforeEach(async () => {
  stage = await openLineStage(await database.empty());
});
afterEach(() => stage.close());
afterAll(() => database.close());

const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000, interval: 10 });
const tenant = { tenantId: testTenant };

test("a stored webhook that cannot be applied holds up no other, and is kept with what is wrong", async () => {
  const unreadable = { ...tenant, accountId, identity: "of a version to come", notice: { kind: "to come" } };
  await inTenant(stage.db, tenant, (tx) => tx.insert(schema.webhookInbox).values(unreadable));
  await stage.present("ana");
  await stage.callIn();
  const desk = () => stage.fake.legs().find(({ to }) => to.kind === "desk");
  await soon(() => desk()?.status).toBe("ringing");
  stage.fake.end(desk() ?? stage.fake.caller(), "busy");
  // Nobody is left who could take it: the report has been applied.
  await soon(() => stage.fake.legs()[0]?.script.some((step) => step.do === "take-message")).toBe(true);
  const [kept] = await inTenant(stage.db, tenant, (tx) =>
    rowsOf<{ error: string }>(
      tx,
      sql`SELECT error FROM webhook_inbox WHERE identity = 'of a version to come' AND attempts > 0`,
    ),
  );
  expect(kept?.error).toContain("kind");
});

test("a webhook that is signed and makes no sense is refused, and not stored", async () => {
  for (const fields of [
    { CallSid: "C".repeat(65) },
    { CallSid: "CA1", Timestamp: "+010000-01-01T00:00:00Z" },
  ]) {
    const told = await stage.post("/status", { CallStatus: "ringing", SequenceNumber: "0", ...fields });
    expect(told.status).toBe(400);
  }
  const stored = await inTenant(stage.db, tenant, (tx) => rowsOf(tx, sql`SELECT 1 FROM webhook_inbox`));
  expect(stored).toEqual([]);
});
