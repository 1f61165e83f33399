import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WireError } from "../shared/sync/wire.ts";
import { openTestDatabase } from "../testing/server/open-test-database.ts";
import { fields } from "../testing/fakes/blank-fields.ts";
import { createTestDevice, edit } from "../testing/server/test-device.ts";
import { people } from "../testing/server/test-identities.ts";
import { startTestServer, type TestServer } from "../testing/server/start-test-server.ts";

describe("a running server", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());
  const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

  test("is alive and ready", async () => {
    for (const path of ["/health", "/health/live", "/health/ready"])
      expect((await get(path)).status).toBe(200);
  });

  test("describes itself in OpenAPI 3.1 and shows the reference from its own disk", async () => {
    const document = (await (await get("/openapi.json")).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(["/api/v1/sync/pull", "/api/v1/sync/push"]),
    );
    const page = await (await get("/reference/")).text();
    expect(page).toContain("swagger-ui");
    expect(page).not.toMatch(/(?:src|href)="https?:/u);
  });

  test("shows its metrics to this machine, and to whoever has the token where one is set", async () => {
    const device = createTestDevice(server, people.ana);
    await device.push(edit.create("leads", fields.lead({ ownerId: "ana" })));
    const text = await (await get("/metrics")).text();
    expect(text).toMatch(/ringside_sync_edits_total\{outcome="accepted"\} 1/u);
    expect(text).toContain("ringside_nodejs_eventloop_lag_seconds");
    expect(text).toContain("ringside_http_request_seconds");
    const guarded = await startTestServer({ config: { metricsToken: "a-long-metrics-token" } });
    const ask = (authorization: string) => fetch(`${guarded.url}/metrics`, { headers: { authorization } });
    expect((await ask("Bearer wrong")).status).toBe(403);
    expect((await ask("Bearer a-long-metrics-token")).status).toBe(200);
    await guarded.close();
  });

  test("sends the headers that browsers protect people with, and a request id", async () => {
    const { headers } = await get("/health");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/u);
  });

  test.each<[string, string, RequestInit, number]>([
    ["an unknown address", "/nothing", {}, 404],
    ["no sign-in", "/api/v1/sync/pull", { method: "POST", body: "{}" }, 401],
    ["half a body", "/api/v1/sync/pull", { method: "POST", body: '{"protocol":' }, 400],
    [
      "another type of body",
      "/api/v1/sync/pull",
      { method: "POST", body: "x", headers: { "content-type": "text/x" } },
      415,
    ],
    [
      "too large a body",
      "/api/v1/sync/pull",
      { method: "POST", body: JSON.stringify("x".repeat(1_100_000)) },
      413,
    ],
    ["a broken address", "/%E0%A4%A", {}, 400],
  ])("answers %s with a typed error and nothing of its insides", async (what, path, init, status) => {
    const response = await get(path, {
      ...init,
      headers: { "content-type": "application/json", ...tokenFor(what), ...(init.headers as object) },
    });
    const body: unknown = await response.json();
    expect(response.status).toBe(status);
    expect(WireError.safeParse(body).error).toBeUndefined();
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*\.ts|SELECT/u);
  });

  function tokenFor(what: string): Record<string, string> {
    if (what === "no sign-in") return {};
    return { authorization: `Bearer ${server.identities.signIn(people.ana).token}` };
  }

  test("limits how often one session may ask", async () => {
    const limited = await startTestServer({ config: { requestsPerMinute: 5 } });
    const ask = () => fetch(`${limited.url}/openapi.json`, { headers: { authorization: "Bearer somebody" } });
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask()).status));
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    const other = await fetch(`${limited.url}/openapi.json`, {
      headers: { authorization: "Bearer somebody else" },
    });
    expect(other.status).toBe(200);
    await limited.close();
  });
});

test("what begins once a server listens has begun when it runs, so that stopping it leaves nothing at work", async () => {
  const news: string[] = [];
  const server = await startTestServer({
    add({ app }) {
      for (const name of ["first", "second"])
        app.addHook("onListen", async () => {
          await wait(10);
          news.push(`${name} began`);
        });
      return { stop: async () => void news.push("stopped") };
    },
  });
  await server.close();
  expect(news).toEqual(["first began", "second began", "stopped"]);
});

test("a server that stops finishes what is under way, ends its streams, and loses nothing it had taken", async () => {
  const db = await openTestDatabase();
  // The database outlives the server here, so that the test can look into it.
  const server = await startTestServer({ db: { ...db, close: () => Promise.resolve() } });
  const ana = createTestDevice(server, people.ana);
  const stream = await ana.listen();
  await stream.welcomed();
  const pushes = Array.from({ length: 10 }, () => edit.create("leads", fields.lead({ ownerId: "ana" }))).map(
    (one) =>
      ana.push(one).then(
        () => one.id,
        () => null,
      ),
  );
  // The others are under way then.
  await Promise.race(pushes);
  await server.close();
  const taken = (await Promise.all(pushes)).filter((id) => id !== null);
  expect(taken.length, "nothing was under way").toBeGreaterThan(0);
  await stream.next((message) => message.type === "end" && message.why === "server-stopping");
  const after = await startTestServer({ db, identities: server.identities });
  const again = createTestDevice(after, people.ana);
  await again.pull("leads");
  expect(again.of("leads").map(({ id }) => id)).toEqual(expect.arrayContaining(taken as string[]));
  await after.close();
});
