import { globSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import type { Stage } from "../processes/stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { expect, test } from "./stage.ts";
import {
  addNote,
  bringServerBack,
  expectOffline,
  expectSynced,
  fieldOf,
  goTo,
  leadRow,
  openDesk,
  openLead,
  openOfflineDesk,
  openSyncPanel,
  reopenDesk,
  searchLeads,
  setField,
  stageStep,
  syncItem,
  timeline,
  writeNotes,
  type OpenDesk,
} from "./desk-page.ts";

const deal = "Fourth floor, 210 Canal St";

// Several scenes at the same two desks, some of which begin processes anew.
test.setTimeout(600_000);

test("without the network everything works, is sent when it is back, and what two people changed meanwhile is joined; with it each sees what the other does; a power cut loses none of it", async ({
  stage,
  browser,
}) => {
  const opened = await openOfflineDesk(stage, browser);
  const ana =
    await test.step("a day without the network: everything works, stays over restarts, and is sent when it is back", () =>
      spendADay(stage, opened));
  const ben = await openDesk(stage, browser, "Ben Okafor");
  await expectWhatAnaDid(ben.page);
  await test.step("two people edit one lead offline: lines of notes join, a field shows both values and keeps them", () =>
    editBoth(stage, ana.page, ben.page));
  await test.step("what Ana changes is in her other window and on Ben's desk while he looks, and is kept where he types over it", () =>
    typeOver(ana.page, ben.page));
  await test.step("each sees the other there", () => lookForEachOther(ana.page, ben.page));
  await test.step("what Ana writes where an entry of Ben's stands that cannot be taken is kept, too", () =>
    writeWhereNothingFits(stage, ana.page, ben.page));
  await test.step("a replica that was cut off by a power cut is built anew by itself, with the edits that were never sent", () =>
    cutThePower(stage, ana));
});

/** @returns the desk as it was started anew */
async function spendADay(stage: Stage, { page, desk }: OpenDesk): Promise<OpenDesk> {
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await setField(page, "Decision", "Wei and the landlord");
  await addNote(page, "Asked for the fire certificate");
  await page.keyboard.press("t");
  await page.getByRole("textbox", { name: "New task" }).fill("Send the certificate tomorrow 10:30");
  await page.getByRole("textbox", { name: "New task" }).press("Enter");
  await expect(page.getByRole("button", { name: "Finish Send the certificate" })).toBeVisible();
  await expect(syncItem(page)).toContainText("3 unsent");
  await searchLeads(page, "Kowalsky");
  await expect(leadRow(page, "Maria Kowalski").first()).toBeVisible();
  const waiting = await openSyncPanel(page);
  await expect(waiting.getByText("Waiting to send")).toBeVisible();
  await expect(waiting.getByText(/Decision, .* to Wei and the landlord/u)).toBeVisible();
  await expect(waiting.getByText("Note added, 1 line")).toBeVisible();
  await expect(waiting.getByText("Task added")).toBeVisible();

  await page.reload();
  await expectOffline(page, "3 unsent");
  await desk.close();
  const reopened = await reopenDesk(stage, { page, desk });
  await expectOffline(page, "3 unsent");
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(page, "Decision")).toContainText("Wei and the landlord");
  await expect(timeline(page).getByText("Asked for the fire certificate")).toBeVisible();
  await expect(page.getByRole("button", { name: "Finish Send the certificate" })).toBeVisible();

  await bringServerBack(stage, page);
  await expectSynced(page);
  await expect(syncItem(page)).not.toContainText("unsent");
  return reopened;
}

async function expectWhatAnaDid(page: Page): Promise<void> {
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(page, "Decision")).toContainText("Wei and the landlord");
  await expect(timeline(page).getByText("Asked for the fire certificate")).toBeVisible();
  await expect(page.getByRole("button", { name: "Finish Send the certificate" })).toBeVisible();
}

/** Both have the lead open. */
async function editBoth(stage: Stage, ana: Page, ben: Page): Promise<void> {
  await writeNotes(ana, "Parking: six spaces\nRent: open");
  const notesOf = (page: Page) => page.getByRole("complementary", { name: "About this person" });
  await expect(notesOf(ben).getByText("Parking: six spaces")).toBeVisible();
  await stage.stopServer();
  for (const page of [ana, ben]) await expectOffline(page);

  await setField(ana, "Decision", "Wei alone");
  await writeNotes(ana, "Parking: eight spaces\nRent: open");
  await setField(ben, "Decision", "The whole board");
  await writeNotes(ben, "Parking: six spaces\nRent: open\nWants a tour on Friday");

  await bringServerBack(stage, ana, ben);
  for (const page of [ana, ben]) {
    await expectSynced(page);
    await expect(
      notesOf(page).getByText("Parking: eight spaces Rent: open Wants a tour on Friday"),
    ).toBeVisible();
  }

  const panel = await openSyncPanel(ana);
  await expect(panel.getByText("Changed by two people")).toBeVisible();
  const folded = panel.getByRole("button", { name: /^Wei Chen, ?Decision|^Wei Chen Decision/u });
  const values = panel.getByRole("radiogroup", { name: "Wei Chen, Decision" });
  await expect(folded.or(values)).toBeVisible();
  if (await folded.isVisible()) await folded.click();
  await expect(values.getByRole("radio", { name: /^Wei alone You/u })).toBeVisible();
  await values.getByRole("radio", { name: /^The whole board Ben Okafor/u }).check();
  await panel.getByRole("button", { name: "Use The whole board" }).click();
  await expect(panel.getByText("Wei Chen")).toHaveCount(0);
  await ana.keyboard.press("Escape");

  for (const page of [ana, ben]) {
    await expect(fieldOf(page, "Decision")).toContainText("The whole board");
    await timeline(page)
      .getByRole("tab", { name: /^Changes/u })
      .click();
    await expect(
      timeline(page)
        .getByText(/Wei alone/u)
        .first(),
    ).toBeVisible();
    await expect(
      timeline(page)
        .getByText(/The whole board/u)
        .first(),
    ).toBeVisible();
  }
}

/** Both have the lead open. */
async function typeOver(ana: Page, ben: Page): Promise<void> {
  const besides = await ana.context().newPage();
  await besides.goto(ana.url());
  await expect(besides.getByRole("heading", { level: 2, name: "Wei Chen" })).toBeVisible();

  await setField(ana, "Decision", "Wei alone, by Friday");
  await expect(fieldOf(besides, "Decision")).toContainText("Wei alone, by Friday");
  await besides.close();
  await stageStep(ana, "Offer").click();

  await expect(fieldOf(ben, "Decision")).toContainText("Wei alone, by Friday");
  await expect(stageStep(ben, "Offer")).toHaveAttribute("aria-pressed", "true");
  await expectSynced(ana);

  await fieldOf(ben, "Decision").click();
  await ben.getByRole("textbox", { name: "Decision", exact: true }).fill("The whole board");
  await setField(ana, "Decision", "Wei and his partner");
  await stageStep(ana, "Tour").click();
  await expect(stageStep(ben, "Tour")).toHaveAttribute("aria-pressed", "true");
  await ben.getByRole("textbox", { name: "Decision", exact: true }).press("Enter");
  for (const page of [ana, ben]) {
    await expect(fieldOf(page, "Decision")).toContainText("The whole board");
    await expect(page.getByRole("button", { name: "2 values" })).toBeVisible();
  }
}

async function lookForEachOther(ana: Page, ben: Page): Promise<void> {
  await ben.getByRole("button", { name: /^Presence:/u }).click();
  await ben.getByRole("menuitem", { name: "Busy" }).click();
  await ana.getByRole("button", { name: /^Presence:/u }).click();
  await expect(ana.getByRole("menuitem", { name: /Ben Okafor/u })).toContainText("Busy");
  await ana.keyboard.press("Escape");
}

async function writeWhereNothingFits(stage: Stage, ana: Page, ben: Page): Promise<void> {
  const admin = await signInAdmin(stage);
  await admin.ask("POST", "/fields", { collection: "deals", key: "plans", label: "Plans", type: "url", required: false, default: null, options: [] }); // prettier-ignore
  const [anas, bens] = [ana, ben].map((page) => page.getByRole("dialog", { name: deal })) as [Locator, Locator]; // prettier-ignore
  for (const page of [ana, ben]) {
    await goTo(page, "/deals", "Deals");
    await page.getByRole("option", { name: `${deal} Maria Kowalski` }).click();
  }
  await typeInto(bens, "Plans", "no plans");
  await expect(bens.getByText(/^Not a web address/u)).toBeVisible();
  await typeInto(bens, "Value", "a lot");
  await expect(bens.getByText(/^Not a sum/u)).toBeVisible();

  await typeInto(anas, "Plans", "ana.example");
  await typeInto(anas, "Value", "500k");
  await typeInto(anas, "Name", `${deal}, both halves`);
  await expect(bens.getByRole("heading").first()).toHaveText(`${deal}, both halves`);

  await typeInto(bens, "Plans", "ben.example");
  await typeInto(bens, "Value", "700k");
  await expect(anas.getByRole("textbox", { name: "Plans" })).toHaveValue("https://ben.example");
  await expect(anas.getByRole("textbox", { name: "Value" })).toHaveValue("$700,000");
  await ana.keyboard.press("Escape");
  await expect(anas).toBeHidden();
  const panel = await openSyncPanel(ana);
  await expect(panel.getByText(`${deal}, both halves`)).toHaveCount(2);
  await ana.keyboard.press("Escape");
  await expect(panel).toBeHidden();
}

async function typeInto(drawer: Locator, label: string, text: string): Promise<void> {
  await drawer.getByRole("textbox", { name: label }).fill(text);
  await drawer.getByRole("textbox", { name: label }).press("Enter");
}

async function cutThePower(stage: Stage, { page, desk }: OpenDesk): Promise<void> {
  await stage.stopServer();
  await expectOffline(page);
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await setField(page, "Decision", "Said before the lights went out");
  await expectOffline(page, "1 unsent");
  await desk.close();
  const [control, ...others] = globSync("replicas/*/database/**/pg_control", { cwd: desk.dataDir });
  expect(others).toEqual([]);
  truncateSync(join(desk.dataDir, control ?? ""), 100);

  await stage.startServer();
  await reopenDesk(stage, { page, desk });
  await expectSynced(page);
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(page, "Decision")).toContainText("Said before the lights went out");
  expect(globSync("replicas/*/database.damaged-*", { cwd: desk.dataDir })).toHaveLength(1);
}
