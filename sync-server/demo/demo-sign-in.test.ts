import { like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import { DemoPeople, SignedIn } from "../../shared/sync/session-wire.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { deskClient, startAuthServer, type AuthServer } from "../../testing/server/start-auth-server.ts";
import { isOnThisMachine } from "../auth/demo-sign-in.ts";
import { inTenant, schema, type Database } from "../database/index.ts";
import { ensureDemoTenant } from "./index.ts";

const path = "/api/v1/session/demo";

describe("one-click sign-in", () => {
  let db: Database;
  let server: AuthServer;

  beforeAll(async () => {
    db = await openTestDatabase();
    server = await startAuthServer(db);
  });
  afterAll(() => server.close());

  test("is off until the demo tenant was made here", async () => {
    expect((await server.ask(path)).status).toBe(404);
    const body = { userId: "demo-ana", client: deskClient("a desk") };
    expect((await server.ask(path, { body })).status).toBe(404);
  });

  test("the demo tenant is made once, in one piece", async () => {
    expect(await ensureDemoTenant({ db, clock: systemClock }, { leadCount: 200 })).toBe(true);
    expect(await ensureDemoTenant({ db, clock: systemClock }, { leadCount: 200 })).toBe(false);
    const leads = await inTenant(db, { tenantId: "demo-northgate" }, (tx) => tx.select().from(schema.leads));
    expect(leads).toHaveLength(200);
    const maria = leads.find(({ doc }) => doc["name"] === "Maria Kowalski");
    expect(maria?.doc.kept).toMatchObject([{ field: "custom.budget", value: 600_000, settledAt: null }]);
    expect(maria?.audience).toEqual(["all", "team:demo-new-business", "user:demo-ana"]);
  });

  test("a demo of before coaching gets its playbooks, one that has any is left alone", async () => {
    const count = async (): Promise<unknown> => {
      const settings = await inTenant(db, { tenantId: "demo-northgate" }, (tx) =>
        tx.select().from(schema.settings),
      );
      return settings.filter(({ id }) => id.startsWith("playbook:")).length;
    };
    await db.owner.delete(schema.settings).where(like(schema.settings.id, "playbook:%"));
    await db.owner.delete(schema.settings).where(like(schema.settings.id, "scorecard:%"));
    await ensureDemoTenant({ db, clock: systemClock });
    expect(await count()).toBe(4);
    await db.owner.delete(schema.settings).where(like(schema.settings.id, "playbook:c%"));
    await ensureDemoTenant({ db, clock: systemClock });
    expect(await count()).toBe(3);
  });

  test("lists everybody, Ana first, and signs in as each of them", async () => {
    const { people, tenantName } = DemoPeople.parse((await server.ask(path)).body);
    expect(tenantName).toBe("Northgate Workspaces");
    expect(people[0]).toMatchObject({ name: "Ana Ruiz", role: "agent", about: "Agent, New business" });
    expect(new Set(people.map(({ role }) => role))).toEqual(
      new Set(["agent", "manager", "admin", "operator"]),
    );
    for (const { userId, role } of people) {
      const answer = await server.ask(path, { body: { userId, client: deskClient(`desk of ${userId}`) } });
      const { session, token } = SignedIn.parse(answer.body);
      expect(session).toMatchObject({ role, user: { id: userId }, demo: role !== "operator" });
      expect((await server.ask("/api/v1/session", { token: token ?? "" })).status).toBe(200);
    }
  });

  test("gives nobody else away", async () => {
    const { users, members } = schema;
    await db.owner.insert(users).values({ id: "real", name: "Real", email: "real@customer.example" });
    await db.owner.insert(members).values({ tenantId: "demo-northgate", userId: "real", role: "agent" });
    const { people } = DemoPeople.parse((await server.ask(path)).body);
    expect(people.map(({ userId }) => userId)).not.toContain("real");
    const body = { userId: "real", client: deskClient("a desk") };
    expect((await server.ask(path, { body })).status).toBe(404);
  });

  test("is off for whoever comes through a proxy or by another name", async () => {
    for (const headers of [{ "x-forwarded-for": "203.0.113.9" }, { forwarded: "for=203.0.113.9" }]) {
      expect((await server.ask(path, { headers: headers as never })).status).toBe(404);
    }
  });

  test("is off on a server that listens to the world, to other machines and to rebound names", () => {
    const request = (host: string, remoteAddress = "127.0.0.1") =>
      ({ headers: { host }, socket: { remoteAddress } }) as Parameters<typeof isOnThisMachine>[1];
    expect(isOnThisMachine("127.0.0.1", request("127.0.0.1:4780"))).toBe(true);
    expect(isOnThisMachine("localhost", request("localhost:4780", "::1"))).toBe(true);
    expect(isOnThisMachine("0.0.0.0", request("127.0.0.1:4780"))).toBe(false);
    expect(isOnThisMachine("::", request("localhost:4780"))).toBe(false);
    expect(isOnThisMachine("127.0.0.1", request("evil.example:4780"))).toBe(false);
    expect(isOnThisMachine("127.0.0.1", request("localhost.evil.example"))).toBe(false);
    expect(isOnThisMachine("127.0.0.1", request("127.0.0.1:4780", "192.0.2.7"))).toBe(false);
  });
});
