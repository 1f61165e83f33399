import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { givenAwaySuite } from "../../testing/coaching/given-away-suite.ts";
import { reportSuite } from "../../testing/coaching/report-suite.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { waitingForRows } from "../../testing/postgres/waiting-for-rows.ts";
import { inSystem, inTenant, rowsOf } from "../database/index.ts";
import { removeRecords, saveRecords } from "../sync/index.ts";
import { giveSegments } from "./give-segments.ts";

describe("coaching on PostgreSQL", () => reportSuite(() => openTestPostgres()));
describe("calls given away on PostgreSQL", () => givenAwaySuite(() => openTestPostgres()));

test("what was said in a call that is deleted while its words are given away stays deleted", async () => {
  const db = await openTestPostgres();
  const [tenantId, now] = ["tenant-1", "2026-11-21T12:00:00.000Z"];
  await inSystem(db, (tx) => tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${tenantId}, 'One')`));
  const whose = { leadId: null, teamId: null };
  await inTenant(db, { tenantId }, async (tx) => {
    await saveRecords(tx, tenantId, "calls", [{ id: "call", ...whose, agentId: "ana" }], { now });
    const words = { id: "words", ...whose, agentId: null, callId: "call", text: "My name is Maria." };
    await saveRecords(tx, tenantId, "segments", [words], { now });
  });

  const given = await inTenant(db, { tenantId }, async (tx) => {
    await removeRecords(tx, tenantId, "calls", ["call"], { now });
    const giving = inTenant(db, { tenantId }, (other) =>
      giveSegments(other, tenantId, "call", new Date(now)),
    );
    await expect.poll(() => waitingForRows(db)).toBe(1);
    return { giving };
  });
  await given.giving;
  const rows = await inTenant(db, { tenantId }, (tx) => rowsOf(tx, sql`SELECT deleted FROM segments`));
  expect(rows).toEqual([{ deleted: true }]);
  await db.close();
});
