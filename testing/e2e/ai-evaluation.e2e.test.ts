import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runQuietly } from "../../tools/processes.ts";
import type { Evaluated } from "../eval/evaluation.ts";
import { isReached } from "../bench/measurement.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { expect, test } from "./stage.ts";

/** Those that need no data beside the project. */
const ids = [
  ...["eval.assistant.letters", "eval.assistant.deals", "eval.assistant.listings", "eval.advice.first"],
  ...["eval.sentiment.urgency", "eval.bot.hand-off", "eval.bot.suggest", "eval.assistant.landing"],
  ...["eval.coaching.card", "eval.coaching.report-words"],
];

test("what an evaluation has measured stands on the console's page, with data, metric, baseline and what was to be reached", async ({
  sharedStage: stage,
  page,
}) => {
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: "Evaluation" }).click();
  await expect(page.getByText("Nobody has measured the features on this server.")).toBeVisible();

  const file = join(stage.folder, "server", "evaluation.json");
  const { code, output } = await runQuietly(process.execPath, [
    ...["tools/eval.ts", "--only", ids.join(","), "--json", file],
    // None of these reads any of it.
    ...["--data", stage.folder],
  ]);
  expect(code, output).toBe(0);
  const rows = JSON.parse(await readFile(file, "utf8")) as Evaluated[];
  expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  await page.reload();
  const table = page.getByRole("table", { name: "Figures" });
  await expect(table.getByRole("row")).toHaveCount(rows.length + 1);
  for (const { feature, data, metric, value, floor, reach, note = "" } of rows) {
    const cells = table.getByRole("row").filter({ hasText: feature }).getByRole("cell");
    await expect(cells).toHaveText([feature, data, metric, value.toFixed(3), floor?.toFixed(3) ?? "", reach, note]); // prettier-ignore
  }
  // Rules answered here; whoever reads it sees who did, and what is not reached is not hidden.
  expect(rows.every(({ note }) => note?.includes("by rules"))).toBe(true);
  expect(rows.filter((row) => isReached(row)).length).toBeGreaterThan(0);
  await expect(page.getByRole("main").getByText(/^Run /u)).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  // The operator reads the same figures.
  await page.context().clearCookies();
  await enterConsole(page, stage.serverUrl, "Olivia Brandt");
  await page.getByRole("link", { name: "Evaluation" }).click();
  await expect(page.getByRole("table", { name: "Figures" }).getByRole("row")).toHaveCount(rows.length + 1);
});
