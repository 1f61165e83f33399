import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { likenessOf } from "../../sync-server/ai/index.ts";
import { inSystem, type Database } from "../../sync-server/database/index.ts";
import type { Identity } from "../../sync-server/http/index.ts";
import { keepVectors } from "../../sync-server/matching/kept-vectors.ts";
import { mostNear, type Near, type NearListings } from "../../sync-server/matching/near-listings.ts";
import { saveListings } from "../matching/save-listings.ts";
import { createTestIdentities, people } from "../server/test-identities.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const space = "model-1 embed-1";

/** What every way to find near listings holds to, on one kind of database. */
export function nearListingsContract(
  open: () => Promise<{ db: Database; openNear(): Promise<NearListings> }>,
): void {
  let db: Database;
  let near: NearListings;
  let tenants = 0;

  beforeAll(async () => {
    const opened = await open();
    db = opened.db;
    near = await opened.openNear();
  });
  afterAll(() => db.close());

  /** Somebody of a tenant that has nothing yet. */
  const someone = (): Identity => {
    tenants += 1;
    return createTestIdentities().signIn(people.ana, { tenantId: `near-${tenants}` });
  };
  const keep = async (
    { tenantId }: Identity,
    vectors: Readonly<Record<string, readonly number[]>>,
    own: { space?: string; status?: string } = {},
  ) => {
    const ids = Object.keys(vectors);
    await saveListings(db, tenantId, ids, own.status === undefined ? {} : { status: own.status });
    const made = ids.map((id) => ({ listingId: id, rev: 1, hash: "", vector: lengthOne(vectors[id] ?? []) }));
    for (const size of new Set(made.map(({ vector }) => vector.length))) await near.expect(size);
    await keepVectors(db, tenantId, { space: own.space ?? space, form: near.form }, made);
  };
  const find = (asker: Identity, wish: readonly number[]) =>
    near.find(asker, { space, vector: lengthOne(wish) });
  const change = (statement: ReturnType<typeof sql>) => inSystem(db, (tx) => tx.execute(statement));

  test("the nearest comes first, with how alike it is, and equals by their names", async () => {
    const asker = someone();
    await keep(asker, { same: [1, 2, 2], b: [1, 0, 0], a: [2, 0, 0], against: [-1, -2, -2] });
    const found = await find(asker, [1, 2, 2]);
    expect(found.map(({ listingId }) => listingId)).toEqual(["same", "a", "b", "against"]);
    expectLikeness(found, [1, 1 / 3, 1 / 3, -1]);
  });

  test("nobody finds what is another tenant's, not theirs to see, or not to be had", async () => {
    const [asker, stranger] = [someone(), someone()];
    await keep(asker, { seen: [1, 0], hidden: [1, 0], deleted: [1, 0] });
    await keep(asker, { reserved: [1, 1] }, { status: "reserved" });
    await keep(asker, { sold: [1, 0] }, { status: "sold" });
    await keep(stranger, { foreign: [1, 0] });
    const own = sql`tenant_id = ${asker.tenantId}`;
    await change(sql`UPDATE listings SET audience = '{user:max}' WHERE ${own} AND id = 'hidden'`);
    await change(sql`UPDATE listings SET deleted = true WHERE ${own} AND id = 'deleted'`);
    const ids = (await find(asker, [1, 0])).map(({ listingId }) => listingId);
    expect(ids).toEqual(["seen", "reserved"]);
  });

  test("vectors of another model, of another size, and none at all are not compared", async () => {
    const asker = someone();
    await keep(asker, { kept: [1, 0], shorter: [1], longer: [1, 0, 0], none: [] });
    await keep(asker, { other: [1, 0] }, { space: "model-2 embed-1" });
    expect((await find(asker, [1, 0])).map(({ listingId }) => listingId)).toEqual(["kept"]);
    expect(await find(asker, [1, 0, 0, 0])).toEqual([]);
  });

  test("of more than anybody is told the nearest are", async () => {
    const asker = someone();
    const count = mostNear + 60;
    const angles = Array.from({ length: count }, (_, at) => (at * Math.PI) / count);
    const turned = angles.map((angle, at) => [`l-${at}`, [Math.cos(angle), Math.sin(angle)]] as const);
    await keep(asker, Object.fromEntries(turned));
    const ids = new Set((await find(asker, [1, 0])).map(({ listingId }) => listingId));
    expect(ids.size).toBe(mostNear);
    const nearest = turned.slice(0, mostNear - 60).filter(([id]) => !ids.has(id));
    expect(nearest).toEqual([]);
  });

  test.each([512, 1_536, 3_072, 5_000])("of vectors of %i numbers", async (size) => {
    const asker = someone();
    const wave = (step: number) => Array.from({ length: size }, (_, at) => Math.sin(at * step));
    const vectors = { one: wave(1), near: wave(1.0001), far: wave(2) };
    await keep(asker, vectors);
    const found = await find(asker, wave(1));
    expect(found.map(({ listingId }) => listingId)).toEqual(["one", "near", "far"]);
    const wish = lengthOne(wave(1));
    expectLikeness(found, Object.values(vectors).map((each) => likenessOf(wish, lengthOne(each)))); // prettier-ignore
  });

  test(`whatever the vectors are, the order is that of their likeness (seed ${seed})`, async () => {
    const number = fc.integer({ min: -9, max: 9 });
    const vector = fc.array(number, { minLength: 8, maxLength: 8 }).filter((all) => all.some((each) => each !== 0)); // prettier-ignore
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(vector, fc.array(vector, { minLength: 1, maxLength: 12 }), async (wish, all) => {
        const asker = someone();
        await keep(asker, Object.fromEntries(all.map((each, at) => [`l-${at}`, each])));
        const found = await find(asker, wish);
        const expected = new Map(all.map((each, at) => [`l-${at}`, likenessOf(lengthOne(wish), lengthOne(each))])); // prettier-ignore
        expect(new Set(found.map(({ listingId }) => listingId))).toEqual(new Set(expected.keys()));
        expectLikeness(found, found.map(({ listingId }) => expected.get(listingId) ?? NaN)); // prettier-ignore
        const likeness = found.map((each) => each.likeness);
        expect(likeness).toEqual(likeness.toSorted((a, b) => b - a));
        compared += found.length;
      }),
      { seed, numRuns: 12 },
    );
    expect(compared).toBeGreaterThan(11);
  });
}

function lengthOne(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (each) => each / length);
}

/** To five places: a database adds up with numbers of four bytes. */
function expectLikeness(found: readonly Near[], likeness: readonly number[]): void {
  expect(found.length).toBe(likeness.length);
  for (const [at, { likeness: is }] of found.entries()) expect(is).toBeCloseTo(likeness[at] ?? NaN, 5);
}
