import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "@playwright/test";
import Papa from "papaparse";
import { fillCoachedCalls } from "../insights/fill-tenant.ts";
import type { Stage } from "../processes/stage.ts";
import { findBarriers } from "./barriers.ts";
import { expectOffline, openDesk } from "./desk-page.ts";
import { readPdf } from "./read-pdf.ts";
import { expect, test } from "./stage.ts";

// A manager without a network, with enough calls for all that the screens can say.

test("from a bar, an item and a figure one comes to the calls behind them; what the screens say is in the CSV and in the PDF", async ({
  stage,
  browser,
}) => {
  const page = await openInsights(stage, browser);
  await test.step("by keyboard from a bar, an item and a figure of the top callers to the calls behind them, and to the second in each", () =>
    lookBehind(page));
  await test.step("everything that a manager sees on the screens is in the CSV and, drawn and told, in the PDF", () =>
    takeAway(page));
});

async function lookBehind(page: Page): Promise<void> {
  await go(page, "/insights?days=91&show=spread");
  const bars = page.getByRole("group", { name: /^Talk share of \d+ calls/u }).getByRole("button");
  await bars.and(page.locator("[tabindex='0']")).focus();
  const bar = page.locator(":focus");
  const before = (await bar.getAttribute("aria-label")) ?? "";
  await page.keyboard.press("ArrowRight");
  await expect(bar).not.toHaveAccessibleName(before);
  await expect(bar).toHaveAccessibleName(/^\d+% to \d+%: \d+ calls?$/u);
  const [, from, to, count] =
    /^(\d+%) to (\d+%): (\d+)/u.exec((await bar.getAttribute("aria-label")) ?? "") ?? [];
  await page.keyboard.press("Enter");
  const behind = page.getByRole("region", { name: "Calls behind it" });
  await expect(behind.getByRole("heading")).toHaveText(`Talk share from ${from} to ${to}`);
  await expect(behind.getByRole("listitem")).toHaveCount(Number(count));
  await expect(bar).toHaveAttribute("aria-pressed", "true");
  expect.soft(await findBarriers(page)).toEqual([]);

  await page.keyboard.press("j");
  await expect(behind.getByRole("listitem").first().getByRole("button")).toHaveAttribute("aria-current", "true"); // prettier-ignore
  const panel = page.getByRole("complementary", { name: "Coaching" });
  await expect(panel.getByRole("region", { name: "Recording and transcript" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("region", { name: "Recording and transcript" })).toBeHidden();
  await expect(behind).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(behind).toBeHidden();

  // The same bar as a row of the table.
  await page.keyboard.press("v");
  await page.getByRole("row", { name: new RegExp(`^${from} ${to} `, "u") }).getByRole("button").press("Enter"); // prettier-ignore
  await expect(behind.getByRole("listitem")).toHaveCount(Number(count));
  await page.keyboard.press("v");

  const top = page.getByRole("region", { name: "What top callers do differently" });
  await top.getByRole("button", { name: "Who decides" }).click();
  await expect(behind.getByRole("heading")).toHaveText("Who decides");
  await top.getByRole("button", { name: "Longest turn" }).click();
  await expect(page.getByRole("combobox", { name: "Figure" })).toHaveText("Longest turn");

  await page.getByRole("tab", { name: "Overview" }).click();
  const followed = page.getByRole("region", { name: /^Playbook followed/u });
  await followed.getByRole("button", { name: "Budget range" }).press("Enter");
  const row = followed.getByRole("row", { name: /^Budget range/u });
  const counts = /Done in (\d+) calls?, skipped in (\d+)/u;
  await expect(row).toHaveAttribute("title", counts);
  const [, done, skipped] = counts.exec((await row.getAttribute("title")) ?? "") ?? [];
  await expect(behind.getByRole("status")).toContainText(`${skipped} call`);
  await behind.getByText("Done", { exact: true }).click();
  await expect(behind.getByRole("status")).toContainText(`${done} call`);
  expect.soft(await findBarriers(page)).toEqual([]);
  await behind.getByRole("button").last().click();
  await expect(panel.getByRole("region", { name: "Recording and transcript" })).toBeVisible();
}

async function takeAway(page: Page): Promise<void> {
  await go(page, "/insights?days=91&show=spread&tables=true");
  const spread = await cellsOf(page.getByRole("region", { name: "How calls spread" }));
  const top = await cellsOf(page.getByRole("region", { name: "What top callers do differently" }));
  const byWeek = await cellsOf(page.getByRole("region", { name: "Checklist by week" }));
  await page.getByRole("tab", { name: "Cards" }).click();
  const cards = await cellsOf(page.getByRole("region", { name: "Cards" }));
  await page.getByRole("tab", { name: "Overview" }).click();
  const followed = await cellsOf(page.getByRole("region", { name: /^Playbook followed/u }));
  expect([spread.length, byWeek.length, top.length > 3, cards.length > 0, followed.length]).toEqual([20, 7, true, true, 7]); // prettier-ignore

  const rows = Papa.parse<string[]>((await exportCsv(page)).replace(/^\ufeff/u, "")).data;
  const named = (name: string) => rows.filter(([first]) => first === name);
  const bars = named("talkShare").filter((cells) => cells.length === 5 && cells[4] !== "");
  expect(bars.slice(-20).map((cells) => cells[3])).toEqual(spread.map((cells) => cells[2]));
  for (const [label = "", most] of top.filter(([name]) => followed.some(([item]) => item === name)))
    expect(named(label).map(([, share]) => `${Math.round(Number(share) * 100)}%`)).toContain(most);
  for (const [label = "", , both = ""] of followed) {
    const [, skipped, done] = /skipped \((\d+)\), .* done \((\d+)\)/u.exec(both) ?? [];
    expect(rows.filter(([, item]) => item === label).map((cells) => cells.slice(2, 4))).toEqual([[done, skipped]]); // prettier-ignore
  }
  expect(named("Price").some((cells) => cells[3] === cards[0]?.[2])).toBe(true);

  const { text, pages } = readPdf(await exportPdf(page));
  const said = text.replaceAll(/\s+/gu, " ");
  expect(pages).toBeGreaterThan(3);
  const told = [...spread, ...top, ...byWeek, ...followed].map((cells) => cells.join(" "));
  const headings = ["All figures", "Cards that were due", "Moments to review", "By week", "Formulas"];
  // "Too few to say" is read out on the screen and stands in brackets.
  for (const wanted of [...told, ...headings].map((words) => words.replace(/\s*, too few to say/u, "")))
    expect.soft(said.includes(wanted.replaceAll(/\s+/gu, " ")), wanted).toBe(true);
  expect(said).toMatch(/Ana Ruiz \d+ \d+ 0 0 0 0 –/u);
}

async function openInsights(stage: Stage, browser: Browser): Promise<Page> {
  await stage.stopServer();
  await fillCoachedCalls(stage.folder, { calls: 240, segments: 12, untilMs: Date.now() - 3_600_000 });
  await stage.startServer();
  const { page } = await openDesk(stage, browser, "Max Albrecht");
  await page.addInitScript(() => {
    window.print = () => void document.documentElement.setAttribute("data-printed", "");
  });
  await stage.stopServer();
  await expectOffline(page);
  return page;
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}

/** What stands in each line of a table's body, cell by cell. */
async function cellsOf(region: Locator): Promise<string[][]> {
  const lines = region.locator("tbody tr");
  await expect(lines.first()).toBeVisible();
  return lines.evaluateAll((found) =>
    found.map((line) => [...(line as HTMLTableRowElement).cells].map((cell) => cell.innerText.trim())),
  );
}

async function exportCsv(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  return readFile(await (await download).path(), "utf8");
}

async function exportPdf(page: Page): Promise<Buffer> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As PDF, or on paper" }).click();
  await expect(page.locator("html[data-printed]")).toBeVisible();
  return page.pdf({ preferCSSPageSize: true });
}
