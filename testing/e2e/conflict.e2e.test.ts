import type { Page } from "@playwright/test";
import { expect, test } from "./stage.ts";
import {
  bringServerBack,
  expectOffline,
  expectSynced,
  fieldOf,
  openDesk,
  openLead,
  openSyncPanel,
  setField,
  timeline,
  writeNotes,
} from "./desk-page.ts";

test("two people edit one lead offline: lines of notes join, a field shows both values and keeps them", async ({
  stage,
  browser,
}) => {
  const ana = await openDesk(stage, browser);
  const ben = await openDesk(stage, browser, "Ben Okafor");
  for (const { page } of [ana, ben]) await openLead(page, "Wei Chen", "Kestrel Analytics");
  await writeNotes(ana.page, "Parking: six spaces\nRent: open");
  const notesOf = (page: Page) => page.getByRole("complementary", { name: "About this person" });
  await expect(notesOf(ben.page).getByText("Parking: six spaces")).toBeVisible();
  await stage.stopServer();
  for (const { page } of [ana, ben]) await expectOffline(page);

  await setField(ana.page, "Decision", "Wei alone");
  await writeNotes(ana.page, "Parking: eight spaces\nRent: open");
  await setField(ben.page, "Decision", "The whole board");
  await writeNotes(ben.page, "Parking: six spaces\nRent: open\nWants a tour on Friday");

  await bringServerBack(stage, ana.page, ben.page);
  for (const { page } of [ana, ben]) {
    await expectSynced(page);
    await expect(
      notesOf(page).getByText("Parking: eight spaces Rent: open Wants a tour on Friday"),
    ).toBeVisible();
  }

  const panel = await openSyncPanel(ana.page);
  await expect(panel.getByText("Changed by two people")).toBeVisible();
  const folded = panel.getByRole("button", { name: /^Wei Chen, ?Decision|^Wei Chen Decision/u });
  const values = panel.getByRole("radiogroup", { name: "Wei Chen, Decision" });
  await expect(folded.or(values)).toBeVisible();
  if (await folded.isVisible()) await folded.click();
  await expect(values.getByRole("radio", { name: /^Wei alone You/u })).toBeVisible();
  await values.getByRole("radio", { name: /^The whole board Ben Okafor/u }).check();
  await panel.getByRole("button", { name: "Use The whole board" }).click();
  await expect(panel.getByText("Wei Chen")).toHaveCount(0);
  await ana.page.keyboard.press("Escape");

  for (const { page } of [ana, ben]) {
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
});
