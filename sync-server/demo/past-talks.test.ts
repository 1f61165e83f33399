import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createReportMaker } from "../coaching/index.ts";
import { inTenant, rowsOf } from "../database/index.ts";
import { createJobs } from "../jobs/index.ts";
import { demoTenant } from "./people.ts";
import { demoWork } from "./past-talks.ts";
import { ensureDemoTenant } from "./ensure-demo-tenant.ts";

const tenantId = demoTenant.id;

test("past calls get their words and reports while the server runs, once; a demo of before coaching too", async () => {
  const db = await openTestDatabase();
  const ports = { db, clock: systemClock, timers: systemTimers, random: seededRandom(1) };
  const reports = createReportMaker(ports);
  const jobs = createJobs({ ...ports, handlers: demoWork({ ...ports, reports }), failed: (_job, error) => expect.fail(String(error)) }); // prettier-ignore
  const count = async (of: ReturnType<typeof sql>) => {
    const [row] = await inTenant(db, { tenantId }, (tx) => rowsOf<{ n: number }>(tx, sql`SELECT count(*)::int AS n FROM ${of}`)); // prettier-ignore
    return row?.n ?? 0;
  };
  const waiting = () => count(sql`jobs WHERE kind = 'demo.talks'`);
  await ensureDemoTenant(ports, { leadCount: 80 });
  expect([await waiting(), await count(sql`segments`)]).toEqual([1, 0]);
  await jobs.start();
  await expect.poll(waiting, { interval: 50 }).toBe(0);
  const calls = await count(sql`(SELECT DISTINCT doc->>'callId' FROM segments) AS calls`);
  expect(calls).toBeGreaterThan(3);
  expect(await count(sql`insights WHERE doc->>'kind' = 'report' AND doc->>'playbook' <> ''`)).toBe(calls);
  const ofMaria = sql`segments JOIN leads ON leads.id = segments.doc->>'leadId' WHERE leads.doc->>'name' = 'Maria Kowalski'`;
  expect(await count(ofMaria)).toBeGreaterThan(10);
  await ensureDemoTenant(ports);
  expect(await waiting()).toBe(0);
  await jobs.stop();
  await reports.stop();
  await db.transaction((tx) => tx.execute(sql`DELETE FROM segments`));
  await ensureDemoTenant(ports);
  expect(await waiting()).toBe(1);
  await db.close();
});
