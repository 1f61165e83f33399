import { afterAll, beforeAll, expect, test } from "vitest";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { inSystem, inTenant, schema, type Database } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { readTouched, type Positions } from "./touched-leads.ts";

// Which leads have to be scored anew.

const tenantId = "north";
let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
  await inSystem(db, (tx) => tx.insert(schema.tenants).values({ id: tenantId, name: "Northgate" }));
});
afterAll(() => db.close());

test("page by page every lead is found, in the order of numbers: the ninth comes before the tenth", async () => {
  const ids = Array.from({ length: 25 }, (_, at) => `lead-${String(at).padStart(2, "0")}`);
  const leads = ids.map((id) => ({ ...fields.lead({ name: id }), id }));
  await inTenant(db, { tenantId }, (tx) => saveRecords(tx, tenantId, "leads", leads, { now: "2026-11-22T12:00:00.000Z" })); // prettier-ignore
  const found: string[] = [];
  let positions: Positions = {};
  for (let more = true; more;) {
    const from = positions;
    const page = await inTenant(db, { tenantId }, (tx) => readTouched(tx, tenantId, { positions: from, limit: 4 })); // prettier-ignore
    found.push(...page.leadIds);
    ({ positions, more } = page);
  }
  expect(found).toEqual(ids);
});
