import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  addPerson,
  hashPassword,
  soon,
  startAuthServer,
  type AuthServer,
} from "../../testing/server/start-auth-server.ts";
import { openDatabase } from "../database/index.ts";

// A managed PostgreSQL gives nobody a superuser: row-level security then holds for the owner of the tables too.
const name = `plain_${randomUUID().replaceAll("-", "")}`;
let server: AuthServer;

beforeAll(async () => {
  await asSuperuser(
    `CREATE ROLE ${name} LOGIN PASSWORD 'test' CREATEROLE`,
    `GRANT ringside_app, ringside_system TO ${name} WITH ADMIN OPTION`,
    `CREATE DATABASE ${name} OWNER ${name}`,
  );
  const url = new URL(inject("postgresUrl"));
  Object.assign(url, { pathname: `/${name}`, username: name, password: "test" });
  const db = await openDatabase({ kind: "postgres", url: url.href, poolSize: 4 });
  await addPerson(db, { id: "grace", tenantId: "one", role: "admin", hash: await hashPassword() });
  server = await startAuthServer(db);
});

afterAll(async () => {
  await server.close();
  await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`);
});

test("signing in and administration work for an owner who is no superuser", async () => {
  const { token, session } = await server.signIn("grace@test.example");
  const people = await server.ask("/api/v1/people", { token });
  expect(people.body).toMatchObject({ people: [{ userId: "grace" }] });
  const body = { name: "West", userIds: ["grace"] };
  expect((await server.ask("/api/v1/teams", { token, body })).status).toBe(201);
  await soon(async () => (await server.ask("/api/v1/session", { token })).body).toMatchObject({
    sessionId: session.sessionId,
    teamIds: [expect.any(String)],
  });
  expect((await server.ask("/api/v1/session/sign-out", { method: "POST", token })).status).toBe(204);
  await soon(async () => (await server.ask("/api/v1/session", { token })).status).toBe(401);
});

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
