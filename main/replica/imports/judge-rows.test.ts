import { afterEach, beforeEach, expect, test } from "vitest";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { makeLead } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { createLeadRows } from "../leads/lead-rows.ts";
import { createJudge } from "./judge-rows.ts";

let replica: FakeReplica;
beforeEach(async () => void (replica = await createFakeReplica()));
afterEach(() => replica.close());

const row = (number: number, fields: Record<string, FieldValue>) => ({ number, fields, errors: [], questions: [] }); // prettier-ignore
const nadia = { name: "Nadia", phone: "+13125550171" };

test("a row fills what a row many pages before it makes, or has filled, whether it is checked or imported", async () => {
  await replica.seed("leads", [makeLead({ id: "old", name: "Omar", phone: "+13125550172", city: "" })]);
  const judge = await createJudge(replica.reads, createLeadRows(replica.reads), "fill", (n) => `row-${n}`);
  const pages = [
    [row(1, { ...nadia, company: "" }), row(2, { name: "Other", phone: "+13125550173" })],
    [row(5_000, { ...nadia, name: "N.", email: "n@x.example" }), row(5_001, { phone: "+13125550172", city: "Bern" })],
    [row(9_000, { ...nadia, email: "other@x.example", company: "Halden" }), row(9_001, { phone: "+13125550172", city: "Basel" })],
    [row(9_002, { ...nadia, company: "Another" })],
  ]; // prettier-ignore
  const said = [];
  for (const page of pages)
    for (const verdict of await judge.judge(page))
      said.push([verdict.row.number, verdict.kind, "set" in verdict ? verdict.set : null]);
  expect(said).toEqual([
    [1, "new", null],
    [2, "new", null],
    [5_000, "fills", { email: "n@x.example" }],
    [5_001, "fills", { city: "Bern" }],
    [9_000, "fills", { company: "Halden" }],
    [9_001, "duplicate", null],
    [9_002, "duplicate", null],
  ]);
});
