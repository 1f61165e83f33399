import { afterEach, beforeEach, expect, test } from "vitest";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { createJobs } from "../jobs/jobs.ts";
import { createRecordHandlers } from "./record-handlers.ts";

let replica: TestReplica;
beforeEach(async () => {
  replica = await openTestReplica({ me: { role: "admin" } });
});
afterEach(() => replica.dispose());

/** A field of the tenant's own. */
async function addField(
  collection: CustomField["collection"],
  key: string,
  rest: Partial<CustomField>,
): Promise<void> {
  const fields = { kind: "field", order: 1, collection, key, label: key, type: "text", required: false, default: null, options: [], archived: false, ...rest }; // prettier-ignore
  const id = `field:${collection}:${key}`;
  const added = await replica.edits.apply([{ kind: "create", collection: "settings", id, fields: fields as never }], key); // prettier-ignore
  if (!added.ok) throw new Error(added.error.message);
}

async function create(collection: CollectionName, fields: Record<string, unknown>) {
  const jobs = createJobs({ clock: systemClock, newId: () => "job" });
  const journal = replica.journal as never;
  const { createRecord } = createRecordHandlers({ replica, journal, jobs, clock: systemClock });
  const made = await createRecord({ collection, fields: fields as never, label: "Added" });
  if (!made.ok) return made.error.message;
  return replica.reads.get(collection, made.value.id);
}

test.each([
  ["deals", { name: "Rent" }],
  ["listings", { title: "Loft" }],
  ["leads", { name: "Vera" }],
] as const)(
  "new %s have what the tenant's own fields begin with, a required one too",
  async (collection, named) => {
    await addField(collection, "channel", { required: true, default: "Fair" });
    await addField(collection, "rooms", { type: "number", default: 3 });
    await addField(collection, "former", { default: "gone", archived: true });
    expect(await create(collection, named)).toMatchObject({ custom: { channel: "Fair", rooms: 3 } });
    expect(await create(collection, named)).not.toHaveProperty("custom.former");
  },
);

test("naming one of the tenant's own fields leaves the others what they begin with", async () => {
  await addField("deals", "channel", { default: "Fair" });
  await addField("deals", "rooms", { type: "number", default: 3 });
  await addField("leads", "channel", { default: "of leads alone" });
  expect(await create("deals", { name: "Rent", "custom.rooms": 5 })).toMatchObject({
    custom: { channel: "Fair", rooms: 5 },
  });
  expect(await create("deals", { name: "Rent", custom: { channel: "Letter" } })).toMatchObject({
    custom: { channel: "Letter", rooms: 3 },
  });
  expect(await create("deals", { name: "Rent", "custom.channel": null })).toMatchObject({
    custom: { rooms: 3 },
  });
});

test("what was chosen when it was offered holds up no other choice", async () => {
  await addField("leads", "places", { type: "multi-select", options: ["Centre", "Docks"] });
  const lead = await create("leads", { name: "Vera", "custom.places": ["Centre"] });
  const id = String((lead as { id: string }).id);
  const set = (collection: "leads" | "settings", of: string, change: Record<string, unknown>) =>
    replica.edits.apply([{ kind: "update", collection, id: of, set: change as never }], "Changed");
  await set("settings", "field:leads:places", { options: ["City", "Docks"] });
  expect(await set("leads", id, { "custom.places": ["Centre", "Docks"] })).toMatchObject({ ok: true });
  expect(await set("leads", id, { "custom.places": ["Docks"] })).toMatchObject({ ok: true });
  expect(await set("leads", id, { "custom.places": ["Centre"] })).toMatchObject({ ok: false });
});

test("what is required and begins with nothing must be named", async () => {
  await addField("listings", "channel", { required: true, label: "Channel" });
  expect(await create("listings", { title: "Loft" })).toBe("“Channel” must be filled in.");
  expect(await create("listings", { title: "Loft", "custom.channel": "Fair" })).toMatchObject({
    custom: { channel: "Fair" },
  });
});
