import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { waitingForRows } from "../../testing/postgres/waiting-for-rows.ts";
import { webhooksSuite } from "../../testing/telephony/webhooks-suite.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { openInbox } from "./inbox.ts";

describe("webhooks on PostgreSQL", () => webhooksSuite(openTestPostgres));

test("what two nodes are told in another order is stored, and neither answers with a fault", async () => {
  const db = await openTestPostgres();
  const tenantId = "two-nodes";
  const inbox = openInbox(db, () => {});
  const store = (identity: string) =>
    inbox.store({
      ...{ tenantId, accountId: "account", identity, receivedAt: new Date() },
      notice: { kind: "joined", legId: null, sid: identity },
    });
  const storeElsewhere = (tx: Tx, identity: string) =>
    tx.execute(sql`INSERT INTO webhook_inbox (tenant_id, account_id, identity, notice)
                   VALUES (${tenantId}, 'account', ${identity}, '{}') ON CONFLICT DO NOTHING`);
  const stored = await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL deadlock_timeout = '5s'`);
    await storeElsewhere(tx, "second");
    const told = Promise.allSettled([store("first"), store("second")]);
    await expect.poll(() => waitingForRows(db)).toBe(1);
    // Each waits for the other: PostgreSQL ends one of the two, as a rule the one that looks for that sooner.
    await storeElsewhere(tx, "first").catch(() => {});
    return { told };
  });
  expect((await stored.told).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  const kept = await inTenant(db, { tenantId }, (tx) =>
    rowsOf(tx, sql`SELECT identity FROM webhook_inbox ORDER BY identity`),
  );
  expect(kept).toEqual([{ identity: "first" }, { identity: "second" }]);
  await db.close();
});
