import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { systemTimers } from "../../shared/result/ports.ts";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { waitingForRows } from "../../testing/postgres/waiting-for-rows.ts";
import { scoringSuite } from "../../testing/scoring/scoring-suite.ts";
import { inSystem, inTenant, rowsOf } from "../database/index.ts";
import { removeRecords, saveRecords } from "../sync/index.ts";
import { scoreJob, scorePage } from "./score-job.ts";

describe("scoring on PostgreSQL", () => scoringSuite(() => openTestPostgres()));

test("a lead that is deleted while it is scored stays deleted", async () => {
  const db = await openTestPostgres();
  const [tenantId, now] = ["tenant-1", "2026-11-21T12:00:00.000Z"];
  await inSystem(db, (tx) => tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${tenantId}, 'One')`));
  await inTenant(db, { tenantId }, (tx) => saveRecords(tx, tenantId, "leads", [{ id: "lead", ...fields.lead() }], { now })); // prettier-ignore

  const scored = await inTenant(db, { tenantId }, async (tx) => {
    await removeRecords(tx, tenantId, "leads", ["lead"], { now });
    const deps = { db, clock: { now: () => Date.parse(now) }, timers: systemTimers, log: {} as never };
    const scoring = scorePage(deps, { tenantId, kind: scoreJob, key: "leads", payload: {}, attempt: 1 });
    await expect.poll(() => waitingForRows(db)).toBe(1);
    return { scoring };
  });
  await scored.scoring;
  const rows = await inTenant(db, { tenantId }, (tx) => rowsOf(tx, sql`SELECT deleted FROM leads`));
  expect(rows).toEqual([{ deleted: true }]);
  await db.close();
});
