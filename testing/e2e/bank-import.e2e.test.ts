import { existsSync } from "node:fs";
import type { Page } from "@playwright/test";
import { bankFields, bankFile, bankTemplates } from "../bank-file.ts";
import { signInAdmin, type Admin } from "./admin-api.ts";
import { isFilmed } from "./film.ts";
import { expect, test } from "./stage.ts";
import {
  bringServerBack,
  expectSynced,
  leadRow,
  openDesk,
  openOfflineDesk,
  pressInTurn,
  searchLeads,
  syncItem,
} from "./desk-page.ts";

// What was done is kept in test-results, also when it passes; with RECORD_VIDEO set, as a film too.
test.use({ trace: { mode: "on", screenshots: isFilmed, snapshots: false, sources: false } });

/** Of as many that one batch, and one push, are not enough: taken back in turns like any number of them. */
const more = ["Name", ...Array.from({ length: 1_500 }, (_, row) => `Passing contact ${row}`)].join("\n");

// The whole way of a real file from one desk to another, recorded, and a second file that goes it in both directions.
// How fast it is says the bench (`import.bank`).
test("the bank's 32,950 contacts are imported offline, sent up and found by a colleague; the next file is taken back, from them too", async ({
  stage,
  browser,
}) => {
  // A minute while two other tests run beside it; a machine may be ten times slower.
  test.setTimeout(1_800_000);
  // oxlint-disable-next-line no-console -- a test that cannot run says why
  if (!existsSync(bankFile)) console.log(`Skipped: ${bankFile} is not on this machine`);
  test.skip(!existsSync(bankFile), `${bankFile} is not on this machine`);
  await makeFields(await signInAdmin(stage));
  const { page } = await openOfflineDesk(stage, browser);

  await pressInTurn(page, ["g", "i"], page.getByRole("heading", { level: 1, name: "Import" }));
  await page.getByLabel("CSV file").setInputFiles(bankFile);
  await expect(page.getByText(/bank\.csv, 32,950 rows, UTF-8, semicolon/u)).toBeVisible();
  for (const { column, label } of bankFields) {
    await expect(page.getByRole("combobox", { name: `${column} becomes` })).toHaveText(label);
  }
  await fillByTemplate(page, "Name", bankTemplates.name);
  await fillByTemplate(page, "Phone", bankTemplates.phone);
  await page.getByRole("button", { name: "Next" }).click();
  const run = page.getByRole("button", { name: "Import 32,950" });
  await expect(run).toBeEnabled({ timeout: 120_000 });

  await run.click();
  await expect(page.getByRole("progressbar", { name: "Importing" })).toBeVisible();
  await expect(page.getByText("Imported 32,950 leads.")).toBeVisible({ timeout: 240_000 });
  await expect(syncItem(page)).toContainText("32,951 unsent");

  await bringServerBack(stage, page);
  await expect(syncItem(page)).not.toContainText("unsent", { timeout: 300_000 });

  const ben = await openDesk(stage, browser, "Ben Okafor");
  await searchLeads(ben.page, "Bank contact 20417");
  await expect(leadRow(ben.page, "Bank contact 20417").first()).toBeVisible();

  await page.getByRole("button", { name: "Import another file" }).click();
  const buffer = Buffer.from(more);
  await page.getByLabel("CSV file").setInputFiles({ name: "more.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText(/more\.csv, 1,500 rows/u)).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Import 1,500" }).click();
  await expect(page.getByText("Imported 1,500 leads.")).toBeVisible();
  await searchLeads(ben.page, "Passing contact 1417");
  await expect(leadRow(ben.page, "Passing contact 1417").first()).toBeVisible();

  await page.getByRole("button", { name: "Undo the import" }).click();
  await expect(page.getByText("The import of more.csv was taken back.")).toBeVisible();
  await expectSynced(page);
  await expect(leadRow(ben.page, "Passing contact 1417")).toHaveCount(0);
  await searchLeads(ben.page, "Bank contact 20417");
  await expect(leadRow(ben.page, "Bank contact 20417").first()).toBeVisible();
});

async function makeFields(admin: Admin): Promise<void> {
  for (const { key, label, type } of bankFields) {
    await admin.ask("POST", "/fields", {
      ...{ collection: "leads", key, label, type },
      required: false,
      default: null,
      options: [],
    });
  }
}

async function fillByTemplate(page: Page, field: string, template: string): Promise<void> {
  await page.getByRole("button", { name: /^Fill a field/u }).click();
  await page.getByRole("combobox", { name: "Field to fill" }).fill(field);
  await page.getByRole("option", { name: field, exact: true }).click();
  const made = page.getByRole("textbox", { name: `${field} is made of` });
  await made.fill(template);
  await made.press("Enter");
}
