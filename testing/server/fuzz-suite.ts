import fc from "fast-check";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WireError } from "../../shared/sync/wire.ts";
import { firstSettings } from "../../sync-server/admin/index.ts";
import { inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { recordingFile } from "../../sync-server/telephony/recordings.ts";
import { arbitraryOf } from "./arbitrary-of.ts";
import { askFor, leadsSomewhere, namesSomething, type Asked } from "./foreign-ids.ts";
import { fill, readOperations, sampleOf, type Operation } from "./operations.ts";
import { addPerson, hashPassword, mintToken, type Answer } from "./start-auth-server.ts";
import { startProduct, type Product } from "./start-product.ts";
import { fillTenant, idsAt, keepRows, readRows, recording, secretWords } from "./victim.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const runs = Number(process.env["FUZZ_RUNS"] ?? 8);
/** Thousands of requests each: half a minute by themselves, many minutes where a dozen others work beside them. */
const longestMs = 600_000;
const roles = ["agent", "manager", "admin", "operator"] as const;

/**
 * Signing in, what a link in a letter is for, a desk that was wiped (its token is worth nothing else any more), and
 * visitors of pages outside (their door: bot.test.ts).
 */
const beginnings = [
  "GET /api/v1/chat/{bot}",
  "GET /api/v1/chat/{bot}/conversation",
  "GET /api/v1/chat/{bot}/stream",
  "GET /api/v1/session/demo",
  "GET /api/v1/session/invitations/{token}",
  "POST /api/v1/chat/{bot}/conversations",
  "POST /api/v1/chat/{bot}/end",
  "POST /api/v1/chat/{bot}/messages",
  "POST /api/v1/chat/{bot}/typing",
  "POST /api/v1/session/demo",
  "POST /api/v1/session/invitations/{token}",
  "POST /api/v1/session/password-reset",
  "POST /api/v1/session/password-reset/{token}",
  "POST /api/v1/session/providers",
  "POST /api/v1/session/providers/finish",
  "POST /api/v1/session/providers/{id}/begin",
  "POST /api/v1/session/second-factor",
  "POST /api/v1/session/sign-in",
  "POST /api/v1/session/wiped",
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

/**
 * Lists are of one's own organisation whatever they are asked for; the others name what they make, or something that
 * is no row of anybody's.
 */
const namesNothingOfTheirs = [
  "POST /api/v1/fields",
  "GET /api/v1/phone/rules/try",
  "GET /api/v1/telephony/call-log",
  "GET /api/v1/audit",
  "GET /api/v1/audit.csv",
  "POST /api/v1/ai/accounts",
  "POST /api/v1/ai/own/accounts",
  // A model of the operator's, whom everybody may choose.
  "PUT /api/v1/ai/offered/{id}",
  "POST /api/v1/ai/limits",
  "GET /api/v1/ai/requests",
  // A bot as it stands in a form, and a conversation that is nowhere kept.
  "POST /api/v1/bots/try",
  // Of one's own device alone: sync-suite.ts.
  "POST /api/v1/sync/push",
];

/** Every endpoint that the server describes, on one kind of database: bad input gets a typed refusal, never a 500. */
export function fuzzSuite(open: () => Promise<Database>): void {
  let server: Product;
  let db: Database;
  let operations: Operation[];
  let putBack: () => Promise<void>;
  let outcomes: Record<string, number> = {};

  beforeAll(async () => {
    db = await open();
    const hash = await hashPassword();
    server = await startProduct(db);
    for (const tenantId of ["attacker", "victim"]) {
      for (const role of roles)
        await addPerson(db, {
          id: `${tenantId}-${role}`,
          tenantId,
          role,
          teamIds: [`${tenantId}-team`],
          hash,
        });
    }
    await inTenant(db, { tenantId: "attacker" }, (tx) =>
      saveRecords(tx, "attacker", "settings", firstSettings("attacker"), { now: "2026-01-01T09:00:00.000Z" }),
    );
    // As the victim has: what a stranger is refused is not for that.
    await inTenant(db, { tenantId: "attacker" }, (tx) =>
      tx.insert(schema.aiOwnModels).values({ tenantId: "attacker", allowed: true }),
    );
    await server.signIn("victim-agent@test.example");
    const token = await mintToken(db, "victim-admin", "victim");
    const body = { email: "guest@victim.example", role: "agent", teamIds: [] };
    await server.ask("/api/v1/people/invitations", { token, body });
    operations = readOperations((await server.ask("/openapi.json")).body);
    await fillTenant(db, "victim", "victim-admin");
    await keepSound(join(server.dataDir, "recordings"), "victim");
    putBack = await keepRows(db, ["victim", "attacker"]);
  }, longestMs);
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
      const path = fill(operation, (parameter) => sampleOf(parameter.schema, seed));
      const body = operation.body ? { body: sampleOf(operation.body, seed) } : {};
      const answer = await send(operation, path, body);
      // 426: the protocol is named before the sign-in is looked at.
      expect([400, 401, 426], `${operation.method} ${operation.path} ${answer.status}`).toContain(
        answer.status,
      );
    }
  });

  test(
    "what is no JSON, and what is too large, is refused",
    async () => {
      const token = await tokenOf("admin");
      // Whoever comes from no page of a bot is turned away before anything of theirs is read.
      const read = operations.filter(({ body, path }) => body !== null && !path.startsWith("/api/v1/chat/"));
      for (const operation of read) {
        const path = fill(operation, (parameter) => sampleOf(parameter.schema, seed));
        expect((await send(operation, path, { token, body: '{"a":' })).status).toBe(400);
        const large = await send(operation, path, {
          token,
          body: JSON.stringify({ text: "x".repeat(tooLarge(operation)) }),
        });
        expect(large.status, operation.path).toBe(413);
      }
    },
    longestMs,
  );

  test(
    "another tenant's ids lead nowhere, and nothing of another tenant changes",
    async () => {
      const before = await readRows(db, "victim");
      expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([]);
      const naming = operations.filter(namesSomething);
      const asked = naming.flatMap((operation) => askFor(operation).map((one) => ({ operation, ...one })));
      // What has no id in its address may make something of ours that is called as theirs is: it comes last.
      for (const { operation, path, body, isAddressed } of asked.toSorted(addressedFirst)) {
        const answer = await send(operation, path, { token: await tokenOf("admin"), ...body });
        const [what, said] = [`${operation.method} ${path}`, JSON.stringify(answer.body)];
        expect(said, what).not.toContain("@victim.example");
        expect(said, what).not.toContain(secretWords);
        if (isAddressed) expect(answer.status, what).toBeGreaterThanOrEqual(400);
      }
      expect(await readRows(db, "victim")).toEqual(before);
      await putBack();
    },
    longestMs,
  );

  test(
    "each of these ids leads somewhere for whom it belongs to: none that an endpoint takes was left out",
    async () => {
      const unproved: string[] = [];
      const ofOrganisations = operations.filter(({ description }) => description !== "For operator.");
      for (const operation of ofOrganisations.filter(namesSomething)) {
        const ask = (tenantId: string) => async (path: string, body: { body?: unknown }) => {
          const token = await mintToken(db, `${tenantId}-${roleFor(operation)}`, tenantId);
          return (await server.ask(path, { method: operation.method, token, ...body })).status;
        };
        const found = await leadsSomewhere(operation, {
          owner: ask("victim"),
          stranger: ask("attacker"),
          putBack,
        });
        if (!found) unproved.push(operation.name);
      }
      expect(unproved).toEqual(namesNothingOfTheirs);
    },
    longestMs,
  );

  describe("random input", () => {
    test(
      "gets a typed answer from every endpoint, in every role",
      async () => {
        for (const [index, operation] of operations.entries()) {
          const inputs = fc.sample(inputOf(operation), { seed: seed + index, numRuns: runs });
          for (const [run, { path, body }] of inputs.entries()) {
            // Every second as an admin, who gets furthest; the others in turn as each.
            const role = (run % 2 === 0 ? undefined : roles[Math.floor(run / 2) % roles.length]) ?? "admin";
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
      },
      longestMs,
    );
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

async function keepSound(folder: string, tenantId: string): Promise<void> {
  const file = recordingFile(folder, tenantId, recording);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, secretWords);
}

function addressedFirst(one: Asked, other: Asked): number {
  return Number(other.isAddressed) - Number(one.isAddressed);
}

/** Who may ask it, the mightiest of a tenant first. */
function roleFor({ description }: Operation): (typeof roles)[number] {
  const named = /^For (.+)\.$/u.exec(description)?.[1]?.split(", ") ?? ["admin"];
  return (["admin", "manager", "agent", "operator"] as const).find((role) => named.includes(role)) ?? "admin";
}

function inputOf(operation: Operation): fc.Arbitrary<{ path: string; body: unknown }> {
  const values = fc.tuple(
    ...operation.parameters.map(
      ({ schema, in: place }) =>
      fc.oneof(arbitraryOf(schema), fc.string({ unit: "binary", maxLength: 80 }), place === "path" ? fc.constantFrom(...idsAt(operation.path)) : fc.constant(null)), // prettier-ignore
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
