import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { signInAdmin } from "./admin-api.ts";
import { expectSynced, focusList, leadRow, openDesk, searchLeads, timeline } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

const many = 600;
const file = ["Name;E-mail", ...Array.from({ length: many }, (_, row) => `Guest ${row};guest-${row}@fair.example`)]; // prettier-ignore

test("hundreds at once: what is ticked is exported and tagged, with a bar while it takes, and taken back", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openDesk(stage, browser);
  await importGuests(page, new URL("/import", desk.address).href);
  await expectSynced(page);
  const bars = await watchBars(page);
  const bar = page.getByRole("toolbar", { name: "Selected rows" });
  // The line at the bottom: a bar above the list has the same words while it is being done.
  const told = (words: RegExp) => page.getByRole("status").filter({ hasText: words });

  await test.step("three ticked rows are three exported rows, in the order of the list", async () => {
    await searchLeads(page, "");
    const ticks = page.getByRole("grid").getByRole("checkbox", { name: /^Select (?!all|none)/u });
    await expect(ticks.nth(3)).toBeVisible();
    await focusList(page);
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    for (let row = 1; row < 3; row += 1) await page.keyboard.press("Shift+ArrowDown");
    await expect(bar).toContainText("3 selected");
    const ticked = page.getByRole("grid").getByRole("checkbox", { checked: true });
    await expect(ticked).toHaveCount(3);
    const names = await Promise.all(
      (await ticked.all()).map(async (tick) => (await tick.getAttribute("aria-label")) ?? ""),
    );
    const download = page.waitForEvent("download");
    await bar.getByRole("button", { name: "Export" }).click();
    const [, ...lines] = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\r\n");
    expect(lines.map((line) => `Select ${line.split(",")[0]}`)).toEqual(names);
    expect(lines).toHaveLength(3);
    await expect(page.getByText("Exported 3 leads")).toBeVisible();
  });

  await test.step("a range holds what was never on screen", async () => {
    await focusList(page);
    await page.keyboard.press("Shift+End");
    await expect(bar.getByRole("button", { name: /^Select all/u })).toBeHidden();
    await expect.poll(async () => Number.parseInt(await bar.innerText(), 10)).toBeGreaterThan(many);
    await addTag(page, "spring");
    await expect(told(/^[6-9]\d\d leads: tagged spring/u)).toBeVisible();
  });

  await test.step("everything is tagged, and nothing of it is left when that is taken back", async () => {
    await page.getByRole("checkbox", { name: "Select none" }).click();
    await page.getByRole("checkbox", { name: "Select all" }).click();
    await addTag(page, "autumn");
    await told(/^[6-9]\d\d leads: tagged autumn/u)
      .getByRole("button", { name: "Undo", exact: true })
      .click();
    await expect(told(/^Taken back: [6-9]\d\d leads: tagged autumn/u)).toBeVisible();
    expect(await bars()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^[6-9]\d\d leads: tagged autumn/u),
        expect.stringMatching(/^Taking back: /u),
      ]),
    );
    await expectSynced(page);
  });

  await test.step("what is a colleague's is not given away with the rest, which comes back", async () => {
    await bar.getByRole("button", { name: "Owner", exact: true }).click();
    await page.getByRole("option", { name: "Ben Okafor" }).click();
    await told(/^[\d,]+ changed, [\d,]+ are not yours to give away/u)
      .getByRole("button", { name: "Undo", exact: true })
      .click();
    await expect(told(/^Taken back: .*Owner is Ben Okafor/u)).toBeVisible();
    // Nothing of it was refused either.
    await expectSynced(page);
  });

  await test.step("any field is set, picked with the mouse", async () => {
    await bar.getByRole("button", { name: "Field", exact: true }).click();
    await page.getByRole("combobox", { name: "Field", exact: true }).click();
    await page.getByRole("option", { name: "City", exact: true }).click();
    await page.getByRole("textbox", { name: "City", exact: true }).fill("Bern");
    await page.getByRole("button", { name: "Set for all selected" }).click();
    // Whoever has gone on meanwhile is told as well.
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await expect(page).toHaveURL(/\/tasks/u);
    await expect(told(/City is Bern/u)).toBeVisible();
    await page.goBack();
    await expectSynced(page);
  });

  await test.step("who is made a manager has the means of one at once", async () => {
    const team = bar.getByRole("button", { name: "Team", exact: true });
    await expect(team).toHaveCount(0);
    const admin = await signInAdmin(stage);
    await admin.ask("PATCH", "/people/demo-ana", { role: "manager" });
    await expect(team).toBeVisible();
  });

  await searchLeads(page, "guest-417@fair.example");
  await expect(leadRow(page, "Guest 417")).toHaveCount(1);
  await leadRow(page, "Guest 417").dblclick();
  await expect(timeline(page)).toContainText(/changed\s*Tags\s*spring, autumn\W*spring/u);
});

async function importGuests(page: Page, address: string): Promise<void> {
  await page.goto(address);
  const buffer = Buffer.from(file.join("\n"));
  await page.getByLabel("CSV file").setInputFiles({ name: "guests.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText(/^guests\.csv, 600 rows/u)).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: `Import ${many}` }).click();
  await expect(page.getByText(`Imported ${many} leads.`)).toBeVisible();
}

/**
 * By this page's clock everything takes ten minutes, so that its bar is shown on a fast machine too.
 * @returns the labels of all bars that were there since
 */
async function watchBars(page: Page): Promise<() => Promise<string[]>> {
  await page.clock.setFixedTime(Date.now() + 600_000);
  await page.reload();
  await page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const bar of document.querySelectorAll("[role=progressbar]"))
        seen.add(bar.getAttribute("aria-label") ?? "");
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(window, { seenBars: seen });
  });
  return () => page.evaluate(() => [...(window as unknown as { seenBars: Set<string> }).seenBars]);
}

async function addTag(page: Page, tag: string): Promise<void> {
  await page
    .getByRole("toolbar", { name: "Selected rows" })
    .getByRole("button", { name: "Tag", exact: true })
    .click();
  const field = page.getByRole("combobox", { name: "Add a tag" });
  await field.fill(tag);
  await page.getByRole("option", { name: tag }).click();
}
