import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { contract } from "../../shared/rpc/contract.ts";
import type { AnyCommand, AnyEvent, AnyQuery } from "../../shared/rpc/define.ts";
import { RpcError } from "../../shared/rpc/frames.ts";
import { inSystem, inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { arbitraryOf, type JsonSchema } from "../../testing/server/arbitrary-of.ts";
import {
  addPerson,
  hashPassword,
  password,
  startAuthServer,
  type AuthServer,
} from "../../testing/server/start-auth-server.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { createFakeHost } from "../../testing/fakes/host-port.ts";
import { openDeskWindow, type DeskWindow } from "../../testing/fakes/desk-window.ts";
import { composeReplica, type ReplicaProcess } from "./compose.ts";

// Everything that the contract declares, asked of a real replica with whatever its schema allows and does not.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 90_000 });

type Method = AnyCommand | AnyQuery;
type Answer = { ok: true; value: unknown } | { ok: false; error: z.infer<typeof RpcError> };

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const runs = Number(process.env["FUZZ_RUNS"] ?? 12);
const methods = (Object.values(contract) as (Method | AnyEvent)[]).filter((def) => def.kind !== "event");
/** What works without anybody signed in: signing in, and what belongs to this machine and not to a person. */
const forAnybody = new Set(["session", "session.signIn", "session.verifyTwoFactor", "session.signInDemo", "session.findProviders", "session.signInWith", "session.leaveProvider", "session.signOut", "preferences", "preferences.set", "desk.openWindow", "desk.setZone"]); // prettier-ignore
/** These end the session that the others need. */
const ending = new Set(["session.signOut", "session.signIn", "session.signInDemo"]);
const secret = "belongs to the victim";
/** Of random words hardly one in a hundred thousand is a zone. */
const drawnOtherwise: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "desk.setZone": fc.record({ zone: fc.constantFrom(...Intl.supportedValuesOf("timeZone")) }),
};

let server: AuthServer;
let dataDir: string;
let replica: ReplicaProcess;
let window: DeskWindow;
let logged: string[] = [];

beforeAll(async () => {
  const db = await openTestDatabase();
  server = await startAuthServer(db);
  const hash = await hashPassword();
  await addPerson(db, { id: "ana", tenantId: "acme", role: "agent", teamIds: ["north"], hash });
  await addPerson(db, { id: "vic", tenantId: "victim", role: "agent", teamIds: ["south"], hash });
  await inTenant(db, { tenantId: "victim" }, (tx) =>
    tx.execute(
      sql`INSERT INTO leads (tenant_id, id, doc, rev, audience, touched)
          VALUES ('victim', 'victims-lead', ${JSON.stringify({ id: "victims-lead", name: secret })}::jsonb, 1, '{all,tenant}', '{}')`,
    ),
  );
  dataDir = await mkdtemp(join(tmpdir(), "ringside-fuzz-"));
  const settings = { dataDir, serverUrl: server.url, deviceName: "Test desk", appVersion: "1", demo: false };
  replica = await composeReplica(
    settings,
    createFakeHost(),
    (line) => logged.push(line),
    () => logged.push("left"),
  );
  window = openDeskWindow(replica.router);
  await replica.session.start();
});
afterAll(async () => {
  await replica.close();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("signed out, nothing of a desk answers", async () => {
  expect(methods.length).toBeGreaterThan(60);
  for (const def of methods.filter(({ name }) => !forAnybody.has(name))) {
    const [input] = inputsOf(def, 1);
    expect(await ask(def, input), def.name).toMatchObject({ ok: false, error: { code: "signed-out" } });
  }
});

test("what a schema does not allow is refused as bad input, by every method", async () => {
  await signIn();
  for (const def of methods) {
    const wrong = fc
      .sample(fc.jsonValue({ noUnicodeString: false }), { seed, numRuns: 40 })
      .filter((value) => !def.input.safeParse(value).success);
    expect(wrong.length, def.name).toBeGreaterThan(0);
    for (const value of wrong.slice(0, runs)) {
      expect(await ask(def, value), `${def.name} ${JSON.stringify(value)} (seed ${seed})`).toMatchObject({
        ok: false,
        error: { code: "bad-input" },
      });
    }
  }
  expect(bugs()).toEqual([]);
});

test("what is too large is refused by every method", async () => {
  const large = { text: "x".repeat(8 * 1024 * 1024 + 1) };
  for (const def of methods)
    expect(await ask(def, large), def.name).toMatchObject({ ok: false, error: { code: "too-large" } });
});

test("whatever a schema allows gets a typed answer from every method, and nothing of another tenant", async () => {
  const codes = new Map<string, number>();
  for (const def of methods.filter(({ name }) => !ending.has(name))) {
    for (const input of inputsOf(def, runs)) {
      const answer = await ask(def, input);
      const what = `${def.name} ${JSON.stringify(input)?.slice(0, 500)} (seed ${seed}): ${JSON.stringify(answer).slice(0, 500)} ${logged.at(-1)}`;
      if (!answer.ok) expect(RpcError.safeParse(answer.error).success, what).toBe(true);
      expect(answer.ok ? "ok" : answer.error.code, what).not.toMatch(/^(?:internal|unknown-method)$/u);
      expect(JSON.stringify(answer), what).not.toContain(secret);
      const code = answer.ok ? "ok" : answer.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  // The generator is good for nothing unless much of what it makes gets through.
  expect(codes.get("ok") ?? 0, JSON.stringify([...codes])).toBeGreaterThan(methods.length);
  expect(bugs()).toEqual([]);
  const victims = await inSystem(server.db, (tx) =>
    rowsOf(tx, sql`SELECT id, rev, doc->>'name' AS name FROM leads WHERE tenant_id = 'victim'`),
  );
  expect(victims).toEqual([{ id: "victims-lead", rev: 1, name: secret }]);
});

test.each<[string, unknown]>([
  ["leads.list", { filters: [{ field: "__proto__", op: "is", values: [] }], sort: { field: "name", direction: "asc" }, search: "", offset: 0, limit: 1 }], // prettier-ignore
  ["tasks.list", { scope: "snoozed", assignee: "\u0000", search: "", offset: 0, limit: 1 }],
  ["records.undo", { undoId: "\u0000" }],
  ["phone.greeting", { greeting: "\u0000" }],
])("%s with %j, on which it once failed", async (name, input) => {
  const def = methods.find((one) => one.name === name);
  if (!def) throw new Error(`there is no ${name}`);
  const answer = await ask(def, input);
  expect(answer.ok ? "ok" : answer.error.code).toMatch(/^(?:ok|bad-input|not-found)$/u);
});

async function signIn(): Promise<void> {
  const answer = await window.call(contract.signIn, { email: "ana@test.example", password });
  expect(answer).toEqual({ ok: true, value: { next: "signed-in" } });
  await window.until(contract.syncStatus, {}, ({ phase }) => phase === "live", 60_000);
}

/** What handlers threw. */
function bugs(): string[] {
  return logged.filter((line) => line.includes(" failed: ") || line === "left");
}

function inputsOf(def: Method, count: number): unknown[] {
  const schema = z.toJSONSchema(def.input, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const ids = fc.constant({ id: "victims-lead", leadId: "victims-lead" });
  const arbitrary = fc
    .tuple(drawnOtherwise[def.name] ?? arbitraryOf(schema), fc.boolean(), ids)
    .map(([input, isTheirs, theirs]) => (isTheirs ? withIds(input, theirs) : input))
    .filter((input) => def.input.safeParse(input).success);
  return fc.sample(arbitrary, { seed, numRuns: count });
}

/** The same question about a record of another tenant. */
function withIds(input: unknown, ids: Record<string, string>): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  const named = Object.entries(ids).filter(([key]) => key in input);
  return { ...input, ...Object.fromEntries(named) };
}

/** The answer of a command, or the first one of a query. */
function ask(def: Method, input: unknown): Promise<Answer> {
  if (def.kind === "command") return window.call(def, input as never) as Promise<Answer>;
  return new Promise((resolve, reject) => {
    const silent = setTimeout(() => reject(new Error(`${def.name} says nothing`)), 20_000);
    const answer = (said: Answer) => {
      clearTimeout(silent);
      queueMicrotask(() => stop());
      resolve(said);
    };
    const stop = window.watch(
      def,
      input as never,
      (value) => answer({ ok: true, value }),
      (error) => answer({ ok: false, error }),
    );
  });
}
