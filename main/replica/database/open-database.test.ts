import { rm } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { makeReplicaFolder } from "../../../testing/fakes/open-test-replica.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { openReplicaDatabase, type OpenDatabaseOptions, type ReplicaDatabase } from "./open-database.ts";
import { rxSchemaOf } from "./record-schemas.ts";
import { visibleOf } from "./record-store.ts";

let root = "";
afterEach(() => rm(root, { recursive: true, force: true }));

const collections = ["leads"] as const;
const nextVersion: OpenDatabaseOptions = {
  collections,
  schemaOf: (name) => ({ ...rxSchemaOf(name), version: rxSchemaOf(name).version + 1 }),
  migrationsOf: () => ({ 1: (doc) => ({ ...doc, city: "from migration" }) as unknown as Doc }),
};

async function open(
  folder: string,
  options: OpenDatabaseOptions = { collections },
): Promise<ReplicaDatabase> {
  const opened = await openReplicaDatabase(folder, options);
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  return opened.value;
}

test("a newer version migrates what is there; the older one then does not take an emptied table for the truth", async () => {
  const folder = await makeReplicaFolder();
  root = folder.root;
  const before = await open(folder.database);
  await before.store.insert("leads", [{ id: "lead-1", rev: 1, kept: [], name: "Maria" } as unknown as Doc]);
  await before.close();

  const after = await open(folder.database, nextVersion);
  const lead = visibleOf((await after.store.find("leads", ["lead-1"])).get("lead-1"));
  expect(lead).toMatchObject({ name: "Maria", city: "from migration" });
  await after.close();

  expect(await openReplicaDatabase(folder.database, { collections })).toMatchObject({
    ok: false,
    error: { code: "damaged" },
  });
});

test("whoever opens fewer collections than are there gets those: a template holds all of them", async () => {
  const folder = await makeReplicaFolder();
  root = folder.root;
  const all = await open(folder.database, {});
  await all.store.insert("leads", [{ id: "lead-1", rev: 1, kept: [], name: "Maria" } as unknown as Doc]);
  await all.close();

  const fewer = await open(folder.database);
  expect(visibleOf((await fewer.store.find("leads", ["lead-1"])).get("lead-1"))).toMatchObject({ name: "Maria" }); // prettier-ignore
  await fewer.close();
});
