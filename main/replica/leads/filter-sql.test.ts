import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FilterOp, type Filter } from "../../../shared/entities/setting.ts";
import { matchesFilters } from "../../../shared/leads/match-filters.ts";
import { planFilters, type FilterContext } from "../../../shared/leads/plan-filters.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { makeLead } from "../../../testing/fakes/records.ts";
import { filterSql } from "./filter-sql.ts";
import { createParameters } from "../live/parameters.ts";

let replica: FakeReplica;
beforeAll(async () => {
  replica = await createFakeReplica();
});
afterAll(() => replica.close());

const context: FilterContext = {
  me: "ana",
  today: "2026-05-04",
  zone: "America/Chicago",
  fields: new Map([
    ["budget", { type: "money", label: "Budget" }],
    ["lease_ends", { type: "date", label: "Lease ends" }],
    ["area", { type: "select", label: "Area" }],
    ["wants", { type: "multi-select", label: "Wants" }],
    ["vip", { type: "boolean", label: "VIP" }],
  ]),
};

const text = fc.constantFrom("", "ana", "Ana", "new", "lost", "North", "50%_\\x", "Zoë", "İx");
const instant = fc
  .integer({ min: -40 * 24, max: 40 * 24 })
  .map((hours) => new Date(Date.UTC(2026, 4, 4, 5) + hours * 3_600_000).toISOString());
const day = fc
  .integer({ min: -20, max: 20 })
  .map((days) => new Date(Date.UTC(2026, 4, 4 + days)).toISOString().slice(0, 10));
/** Also what a field should not hold: an older desk or an import elsewhere may have written it. */
const wild = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.constant(["garden"]));

const leads = fc.record({
  name: text.map((name) => name || "x"),
  stage: text,
  score: fc.option(fc.integer({ min: 0, max: 100 })),
  ownerId: fc.option(fc.constantFrom("ana", "ben")),
  lastContactAt: fc.option(instant),
  doNotCall: fc.boolean(),
  tags: fc.array(fc.constantFrom("expo", "Expo", "50%"), { maxLength: 2 }),
  custom: fc.record(
    {
      budget: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), wild),
      lease_ends: fc.oneof(day, wild),
      area: fc.oneof(text, wild),
      wants: fc.oneof(fc.array(fc.constantFrom("garden", "view"), { maxLength: 2 }), wild),
      vip: fc.oneof(fc.boolean(), wild),
    },
    { requiredKeys: [] },
  ),
});

const filters: fc.Arbitrary<Filter> = fc.record({
  field: fc.constantFrom(
    "name",
    "stage",
    "score",
    "ownerId",
    "lastContactAt",
    "doNotCall",
    "tags",
    "custom.budget",
    "custom.lease_ends",
    "custom.area",
    "custom.wants",
    "custom.vip",
    "custom.gone",
    "nope",
  ),
  op: fc.constantFrom(...FilterOp.options),
  values: fc.array(
    fc.oneof(
      text,
      fc.integer({ min: -5, max: 120 }),
      fc.boolean(),
      fc.constant(null),
      instant,
      day,
      fc.constantFrom("me", "garden", "expo"),
    ),
    { maxLength: 3 },
  ),
});

test("SQL and memory agree on every filter over random leads", async () => {
  let matched = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(leads, { minLength: 8, maxLength: 8 }),
      fc.array(filters, { minLength: 1, maxLength: 2 }),
      async (some, wanted) => {
        const records = some.map((fields, at) => makeLead({ id: `lead-${at}`, ...fields }));
        await replica.seed("leads", records);
        const plan = planFilters(wanted, context);
        const parameters = createParameters();
        const found = await replica.reads.sql<{ id: string }>(
          `select id from leads where not deleted and ${filterSql(plan, parameters)} order by id`,
          parameters.values,
        );
        const expected = records
          .filter((lead) => matchesFilters(lead, plan, { nextTaskDueAt: null }))
          .map(({ id }) => id);
        matched += expected.length;
        expect(found.map(({ id }) => id)).toEqual(expected);
      },
    ),
    { numRuns: 400 },
  );
  expect(matched).toBeGreaterThan(100);
});

test.each<[string, Filter, string[]]>([
  ["me is whoever looks", { field: "ownerId", op: "is", values: ["me"] }, ["a"]],
  ["several values are alternatives", { field: "stage", op: "is", values: ["new", "lost"] }, ["a", "c"]],
  ["empty values pass is-not", { field: "custom.area", op: "is-not", values: ["North"] }, ["b", "c"]],
  ["days are the tenant's, not UTC's", { field: "lastContactAt", op: "within-days", values: [0] }, ["a"]],
  ["older than a week", { field: "lastContactAt", op: "older-than-days", values: [7] }, ["b"]],
  [
    "a day of an instant is the whole day",
    { field: "lastContactAt", op: "is", values: ["2026-05-04"] },
    ["a"],
  ],
  ["contains ignores case", { field: "name", op: "contains", values: ["KOW"] }, ["a"]],
  ["lists contain", { field: "tags", op: "is", values: ["expo"] }, ["b"]],
  ["over is more than", { field: "score", op: "over", values: [50] }, ["b"]],
])("%s", async (_, filter, ids) => {
  const records = [
    makeLead({
      id: "a",
      name: "Maria Kowalski",
      stage: "new",
      score: 50,
      ownerId: "ana",
      lastContactAt: "2026-05-05T04:30:00.000Z",
      custom: { area: "North" },
    }),
    makeLead({
      id: "b",
      name: "Ben",
      stage: "contacted",
      score: 51,
      ownerId: "ben",
      lastContactAt: "2026-04-20T12:00:00.000Z",
      tags: ["expo"],
    }),
    makeLead({ id: "c", name: "Cy", stage: "lost", ownerId: null }),
  ];
  const plan = planFilters([filter], context);
  expect(
    records.filter((lead) => matchesFilters(lead, plan, { nextTaskDueAt: null })).map(({ id }) => id),
  ).toEqual(ids);
});

test("a Turkish İ is the same small letter in SQL and in memory", async () => {
  const lead = makeLead({ id: "lead-0", name: "İx" });
  await replica.seed("leads", [lead]);
  const plan = planFilters([{ field: "name", op: "contains", values: ["İx"] }], context);
  const parameters = createParameters();
  const found = await replica.reads.sql(
    `select id from leads where id = 'lead-0' and ${filterSql(plan, parameters)}`,
    parameters.values,
  );
  expect([found.length, matchesFilters(lead, plan, { nextTaskDueAt: null })]).toEqual([1, true]);
});
