import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { waitingForRows } from "../../testing/postgres/waiting-for-rows.ts";
import { inSystem, inTenant } from "../database/index.ts";
import { saveRecords, takeCallEvents } from "../sync/index.ts";
import { endUnclaimed } from "./unclaimed-calls.ts";

test("a call that nobody claims is looked at after its lead, as whoever tells of it does: neither waits for the other", async () => {
  const db = await openTestPostgres();
  const [tenantId, now] = ["tenant-1", "2026-11-22T09:00:00.000Z"];
  const head = (seq: number) => ({ source: "device:ben", key: `${seq}`, seq, at: now });
  const events = [
    { ...head(0), type: "offered", from: "+13125550147", to: "101", provider: "sip", leadId: "lead" },
    { ...head(1), type: "answered", agentId: "ben" },
    {
      ...head(2),
      ...{ type: "transfer-started", transferId: "t", mode: "blind" },
      target: { kind: "agent", userId: "ana" },
    },
    { ...head(3), type: "transfer-completed", transferId: "t" },
  ].map((event) => CallEvent.parse(event));
  await inSystem(db, (tx) => tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${tenantId}, 'One')`));
  await inTenant(db, { tenantId }, async (tx) => {
    await saveRecords(tx, tenantId, "leads", [{ id: "lead", name: "Maria", ownerId: "ben" }], { now });
    await takeCallEvents(tx, tenantId, new Map([["call", events]]), { now });
  });
  const looked = await inTenant(db, { tenantId }, async (tx) => {
    await tx.execute(sql`SELECT id FROM leads WHERE id = 'lead' FOR UPDATE`);
    const looking = endUnclaimed(
      { db, clock: { now: () => Date.parse(now) + 300_000 } },
      { tenantId, key: "call" },
    );
    await expect.poll(() => waitingForRows(db)).toBe(1);
    await tx.execute(sql`SELECT id FROM calls WHERE id = 'call' FOR UPDATE NOWAIT`);
    return { looking };
  });
  expect(await looked.looking).toBeUndefined();
  await db.close();
});
