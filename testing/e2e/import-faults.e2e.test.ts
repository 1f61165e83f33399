import { readFile } from "node:fs/promises";
import { expect, test } from "./stage.ts";
import { goTo, leadRow, searchLeads, visitSynced } from "./desk-page.ts";

/** Latin-1 and semicolons: somebody new, somebody who is here already with all of it, a number cut short, a cell too many. */
const fair = [
  "Name;Phone;E-mail",
  "Zoë Faßbinder;(312) 555-0199;zoe@fassbinder.example",
  "M. Kowalski;+1 312 555 0147;",
  "Carl Cutshort;+1 312;",
  "Rita Ragged;(312) 555-0198;rita@ragged.example;by the door",
].join("\n");

test("a file with faults: each is named and can be downloaded, the rest comes in, and all of it goes again", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  await goTo(page, "/import", "Import");
  const buffer = Buffer.from(fair, "latin1");
  await page.getByLabel("CSV file").setInputFiles({ name: "fair.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText("fair.csv, 4 rows, Latin-1, semicolon")).toBeVisible();
  const outcome = page.getByRole("complementary", { name: "What becomes of the rows" });
  await expect(outcome).toContainText("1new lead1duplicate2rows with errors4 rows");
  await expect(outcome.getByRole("listitem").filter({ hasText: "More cells than columns" })).toContainText(
    "row 5",
  );

  const download = page.waitForEvent("download");
  await outcome.getByRole("button", { name: "2 rows as CSV" }).click();
  const errors = await readFile(await (await download).path(), "utf8");
  expect(errors).toContain("Carl Cutshort");
  expect(errors).toContain("More cells than columns");
  expect(errors).not.toContain("Zoë");

  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Import 2" }).click();
  await expect(page.getByText("Imported 1 lead, skipped 1. 2 rows with errors were left out.")).toBeVisible();
  await searchLeads(page, "zoe fassbinder");
  await expect(leadRow(page, "Zoë Faßbinder")).toContainText("555-0199");

  await goTo(page, "/import", "Import");
  await page
    .getByRole("listitem")
    .filter({ hasText: "fair.csv" })
    .getByRole("button", { name: "Undo" })
    .click();
  await searchLeads(page, "zoe fassbinder");
  await expect(leadRow(page, "Zoë Faßbinder")).toHaveCount(0);
});
