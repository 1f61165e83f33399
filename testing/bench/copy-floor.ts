import { rm } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { generateLeads } from "../../sync-server/demo/index.ts";

// The floor of a first sync: COPY of the same rows into a bare PGlite on disk. Prints milliseconds.
const [folder = "", count = "0"] = process.argv.slice(2);
const lines = generateLeads({ seed: 7, count: Number(count) }).map((lead) => {
  const { id, ...doc } = lead;
  return `${id}\t${JSON.stringify(doc).replaceAll("\\", "\\\\")}`;
});
const database = new PGlite(folder);
await database.exec("CREATE TABLE leads (id text PRIMARY KEY, doc jsonb NOT NULL)");
const blob = new Blob([`${lines.join("\n")}\n`]);
const startedMs = performance.now();
await database.query("COPY leads (id, doc) FROM '/dev/blob'", [], { blob });
process.stdout.write(String(performance.now() - startedMs));
await database.close();
await rm(folder, { recursive: true, force: true });
