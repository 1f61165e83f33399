import { afterEach, beforeEach, expect, test } from "vitest";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { Filter, Sort } from "../../../shared/entities/setting.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { at, makeField, makeTenant } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import { createListListings } from "./list-listings.ts";

let replica: FakeReplica;
const clock = { now: () => Date.parse("2026-05-04T15:00:00.000Z"), zone: () => "America/Chicago" };
const own = { collection: "listings" } as const;

beforeEach(async () => {
  replica = await createFakeReplica();
  const fields = [
    makeField("storeys", "number", { ...own, id: "field:listings:storeys" as never }),
    makeField("view", "select", { ...own, id: "field:listings:view" as never, options: ["Street", "Park"] }),
    makeField("free", "date", { ...own, id: "field:listings:free" as never }),
  ];
  await replica.seed("settings", [...makeTenant(), ...fields]);
  await replica.seed("listings", [
    listing("attic", { storeys: 1, view: "Park" }),
    listing("house", { storeys: 3, view: "Street", free: "2026-05-10" }),
    listing("shop", {}),
  ]);
});
afterEach(() => replica.close());

function listing(id: string, custom: Record<string, unknown>): Listing {
  const texts = { title: id, address: "", city: "", type: "", description: "" };
  const numbers = { price: null, bedrooms: null, bathrooms: null, parking: null, landSize: null };
  const base = { id, rev: 1, createdAt: at, updatedAt: at, kept: [] };
  return { ...base, ...texts, ...numbers, status: "available", currency: "USD", features: [], ownerId: null, custom } as unknown as Listing; // prettier-ignore
}

async function idsOf(...filters: Filter[]): Promise<string[]> {
  return idsIn({ field: "title", direction: "asc" }, ...filters);
}

async function idsIn(sort: Sort, ...filters: Filter[]): Promise<string[]> {
  const lists = createListListings(replica, openTenantSettings(replica.reads), clock);
  const input = { search: "", status: "all", sort, offset: 0, limit: 50 } as const;
  const { rows, total } = await watch(lists, { ...input, filters }).first();
  expect(total).toBe(rows.length);
  return rows.map(({ id }) => id);
}

test("listings are filtered by the tenant's own fields, by what each of them holds", async () => {
  expect(await idsOf()).toEqual(["attic", "house", "shop"]);
  expect(await idsOf({ field: "custom.storeys", op: "over", values: [1] })).toEqual(["house"]);
  expect(await idsOf({ field: "custom.view", op: "is", values: ["Park", "Street"] })).toEqual(["attic", "house"]); // prettier-ignore
  expect(await idsOf({ field: "custom.view", op: "empty", values: [] })).toEqual(["shop"]);
  expect(await idsOf({ field: "custom.free", op: "within-days", values: [7] })).toEqual(["house"]);
  expect(await idsOf({ field: "custom.gone", op: "is", values: ["x"] })).toEqual([]);
});

test("listings are sorted by the tenant's own fields, those that hold nothing last", async () => {
  const [asc, desc] = ["asc", "desc"] as const;
  expect(await idsIn({ field: "custom.storeys", direction: asc })).toEqual(["attic", "house", "shop"]);
  expect(await idsIn({ field: "custom.storeys", direction: desc })).toEqual(["house", "attic", "shop"]);
  expect(await idsIn({ field: "custom.view", direction: desc })).toEqual(["house", "attic", "shop"]);
  expect(await idsIn({ field: "custom.free", direction: asc })).toEqual(["house", "attic", "shop"]);
  expect(await idsIn({ field: "title", direction: desc })).toEqual(["shop", "house", "attic"]);
  // One that is there no more, and one that would be a piece of a statement.
  for (const field of ["custom.gone", "custom.x') desc, (select 1"])
    expect(await idsIn({ field, direction: desc })).toEqual(["attic", "house", "shop"]);
});
