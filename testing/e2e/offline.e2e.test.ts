import { globSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { Stage } from "../processes/stage.ts";
import { expect, test } from "./stage.ts";
import {
  addNote,
  bringServerBack,
  expectOffline,
  expectSynced,
  fieldOf,
  leadRow,
  openDesk,
  openLead,
  openOfflineDesk,
  openSyncPanel,
  reopenDesk,
  searchLeads,
  setField,
  syncItem,
  timeline,
  writeNotes,
  type OpenDesk,
} from "./desk-page.ts";

// Three scenes, each of which begins processes anew.
test.setTimeout(600_000);

test("without the network everything works, is sent when it is back, and what two people changed meanwhile is joined; a power cut loses none of it", async ({
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
