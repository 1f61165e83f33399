import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildStale, templates } from "./builds.ts";
import { benches } from "../testing/bench/index.ts";
import { isReached, type Bench, type Measurement } from "../testing/bench/measurement.ts";

// npm run bench -- --only sync.first.vs-copy,search.p95 --runs 5 --json FILE
const { values: options } = parseArgs({
  options: { only: { type: "string" }, json: { type: "string" }, runs: { type: "string", default: "5" } },
});
const wanted = options.only?.split(",").map((id) => id.trim());
const chosen = benches.filter((bench) => !wanted || bench.ids.some((id) => wanted.includes(id)));
if (wanted) {
  const unknown = wanted.filter((id) => !benches.some((bench) => bench.ids.includes(id)));
  if (unknown.length > 0)
    throw new Error(
      `unknown id: ${unknown.join(", ")}; known: ${benches.flatMap((bench) => bench.ids).join(", ")}`,
    );
}

console.log(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`);
await buildStale(["renderer", "console", "desktop", "server", ...templates]);
const measurements: Measurement[] = [];
const skipped: { id: string; why: string }[] = [];
for (const bench of chosen) {
  console.log(`\n${bench.ids.join(", ")}`);
  const results = await runInFolder(bench);
  measurements.push(...results.filter(({ id }) => wanted === undefined || wanted.includes(id)));
}
printTable(measurements);
if (skipped.length > 0) console.log(`\n${skipped.length} skipped:`);
for (const { id, why } of skipped) console.log(`  ${id}: ${why}`);
if (options.json) await writeFile(options.json, `${JSON.stringify(measurements, null, 2)}\n`);

async function runInFolder(bench: Bench): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-bench-"));
  try {
    const wants = (id: string) => wanted === undefined || wanted.includes(id);
    const log = (line: string) => console.log(`  ${line}`);
    const skip = (id: string, why: string) => void skipped.push({ id, why });
    return await bench.run({ runs: Number(options.runs), wants, skip, folder, log });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function printTable(rows: Measurement[]): void {
  console.log(`\n| id | value | reach | floor | ratio | runs | |\n|---|---|---|---|---|---|---|`);
  for (const row of rows) {
    const floor = row.floor === undefined ? "" : round(row.floor);
    const ratio = row.ratio === undefined ? "" : `${round(row.ratio)}x`;
    const verdict = isReached(row) ? "reached" : "missed";
    console.log(
      `| \`${row.id}\` | ${round(row.value)} ${row.unit} | ${row.reach} | ${floor} | ${ratio} | ${row.runs} | ${verdict}${row.note ? `; ${row.note}` : ""} |`,
    );
  }
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
