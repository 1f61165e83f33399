import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isReached } from "../testing/bench/measurement.ts";
import { chooseSettings } from "../testing/eval/choose-settings.ts";
import type { Evaluated, Evaluation } from "../testing/eval/evaluation.ts";
import { evaluations } from "../testing/eval/index.ts";

// npm run eval -- --only eval.lead.auc --data ../shared/data --json FILE
// npm run eval -- --choose   how the settings of conversion were chosen
const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "string" },
    data: { type: "string", default: "../shared/data" },
    choose: { type: "boolean", default: false },
  },
});
if (options.choose) printChoice();
else await evaluate(options.only?.split(",").map((id) => id.trim()));

async function evaluate(wanted: readonly string[] | undefined): Promise<void> {
  const unknown = wanted?.filter((id) => !evaluations.some(({ ids }) => ids.includes(id))) ?? [];
  if (unknown.length > 0) throw new Error(`unknown id: ${unknown.join(", ")}`);
  const chosen = evaluations.filter(({ ids }) => !wanted || ids.some((id) => wanted.includes(id)));
  const { there = [], missing = [] } = Object.groupBy(chosen, (one) => (hasData(one) ? "there" : "missing"));
  const rows: Evaluated[] = [];
  for (const one of there) rows.push(...(await one.run({ dataDir: options.data })));
  const asked = rows.filter(({ id }) => wanted === undefined || wanted.includes(id));
  printTable(asked);
  printSkipped(missing);
  if (asked.length === 0) process.exitCode = 2;
  const text = `${JSON.stringify(asked, null, 2)}\n`;
  if (options.json) await writeFile(options.json, text);
  if (wanted === undefined) await showInConsole(text);
}

function hasData({ needs }: Evaluation): boolean {
  return needs === undefined || existsSync(join(options.data, needs));
}

/** The whole table goes where the server of this folder looks for it; DATA_DIR names it as it does to the server. */
async function showInConsole(text: string): Promise<void> {
  const folder = process.env["DATA_DIR"] ?? "data/server";
  if (!existsSync(folder)) return;
  const file = join(folder, "evaluation.json");
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  console.log(`\nThe console shows it too: ${file}`);
}

function printTable(rows: readonly Evaluated[]): void {
  console.log(
    "| id | feature | data | metric | ours | reach | baseline | |\n|---|---|---|---|---|---|---|---|",
  );
  for (const row of rows) {
    const verdict = [isReached(row) ? "reached" : "missed", row.note].filter(Boolean).join("; ");
    const floor = row.floor?.toFixed(3) ?? "";
    console.log(
      `| \`${row.id}\` | ${row.feature} | ${row.data} | ${row.metric} | ${row.value.toFixed(4)} | ${row.reach} | ${floor} | ${verdict} |`,
    );
  }
}

/** What was not measured is said, and counted: a table that lacks it must not look whole. */
function printSkipped(missing: readonly Evaluation[]): void {
  if (missing.length === 0) return;
  const folders = [...new Set(missing.map(({ needs }) => join(options.data, needs ?? "")))];
  const ids = missing.flatMap((one) => one.ids);
  console.log(`\nNot measured, ${ids.length}, for want of ${folders.join(", ")} (--data names another folder): ${ids.join(", ")}`); // prettier-ignore
}

function printChoice(): void {
  console.log(
    "Log-loss on the earlier half of bank-marketing: as it was, and with drift put in (3 seeds).\n",
  );
  console.log("| settings | as it was | drifting |\n|---|---|---|");
  for (const { name, calm, drifting } of chooseSettings(options.data))
    console.log(`| ${name} | ${calm.toFixed(4)} | ${drifting.toFixed(4)} |`);
}
