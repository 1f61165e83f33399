import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { startTestServer, type TestServer } from "../../testing/server/start-test-server.ts";
import { testTenant as tenantId } from "../../testing/server/test-identities.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { saveRecords } from "./index.ts";

const now = "2026-11-22T10:00:00.000Z";
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const work = <T>(done: (tx: Tx) => Promise<T>) => inTenant(server.db, { tenantId }, done);

test("some fields of a record change, and whoever sees its lead goes on seeing it", async () => {
  const lead = { id: "lead-1", ...fields.lead({ ownerId: "ben", teamId: null }) };
  const approval = {
    ...{
      id: "approval-1",
      kind: "approval",
      callId: null,
      leadId: "lead-1",
      agentId: "ana",
      teamId: "north",
    },
    ...{ at: now, about: "email", letterHash: "a".repeat(64), state: "waiting", byId: null, decidedAt: null },
    reason: "",
  };
  await work((tx) => saveRecords(tx, tenantId, "leads", [lead], { now }));
  await work((tx) => saveRecords(tx, tenantId, "insights", [approval], { now }));
  const read = sql`SELECT audience, doc->>'state' AS state FROM insights WHERE id = 'approval-1'`;
  const stored = () => work((tx) => rowsOf<{ audience: string[]; state: string }>(tx, read));
  const [{ audience } = { audience: [] }] = await stored();
  expect(audience).toContain("user:ben");
  const change = { id: "approval-1", state: "approved" };
  await work((tx) => saveRecords(tx, tenantId, "insights", [change], { now, onlyLiving: true }));
  expect(await stored()).toEqual([{ audience, state: "approved" }]);
});
