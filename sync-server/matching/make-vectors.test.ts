import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { err, ok } from "../../shared/result/result.ts";
import { unaskedProvider } from "../../testing/ai/sample-attempt.ts";
import { routeOf, stageGateway } from "../../testing/ai/stage-gateway.ts";
import { saveListings } from "../../testing/matching/save-listings.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { withoutLimits } from "../../testing/ai/without-limits.ts";
import type { Ai, Attempt, ModelProvider, ModelRoute } from "../ai/index.ts";
import { inTenant, rowsOf, type Database } from "../database/index.ts";
import { failure } from "../providers/wire/failure.ts";
import { removeRecords, vectorJob } from "../sync/index.ts";
import { findInPages } from "./find-in-pages.ts";
import { keepVectors } from "./kept-vectors.ts";
import { makeVectors } from "./make-vectors.ts";
import type { NearListings } from "./near-listings.ts";

let db: Database;
let tenantId = "";
let tenants = 0;
/** Texts of each request, oldest first. */
let asked: (readonly string[])[] = [];
let attempts: Attempt[] = [];
let routes: ModelRoute[] = [];
const priorities = new Set<string>();

beforeAll(async () => {
  db = await openTestDatabase();
});
beforeEach(() => {
  tenantId = `tenant-${(tenants += 1)}`;
  [asked, attempts] = [[], []];
  routes = [routeOf(modelOf(4), { role: "embedding", modelId: "first" })];
});
afterAll(() => db.close());

/** Vectors of `size` numbers, which say how long a text is. */
function modelOf(size: number, refuses: (text: string) => boolean = () => false): ModelProvider {
  return {
    ...unaskedProvider,
    async embed({ texts }) {
      asked.push(texts);
      if (texts.some(refuses)) return err(failure("too-long"));
      return ok({ vectors: texts.map(({ length }) => new Float32Array(size).fill(1).with(0, length)), usage: null }); // prettier-ignore
    },
  };
}

const down: ModelProvider = { ...unaskedProvider, embed: async () => err(failure("unreachable")) };

/** Runs the job until it has no more to do now. @returns when it wants to go on, in milliseconds from now; 0 = it is done */
async function make(payload: Record<string, unknown> = {}, near = findInPages(db)): Promise<number> {
  const reserve = (attempt: Attempt) => (attempts.push(attempt), withoutLimits.reserve(attempt));
  const staged = stageGateway(routes, { reserve }).ai;
  const embed: Ai["embed"] = (request) => (priorities.add(request.priority), staged.embed(request));
  const deps = {
    db,
    clock: { now: () => 0 },
    ai: { ...staged, embed },
    near,
    leaving: new AbortController().signal,
  };
  for (let runs = 0; runs < 20; runs += 1) {
    const next = await makeVectors(deps, { tenantId, kind: vectorJob, key: "listings", payload, attempt: 1 });
    if (next === undefined || next.getTime() > 0) return next?.getTime() ?? 0;
  }
  throw new Error("it makes vectors in circles");
}

const save = (ids: readonly string[], own: object = {}) => saveListings(db, tenantId, ids, own);
const read = <Row extends Record<string, unknown>>(statement: ReturnType<typeof sql>) =>
  inTenant(db, { tenantId }, (tx) => rowsOf<Row>(tx, statement));
const kept = async () =>
  (await read<{ id: string; made: string }>(
    sql`SELECT listing_id AS id, split_part(space, ' ', 1) || ' ' || size AS made FROM listing_vectors ORDER BY 1`,
  )).map(({ id, made }) => `${id}: ${made}`); // prettier-ignore

test("many texts are asked for together, once, in nobody's name and behind everybody who waits", async () => {
  await save(Array.from({ length: 150 }, (_, at) => `l-${at}`));
  expect(await make()).toBe(0);
  expect(asked.map(({ length }) => length)).toEqual([64, 64, 22]);
  expect(await kept()).toHaveLength(150);
  expect(attempts.map(({ userId, feature }) => [userId, feature])).toEqual(
    asked.map(() => [null, "matching"]),
  );
  expect([...priorities]).toEqual(["background"]);
  expect(await make()).toBe(0);
  expect(asked).toHaveLength(3);
});

test("only changed words are asked for again", async () => {
  await save(["a", "b"]);
  await make();
  await save(["a"], { price: 1 });
  await make();
  expect(asked).toHaveLength(1);
  await save(["b"], { description: "By the sea" });
  await make();
  expect(asked.slice(1)).toEqual([[expect.stringContaining("By the sea")]]);
  await make();
  expect(asked).toHaveLength(2);
});

test("what is deleted loses its vector at once, and one that is being made comes too late", async () => {
  await save(["a", "b"]);
  await make();
  const now = new Date().toISOString();
  await inTenant(db, { tenantId }, (tx) => removeRecords(tx, tenantId, "listings", ["a"], { now }));
  expect(await kept()).toEqual(["b: first 4"]);
  const vector = Float32Array.of(1, 0, 0, 0);
  await keepVectors(db, tenantId, { space: "first", form: "packed" }, [
    { listingId: "a", rev: 9, hash: "", vector },
  ]);
  expect(await kept()).toEqual(["b: first 4"]);
  await save(["a"]);
  await make();
  expect(await kept()).toEqual(["a: first 4", "b: first 4"]);
});

test("what nobody can have any more loses its vector, and has one again when it can be had", async () => {
  await save(["a", "b"]);
  await save(["draft"], { status: "draft" });
  await make();
  await save(["a"], { status: "sold" });
  await make();
  expect(await kept()).toEqual(["b: first 4"]);
  await save(["a"], { status: "reserved" });
  await make();
  expect(await kept()).toEqual(["a: first 4", "b: first 4"]);
});

test("while the model does not answer what is kept stays, no other is asked, and it is tried again later", async () => {
  await save(["a"]);
  await make();
  await save(["a"], { description: "By the sea" });
  const first = routes;
  routes = [
    routeOf(down, { role: "embedding", modelId: "first" }),
    routeOf(modelOf(8), { role: "embedding" }),
  ];
  expect(await make()).toBeGreaterThan(60_000);
  expect([await kept(), asked.length]).toEqual([["a: first 4"], 1]);
  routes = first;
  expect(await make()).toBe(0);
  expect(asked[1]).toEqual([expect.stringContaining("By the sea")]);
});

test("another model makes all anew, and without one nothing is kept", async () => {
  await save(["a", "b"]);
  await make();
  routes = [routeOf(modelOf(8), { role: "embedding", modelId: "second" })];
  await make();
  expect(await kept()).toEqual(["a: second 8", "b: second 8"]);
  routes = [];
  expect(await make()).toBe(0);
  expect(await kept()).toEqual([]);
});

test("words that the model takes from nobody keep nothing else from being made, and are not sent again", async () => {
  await save(["a", "b", "c", "d", "e"]);
  await save(["d"], { description: "Too long" });
  routes = [routeOf(modelOf(4, (text) => text.includes("Too long")), { role: "embedding", modelId: "first" })]; // prettier-ignore
  expect(await make()).toBe(0);
  expect(await kept()).toEqual(["a: first 4", "b: first 4", "c: first 4", "d: first 0", "e: first 4"]);
  const requests = asked.length;
  await make();
  expect(asked).toHaveLength(requests);
  await save(["d"], { description: "Short" });
  await make();
  expect((await kept())[3]).toBe("d: first 4");
});

test("where the same model makes another size, all are made anew once somebody finds that", async () => {
  await save(["a", "b"]);
  await make();
  routes = [routeOf(modelOf(6), { role: "embedding", modelId: "first" })];
  await make({ size: 6 });
  expect(await kept()).toEqual(["a: first 6", "b: first 6"]);
  await make({ size: 7 });
  expect(asked).toHaveLength(3);
});

test("what is kept in a form that is not found any more is made anew, once", async () => {
  await save(["a", "b"]);
  await make();
  const byNumbers: NearListings = { ...findInPages(db), form: "numbers" };
  await make({}, byNumbers);
  await make({}, byNumbers);
  expect(asked.map(({ length }) => length)).toEqual([2, 2]);
  const forms = await read(sql`SELECT packed IS NULL AS unpacked, cardinality(coordinates) AS numbers FROM listing_vectors`); // prettier-ignore
  expect(forms).toEqual([{ unpacked: true, numbers: 4 }, { unpacked: true, numbers: 4 }]); // prettier-ignore
  await make();
  expect(asked).toHaveLength(3);
});

test("listings ask for the job in their own transaction, a burst of them once and not at once", async () => {
  const before = Date.now();
  await save(["a"]);
  await save(["a", "b"], { description: "By the sea" });
  const [job, ...more] = await read<{ kind: string; due: number }>(
    sql`SELECT kind, (extract(epoch FROM due_at) * 1000)::float8 AS due FROM jobs WHERE tenant_id = ${tenantId}`,
  );
  expect([job?.kind, more]).toEqual([vectorJob, []]);
  expect(job?.due).toBeGreaterThan(before + 9_000);
});
