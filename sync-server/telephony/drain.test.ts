import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { testTenant } from "../../testing/server/test-identities.ts";
import { accountId } from "../../testing/telephony/open-line-stage.ts";
import { useLineStage } from "../../testing/telephony/use-line-stage.ts";
import { inTenant, rowsOf, schema } from "../database/index.ts";

const at = useLineStage(openTestDatabase);
const tenant = { tenantId: testTenant };

test("a stored webhook that cannot be applied holds up no other, and is kept with what is wrong", async () => {
  const unreadable = { ...tenant, accountId, identity: "of a version to come", notice: { kind: "to come" } };
  await inTenant(at.stage.db, tenant, (tx) => tx.insert(schema.webhookInbox).values(unreadable));
  await at.stage.present("ana");
  const { caller } = await at.stage.callIn();
  at.stage.fake.end(await at.untilRings("ana"), "busy");
  // Nobody is left who could take it: the report has been applied.
  await at.soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
  const [kept] = await inTenant(at.stage.db, tenant, (tx) =>
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
    const told = await at.stage.post("/status", { CallStatus: "ringing", SequenceNumber: "0", ...fields });
    expect(told.status).toBe(400);
  }
  const stored = await inTenant(at.stage.db, tenant, (tx) => rowsOf(tx, sql`SELECT 1 FROM webhook_inbox`));
  expect(stored).toEqual([]);
});
