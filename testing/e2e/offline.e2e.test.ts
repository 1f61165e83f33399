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
} from "./desk-page.ts";

test("a day without the network: everything works, stays over restarts, and is sent when it is back", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openOfflineDesk(stage, browser);

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
  await reopenDesk(stage, { page, desk });
  await expectOffline(page, "3 unsent");
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(page, "Decision")).toContainText("Wei and the landlord");
  await expect(timeline(page).getByText("Asked for the fire certificate")).toBeVisible();
  await expect(page.getByRole("button", { name: "Finish Send the certificate" })).toBeVisible();

  await bringServerBack(stage, page);
  await expectSynced(page);
  await expect(syncItem(page)).not.toContainText("unsent");
  const ben = await openDesk(stage, browser, "Ben Okafor");
  await openLead(ben.page, "Wei Chen", "Kestrel Analytics");
  await expect(fieldOf(ben.page, "Decision")).toContainText("Wei and the landlord");
  await expect(timeline(ben.page).getByText("Asked for the fire certificate")).toBeVisible();
  await expect(ben.page.getByRole("button", { name: "Finish Send the certificate" })).toBeVisible();
});
