// Started by migration.kill.test.ts: opens a folder of version 0 leads as version 1, and says how far it got.
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { addRxPlugin, createRxDatabase, type RxJsonSchema } from "rxdb";
import { RxDBMigrationSchemaPlugin } from "rxdb/plugins/migration-schema";
import { getRxStoragePGlite, openPGlite } from "../../main/replica/pglite-storage/index.ts";

type OldLead = { id: string; name: string; steps: number };

const [folder = "", version = "0", count = "0", slowAfter = "Infinity"] = process.argv.slice(2);
addRxPlugin(RxDBMigrationSchemaPlugin);
const opened = await openPGlite(folder);
if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
const database = await createRxDatabase({
  name: "ringside",
  storage: getRxStoragePGlite({ pglite: opened.value }),
  multiInstance: false,
});

const schema: RxJsonSchema<OldLead> = {
  version: Number(version),
  primaryKey: "id",
  type: "object",
  properties: { id: { type: "string", maxLength: 40 }, name: { type: "string" }, steps: { type: "number" } },
  required: ["id", "name", "steps"],
  indexes: ["name"],
};
let told = 0;
const strategy = async (old: OldLead): Promise<OldLead> => {
  writeSync(1, "document\n");
  told += 1;
  if (told > Number(slowAfter)) await setTimeout(1_000);
  return { ...old, steps: old.steps + 1 };
};
const { leads } = await database.addCollections({
  leads: { schema, autoMigrate: false, migrationStrategies: version === "0" ? {} : { 1: strategy } },
});
if (!leads) throw new Error("no collection");
if (count !== "0") {
  const list = Array.from({ length: Number(count) }, (_, index) => ({
    id: `lead-${index}`,
    name: "x",
    steps: 0,
  }));
  await leads.bulkInsert(list);
} else {
  await leads.migratePromise(10);
}
const all = await leads.find().exec();
const steps = [...new Set(all.map((lead) => lead.steps))].join(",");
writeSync(1, `done ${all.length} ${steps}\n`);
await database.close();
await opened.value.close();
process.exit();
