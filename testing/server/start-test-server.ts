import { sql } from "drizzle-orm";
import type { Clock } from "../../shared/result/ports.ts";
import { readConfig, type ServerConfig } from "../../sync-server/config.ts";
import { inSystem, inTenant, type Database } from "../../sync-server/database/index.ts";
import { startServer, type RunningServer, type ServerContext } from "../../sync-server/server.ts";
import type { Identify } from "../../sync-server/http/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { openTestDatabase } from "./open-test-database.ts";
import { createTestIdentities, people, testTenant, type TestIdentities } from "./test-identities.ts";

export type TestServer = RunningServer & {
  identities: TestIdentities;
  tenantId: typeof testTenant;
};

export type TestServerOptions = {
  /** An open database, e.g. `await openTestPostgres()`; closed with the server. Without it: PGlite in memory. */
  db?: Database;
  /** Share one sign-in between two nodes. */
  identities?: TestIdentities;
  clock?: Clock;
  config?: Partial<ServerConfig>;
  /** Adds a capability that the test is about. */
  add?: (
    context: ServerContext & { identify: Identify },
  ) => { stop(): Promise<void> } | Promise<{ stop(): Promise<void> }>;
};

/**
 * A real server on a free port of 127.0.0.1 with a tenant, two teams and four people, in about half a second.
 * `server.identities.signIn(people.ana)` gives `{ token, deviceId, … }` for requests as a new device of Ana.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const identities = options.identities ?? createTestIdentities();
  const db = options.db ?? (await openTestDatabase());
  await seedTenant(db);
  const config = {
    ...readConfig({ PORT: "0", LOG_LEVEL: "error" }),
    requestsPerMinute: 1_000_000,
    ...options.config,
  };
  const { identify } = identities;
  const server = await startServer(
    config,
    async (context) => ({ identify, ...(await options.add?.({ ...context, identify })) }),
    { db, ...(options.clock ? { clock: options.clock } : {}) },
  );
  return { ...server, identities, tenantId: testTenant };
}

async function seedTenant(db: Database): Promise<void> {
  await inSystem(db, (tx) =>
    tx.execute(sql`INSERT INTO tenants (id, name) VALUES (${testTenant}, 'Test') ON CONFLICT DO NOTHING`),
  );
  const now = "2026-01-01T09:00:00.000Z";
  await inTenant(db, { tenantId: testTenant }, async (tx) => {
    await saveRecords(tx, testTenant, "settings", [...teams(), ...persons(), business], { now });
  });
}

const business = {
  id: "business",
  kind: "business",
  order: 0,
  name: "Test",
  industry: "",
  terms: {},
  timeZone: "Europe/London",
  country: "GB",
  currency: "GBP",
  hours: [null, null, null, null, null, null, null],
  holidays: [],
};

function teams() {
  return ["north", "south"].map((id, order) => ({
    id: `team:${id}`,
    kind: "team",
    order,
    teamId: id,
    name: id,
  }));
}

function persons() {
  return Object.values(people).map(({ userId, name, role, teamIds }, order) => ({
    id: `person:${userId}`,
    kind: "person",
    order,
    userId,
    name,
    email: `${userId}@example.com`,
    role,
    teamIds,
    active: true,
  }));
}
