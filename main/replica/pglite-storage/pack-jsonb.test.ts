import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PGlite } from "@electric-sql/pglite";
import { openTestPGlite } from "../../../testing/fakes/open-test-pglite.ts";
import { createPacker, NotPlainJson } from "./pack-jsonb.ts";
import { binaryArray, openStatements, type Statements } from "./statements.ts";

let pglite: PGlite;
let statements: Statements;

beforeAll(async () => {
  pglite = await openTestPGlite();
  await pglite.exec("CREATE CAST (jsonb AS bytea) WITHOUT FUNCTION");
  statements = openStatements(pglite, "test");
});
afterAll(() => pglite.close());

/** What PostgreSQL makes of each document's JSON text, byte by byte. */
async function bytesOfPostgres(documents: readonly object[]): Promise<string[]> {
  const texts = binaryArray(
    "jsonb",
    documents.map((document) => JSON.stringify(document)),
  );
  const rows = await statements.exclusive((run) =>
    run("SELECT encode(doc::bytea, 'hex') FROM unnest($1::jsonb[]) AS doc", [texts]),
  );
  return rows.map(([hex]) => hex ?? "");
}

async function expectAlike(documents: readonly object[]): Promise<void> {
  const pack = createPacker();
  const expected = await bytesOfPostgres(documents);
  for (const [index, document] of documents.entries()) {
    expect(Buffer.from(pack(document)).toString("hex"), JSON.stringify(document)).toBe(expected[index]);
  }
}

const isStorable = (text: string) => text.isWellFormed() && !text.includes("\0");
const text = fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 90 })).filter(isStorable);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) => Number(n.toFixed(2))),
);
const { document } = fc.letrec((tie) => ({
  document: fc.dictionary(text, tie("value"), { maxKeys: 70, noNullPrototype: true }),
  list: fc.array(tie("value"), { maxLength: 70 }),
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(true, false, null, ""),
    text,
    number,
    tie("list"),
    tie("document"),
  ),
}));

test("packs documents into the bytes that PostgreSQL would have made of their JSON", async () => {
  let packed = 0;
  const documents = fc.array(document as fc.Arbitrary<object>, { minLength: 20, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(documents, async (some) => {
      packed += some.length;
      await expectAlike(some);
    }),
    { numRuns: 25 },
  );
  expect(packed).toBeGreaterThan(400);
});

test("packs numbers of every size as PostgreSQL reads them", async () => {
  const sizes = [0, 1, 9, 10, 99.5, 9_999, 10_000, 10_001, 12_345_678, 99_999_999, 1e8, 123_456_789.125];
  const powers = Array.from({ length: 63 }, (_, at) => 1.7976931348623157 * 10 ** (5 * at - 155));
  const edges = [5e-324, 2.5e-7, 1e-6, 0.1, 1.5, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 1e20, 1e21, 1e22];
  const all = [...sizes, ...powers, ...edges];
  await expectAlike([...all, ...all.map((value) => -value), -0].map((value) => ({ value })));
});

test("counts children as PostgreSQL does: every thirty-second has its end instead of its length", async () => {
  const counts = [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200];
  await expectAlike(
    counts.flatMap((count) => {
      const keys = Array.from({ length: count }, (_, at) => `key${at * 7}`);
      return [{ list: keys }, Object.fromEntries(keys.map((key, at) => [key, at % 3 === 0 ? { key } : at]))];
    }),
  );
});

test("packs long documents and long texts", async () => {
  const letters = "é𝄞x".repeat(40_000);
  await expectAlike([{ letters }, { list: Array.from({ length: 20_000 }, (_, at) => `${at}`) }, {}]);
});

test("leaves out what it is told to, of the document itself only", async () => {
  const pack = createPacker(new Set(["id", "_rev"]));
  const [expected] = await bytesOfPostgres([{ name: "Ann", inner: { id: 1 } }]);
  const packed = pack({ id: "a", name: "Ann", _rev: "1", inner: { id: 1 } });
  expect(Buffer.from(packed).toString("hex")).toBe(expected);
});

test("refuses what JSON would leave out or change, and text that PostgreSQL refuses", () => {
  const pack = createPacker();
  const notPlain = [undefined, () => 1, 1n, new Date(0), "a\0b", "\ud800", [undefined], { "\udc00": 1 }];
  for (const value of notPlain) expect(() => pack({ value })).toThrow(NotPlainJson);
});

test("keeps packing when there are more shapes than it remembers", async () => {
  const documents = Array.from({ length: 4_500 }, (_, at) => ({ [`k${at}`]: at, z: "" }));
  await expectAlike(documents);
});
