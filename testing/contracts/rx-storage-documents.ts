import fc from "fast-check";
import { fillWithDefaultSettings, type BulkWriteRow, type MangoQuery, type RxDocumentData } from "rxdb";

/** A document with every kind of field that decides how a storage compares. */
export type Sample = {
  id: string;
  name: string;
  score: number;
  flag: boolean;
  nick?: string | null;
  tags: string[];
  custom: Record<string, unknown>;
  deep: { inner: { count: number | null } };
};

export const sampleSchema = fillWithDefaultSettings<Sample>({
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 40 },
    name: { type: "string", maxLength: 40 },
    score: { type: "number", minimum: -1000, maximum: 1000, multipleOf: 0.01 },
    flag: { type: "boolean" },
    nick: { type: ["string", "null"] },
    tags: { type: "array", items: { type: "string" } },
    custom: { type: "object" },
    deep: {
      type: "object",
      properties: {
        inner: { type: "object", properties: { count: { type: ["number", "null"] } }, required: ["count"] },
      },
      required: ["inner"],
    },
  },
  required: ["id", "name", "score", "flag", "tags", "custom", "deep"],
  indexes: ["name", "score", ["flag", "score"], ["flag", "name"]],
});

let clock = 1_700_000_000_000;

/** A document as RxDB hands it to a storage. */
export function stored(sample: Sample, revision = 1, deleted = false): RxDocumentData<Sample> {
  clock += 1;
  return {
    ...sample,
    _rev: `${revision}-contract`,
    _deleted: deleted,
    _meta: { lwt: clock + 0.01 },
    _attachments: {},
  } as RxDocumentData<Sample>;
}

export function sample(id: string, fields: Partial<Sample> = {}): Sample {
  return {
    id,
    name: `name ${id}`,
    score: 1,
    flag: false,
    tags: [],
    custom: {},
    deep: { inner: { count: null } },
    ...fields,
  };
}

export function insertOf(document: RxDocumentData<Sample>): BulkWriteRow<Sample> {
  return { document };
}

// Characters that SQL, JSON, LIKE and array literals treat in their own ways, and one beyond U+FFFF.
const plain = { noNullPrototype: true } as const;
const text = fc.string({
  unit: fc.constantFrom("a", "b", "B", "É", "漢", "😀", "'", '"', "\\", "%", "_", "{", ",", "1"),
  maxLength: 4,
});
const score = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
const scalar = fc.oneof(text, score, fc.boolean(), fc.constant(null));
const anyJson = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.record({ a: scalar }, plain) },
);

export const samples: fc.Arbitrary<Sample[]> = fc
  .array(
    fc.record(
      {
        name: text,
        score,
        flag: fc.boolean(),
        nick: fc.option(text),
        tags: fc.array(text, { maxLength: 3 }),
        custom: fc.record({ budget: anyJson, color: anyJson, grade: scalar }, { requiredKeys: [], ...plain }),
        deep: fc.record({ inner: fc.record({ count: fc.option(score) }, plain) }, plain),
      },
      { requiredKeys: ["name", "score", "flag", "tags", "custom", "deep"], ...plain },
    ),
    { minLength: 1, maxLength: 25 },
  )
  .map((list) => list.map((fields, index) => ({ ...fields, id: `id-${index}` }) as Sample));

// RxDB's own storages build index keys from operands, so on indexed fields these have the field's type.
const operands: Record<string, fc.Arbitrary<unknown>> = {
  id: fc.integer({ min: 0, max: 24 }).map((index) => `id-${index}`),
  name: text,
  score,
  nick: scalar,
  tags: scalar,
  "custom.budget": scalar,
  "custom.color": scalar,
  "deep.inner.count": scalar,
};

function matcherOf(operand: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const comparison = fc
    .tuple(fc.constantFrom("$eq", "$ne", "$gt", "$gte", "$lt", "$lte"), operand)
    .map(([operator, value]) => ({ [operator]: value }));
  const simple = fc.oneof(
    { weight: 5, arbitrary: comparison },
    fc.record({ $in: fc.array(operand, { maxLength: 3 }) }, plain),
    fc.record({ $nin: fc.array(operand, { maxLength: 3 }) }, plain),
    fc.record({ $exists: fc.boolean() }, plain),
    fc.record({ $size: fc.integer({ min: 0, max: 3 }) }, plain),
    fc.record({ $type: fc.constantFrom("string", "number", "array", "null") }, plain),
    fc.record({ $regex: fc.constantFrom("a", "^b", "É$"), $options: fc.constantFrom("", "i") }, plain),
    fc.record({ $mod: fc.constantFrom([2, 1], [2, 0]) }, plain),
    fc.record({ $elemMatch: fc.record({ $eq: operand }) }, plain),
  );
  return fc.oneof(
    { weight: 6, arbitrary: simple },
    { weight: 1, arbitrary: simple.map((inner) => ({ $not: inner })) },
    {
      weight: 1,
      arbitrary: fc.record({ $gte: operand, $lt: operand }, plain),
    },
  );
}

const leaf = fc.oneof(
  ...Object.entries(operands).map(([path, operand]) =>
    matcherOf(operand).map((matcher) => ({ [path]: matcher })),
  ),
  fc.boolean().map((flag) => ({ flag: { $eq: flag } })),
);

const { selector } = fc.letrec<{ selector: Record<string, unknown> }>((tie) => ({
  selector: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("$and", "$or", "$nor"),
          fc.array(tie("selector"), { minLength: 1, maxLength: 3 }),
        )
        .map(([operator, parts]) => ({ [operator]: parts })),
    },
  ),
}));

const sort = fc.uniqueArray(
  fc.tuple(
    // Not custom.budget: RxDB's comparator puts two lists in no order.
    fc.constantFrom("name", "score", "flag", "nick", "custom.grade", "deep.inner.count"),
    fc.constantFrom("asc", "desc"),
  ),
  { selector: ([path]) => path, maxLength: 2 },
);

/** Queries as RxDB's collections ask them: of living documents. */
export const queries: fc.Arbitrary<MangoQuery<Sample>> = fc
  .record(
    { selector, sort, skip: fc.integer({ min: 0, max: 3 }), limit: fc.integer({ min: 0, max: 10 }) },
    { requiredKeys: ["selector"], ...plain },
  )
  .map(({ selector: asked, sort: order, ...rest }) => ({
    ...rest,
    selector: { ...asked, _deleted: { $eq: false } },
    ...(order && order.length > 0 ? { sort: order.map(([path, direction]) => ({ [path]: direction })) } : {}),
  })) as fc.Arbitrary<MangoQuery<Sample>>;
