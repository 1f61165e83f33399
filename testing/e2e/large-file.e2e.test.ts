import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import type { Page } from "@playwright/test";
import { expect, test } from "./stage.ts";
import { askPalette, leadRow, openDesk, searchLeads } from "./desk-page.ts";

const sizeBytes = 100_000_000;
const rowBytes = 2_500;

test("a file of 100 MB is dropped, read with progress beside other work, stopped, and says what it left", async ({
  stage,
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "ringside-large-"));
  try {
    const file = join(folder, "fair.csv");
    await writeFair(file);
    const { page, desk } = await openDesk(stage, browser);
    await page.goto(new URL("/import", desk.address).href);
    await dropFile(page, file);

    const reading = page.getByRole("progressbar", { name: "Reading the file" });
    await expect(reading).toBeVisible();
    await expectWindowAnswers(page);
    await expect(page.getByRole("button", { name: "Next" })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText(/fair\.csv, [\d,]+ rows/u)).toBeVisible();
    await page.getByRole("button", { name: "Next" }).click();
    const run = page.getByRole("button", { name: /^Import [\d,]+$/u });
    await expect(run).toBeEnabled({ timeout: 120_000 });
    await run.click();

    const importing = page.getByRole("progressbar", { name: "Importing" });
    await expect(importing).toBeVisible();
    await expectWindowAnswers(page);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(page.getByText(/^Stopped\. Imported [1-9][\d,]* leads/u)).toBeVisible();
    await searchLeads(page, "Visitor 1 of the fair");
    await expect(leadRow(page, "Visitor 1 of the fair")).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** People with long notes, until the file is as large as one may be. */
async function writeFair(file: string): Promise<void> {
  const notes = "Asked about parking, light and the lease. ".repeat(Math.ceil(rowBytes / 42));
  function* lines() {
    yield "Name,Phone,Notes\n";
    for (let row = 1; row <= sizeBytes / rowBytes; row += 1) {
      yield `Visitor ${row} of the fair,+1312${String(row).padStart(7, "0")},"${notes}"\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** As from a file manager: the page gets the file, not its bytes. */
async function dropFile(page: Page, file: string): Promise<void> {
  const box = await page.getByRole("heading", { name: /^Drop a CSV file/u }).boundingBox();
  if (!box) throw new Error("there is no place to drop a file");
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, ...at, data });
  }
}

/** The window takes keys and its replica answers while the file is worked on. */
async function expectWindowAnswers(page: Page): Promise<void> {
  const field = await askPalette(page, "4155550182");
  await expect(page.getByRole("option", { selected: true })).toContainText("Wei Chen");
  await page.keyboard.press("Escape");
  await expect(field).toBeHidden();
}
