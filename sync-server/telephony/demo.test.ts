import { expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { schema } from "../database/index.ts";
import { createSimulatedCarrier } from "../providers/simulated-carrier.ts";
import { createSealer } from "../seal.ts";
import { openAccounts } from "./accounts.ts";
import { openDemoLines } from "./demo.ts";

test("demo tenants have their line and their carrier before anybody asks; other tenants get neither", async () => {
  const db = await openTestDatabase();
  try {
    await db.owner.insert(schema.tenants).values([
      { id: "demo", name: "Demo", kind: "demo" },
      { id: "acme", name: "Acme" },
    ]);
    const accounts = openAccounts({
      ...{ db, clock: systemClock, sealer: createSealer("a secret for tests, of thirty-two characters") },
      carriers: { simulator: createSimulatedCarrier({ dataDir: "", log: {} as never }).carrier },
      serverUrl: () => "http://127.0.0.1:1",
    });
    const started: string[] = [];
    const start = async ({ tenantId }: { tenantId: string }) => void started.push(tenantId);
    const demo = { start, callers: async () => [], call: async () => false };
    await openDemoLines({ db, accounts }, demo);
    await openDemoLines({ db, accounts }, demo);
    expect(started).toEqual(["demo", "demo"]);
    expect(await accounts.ofTenant("demo")).toMatchObject({ account: { provider: "simulator" } });
    expect(await accounts.ofTenant("acme")).toBeNull();
  } finally {
    await db.close();
  }
});
