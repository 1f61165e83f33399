import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { inSystem, inTenant, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { sql } from "drizzle-orm";
import { arbitraryOf, type JsonSchema } from "./arbitrary-of.ts";
import {
  addPerson,
  hashPassword,
  mintToken,
  startAuthServer,
  type Answer,
  type AuthServer,
} from "./start-auth-server.ts";

type Parameter = { name: string; in: "path" | "query"; schema: JsonSchema };
type Operation = {
  method: string;
  path: string;
  secured: boolean;
  parameters: Parameter[];
  body: JsonSchema | null;
};

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const runs = Number(process.env["FUZZ_RUNS"] ?? 12);
const roles = ["agent", "manager", "admin", "operator"] as const;

/** Signing in, and what a link in a letter is for. */
const beginnings = [
  "GET /api/v1/session/demo",
  "GET /api/v1/session/invitations/{token}",
  "POST /api/v1/session/demo",
  "POST /api/v1/session/invitations/{token}",
  "POST /api/v1/session/password-reset",
  "POST /api/v1/session/password-reset/{token}",
  "POST /api/v1/session/providers",
  "POST /api/v1/session/providers/finish",
  "POST /api/v1/session/providers/{id}/begin",
  "POST /api/v1/session/second-factor",
  "POST /api/v1/session/sign-in",
];
/**
 * OpenAPI has no words for a WebSocket: stream-suite.ts sends it nonsense, no token and a foreign device. What carriers
 * send is theirs to describe: webhooks-suite.ts sends it forged, large and senseless.
 */
const notDescribable = [
  "GET /api/v1/webhooks/twilio/{accountId}/{hook}",
  "POST /api/v1/webhooks/twilio/{accountId}/{hook}",
  "GET /api/v1/sync/stream",
];

/** Every endpoint that the server describes, on one kind of database: bad input gets a typed refusal, never a 500. */
export function fuzzSuite(open: () => Promise<Database>): void {
  let server: AuthServer;
  let db: Database;
  let operations: Operation[];
  let victims: string[];
  let outcomes: Record<string, number> = {};

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    server = await startAuthServer(db);
    for (const tenantId of ["attacker", "victim"]) {
      for (const role of roles)
        await addPerson(db, {
          id: `${tenantId}-${role}`,
          tenantId,
          role,
          teamIds: [`${tenantId}-team`],
          hash,
        });
      await inTenant(db, { tenantId }, (tx) =>
        saveRecords(tx, tenantId, "settings", firstSettings(tenantId), { now: "2026-01-01T09:00:00.000Z" }),
      );
    }
    await server.signIn("victim-agent@test.example");
    const token = await mintToken(db, "victim-admin", "victim");
    const body = { email: "guest@victim.example", role: "agent", teamIds: [] };
    await server.ask("/api/v1/people/invitations", { token, body });
    operations = readOperations((await server.ask("/openapi.json")).body);
    victims = await readIds(db, "victim");
  });
  afterAll(() => server.close());

  const tokenOf = (role: (typeof roles)[number]) => mintToken(db, `attacker-${role}`, "attacker");
  const send = async (operation: Operation, path: string, ask: { body?: unknown; token?: string }) => {
    const answer = await server.ask(path, { method: operation.method, ...ask });
    outcomes = { ...outcomes, [answer.status]: (outcomes[answer.status] ?? 0) + 1 };
    expectTyped(
      answer,
      `${operation.method} ${path} ${JSON.stringify(ask.body)?.slice(0, 300)} (seed ${seed})`,
    );
    return answer;
  };

  test("the server describes every endpoint that it serves: none is left out of what follows", () => {
    const served = server.routes.filter(({ url }) => url.startsWith("/api/v1/"));
    expect(served.length).toBeGreaterThan(45);
    const described = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    const hidden = served
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/gu, "{$1}")}`)
      .filter((one) => !described.has(one));
    expect(hidden).toEqual(notDescribable);
    expect(operations.filter(({ body }) => body !== null).length).toBeGreaterThan(20);
  });

  test("every endpoint needs a session but for those with which one begins", () => {
    const open = operations.filter(({ secured }) => !secured).map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toEqual(beginnings);
  });

  test("nobody gets into an endpoint that needs a session", async () => {
    for (const operation of operations.filter(({ secured }) => secured)) {
      const path = fill(operation, (parameter) => sampleOf(parameter.schema));
      const body = operation.body ? { body: sampleOf(operation.body) } : {};
      const answer = await send(operation, path, body);
      // 426: the protocol is named before the sign-in is looked at.
      expect([400, 401, 426], `${operation.method} ${operation.path} ${answer.status}`).toContain(
        answer.status,
      );
    }
  });

  test("what is no JSON, and what is too large, is refused", async () => {
    const token = await tokenOf("admin");
    for (const operation of operations.filter(({ body }) => body !== null)) {
      const path = fill(operation, (parameter) => sampleOf(parameter.schema));
      expect((await send(operation, path, { token, body: '{"a":' })).status).toBe(400);
      const large = await send(operation, path, {
        token,
        body: JSON.stringify({ text: "x".repeat(tooLarge(operation)) }),
      });
      expect(large.status, operation.path).toBe(413);
    }
  }, 120_000);

  test("another tenant's ids lead nowhere, and nothing of another tenant changes", async () => {
    const before = await readTenant(db, "victim");
    for (const operation of operations.filter(({ parameters }) =>
      parameters.some((one) => one.in === "path"),
    )) {
      for (const id of victims) {
        const path = fill(operation, (parameter) => (parameter.in === "path" ? id : null));
        const body = operation.body ? { body: sampleOf(operation.body) } : {};
        const answer = await send(operation, path, { token: await tokenOf("admin"), ...body });
        expect(JSON.stringify(answer.body)).not.toContain("@victim.example");
        expect(answer.status, `${operation.method} ${path}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(await readTenant(db, "victim")).toEqual(before);
  }, 120_000);

  describe("random input", () => {
    test("gets a typed answer from every endpoint, in every role", async () => {
      for (const [index, operation] of operations.entries()) {
        const inputs = fc.sample(inputOf(operation, victims), { seed: seed + index, numRuns: runs });
        for (const [run, { path, body }] of inputs.entries()) {
          const role = roles[run % 4 === 3 ? 3 : 2] ?? "admin";
          await send(operation, path, {
            token: await tokenOf(role),
            ...(body === undefined ? {} : { body }),
          });
        }
      }
      // The generator is good for nothing unless some of what it makes gets through.
      expect(
        Object.keys(outcomes)
          .map(Number)
          .filter((status) => status < 300).length,
        JSON.stringify(outcomes),
      ).toBeGreaterThan(0);
      expect(
        Object.keys(outcomes)
          .map(Number)
          .filter((status) => status >= 500),
      ).toEqual([]);
    }, 240_000);
  });
}

/** A push may bring a thousand edits with long notes; nothing else is longer than a page of text. */
function tooLarge({ path }: Operation): number {
  return (path.endsWith("/push") ? 16 : 1) * 1024 * 1024 + 1;
}

function expectTyped({ status, body }: Answer, what: string): void {
  expect(status, `${what}: ${JSON.stringify(body)}`).toBeLessThan(500);
  if (status >= 400) expect(WireError.safeParse(body).success, `${what}: ${JSON.stringify(body)}`).toBe(true);
}

function readOperations(document: unknown): Operation[] {
  type Described = { security?: unknown[]; parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: JsonSchema }> } }; // prettier-ignore
  const { paths } = document as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith("/api/v1/"))
      .map(([method, { security = [], parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        secured: security.length > 0,
        parameters,
        body: requestBody?.content["application/json"]?.schema ?? null,
      })),
  );
}

/** Fills the address; null leaves a query parameter out. */
function fill({ path, parameters }: Operation, valueOf: (parameter: Parameter) => unknown): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of parameters) {
    const value = valueOf(parameter);
    if (parameter.in === "path") filled = filled.replace(`{${parameter.name}}`, encode(String(value)));
    else if (value !== null && value !== undefined) query.set(parameter.name, String(value));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

function encode(text: string): string {
  // A lone surrogate has no encoding; a dot alone would be taken for the folder.
  const encoded = encodeURIComponent(text.toWellFormed());
  return encoded === "" || /^\.+$/u.test(encoded) ? "x" : encoded;
}

function inputOf(operation: Operation, ids: string[]): fc.Arbitrary<{ path: string; body: unknown }> {
  const values = fc.tuple(
    ...operation.parameters.map(
      ({ schema, in: place }) =>
      fc.oneof(arbitraryOf(schema), fc.string({ unit: "binary", maxLength: 80 }), place === "path" ? fc.constantFrom(...ids) : fc.constant(null)), // prettier-ignore
    ),
  );
  const bodies: fc.Arbitrary<unknown> = operation.body
    ? fc.oneof(
        { weight: 5, arbitrary: arbitraryOf(operation.body) },
        { weight: 1, arbitrary: fc.jsonValue() },
      )
    : fc.constant(undefined);
  return fc.tuple(values, bodies).map(([given, body]) => ({
    path: fill(operation, (parameter) => given[operation.parameters.indexOf(parameter)]),
    body,
  }));
}

function sampleOf(schema: JsonSchema): unknown {
  return fc.sample(arbitraryOf(schema), { seed, numRuns: 1 })[0];
}

/** Everything that an attacker would have to name. */
async function readIds(db: Database, tenantId: string): Promise<string[]> {
  const rows = await inSystem(db, (tx) =>
    rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM devices WHERE tenant_id = ${tenantId} UNION SELECT id FROM sessions WHERE tenant_id = ${tenantId}
          UNION SELECT id FROM invitations WHERE tenant_id = ${tenantId} UNION SELECT id FROM teams WHERE tenant_id = ${tenantId}
          UNION SELECT user_id FROM members WHERE tenant_id = ${tenantId}`,
    ),
  );
  return rows.map(({ id }) => id);
}

async function readTenant(db: Database, tenantId: string): Promise<unknown> {
  return inSystem(db, async (tx) => {
    const tables: Record<string, unknown> = {};
    const named = await rowsOf<{ name: string }>(
      tx,
      sql`SELECT table_name::text AS name FROM information_schema.columns
          WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
    );
    for (const { name } of named) {
      tables[name] = await rowsOf(
        tx,
        sql`SELECT to_jsonb(t) AS row FROM ${sql.identifier(name)} t WHERE tenant_id = ${tenantId} ORDER BY to_jsonb(t)::text`,
      );
    }
    return tables;
  });
}
