import { expectOffline, expectSynced, openDesk, openLead, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("a deal on a profile says how likely it is won and what to do, and opens on its board; where it may slip away all steps become tasks", async ({
  stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const profile = page.url();
  const side = page.getByRole("complementary", { name: "About this person" });
  const deals = side.getByRole("region", { name: /^Deals?$/u });
  const chance = deals.getByText(/^\d+ % likely to be won/u);
  await expect(chance).toBeVisible();
  await deals.getByRole("button", { name: /^Make a task: / }).click();
  await undoFromToast(page, /^Task “/u);

  const name = await deals.getByRole("link").innerText();
  await deals.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name });
  const insight = drawer.getByRole("region", { name: "Where it stands" });
  await expect(insight).toContainText("% likely to be won");

  // Nobody says any more what it is worth, nor when it is to close.
  await drawer.getByRole("textbox", { name: "Value" }).fill("");
  await drawer.getByRole("textbox", { name: "Value" }).press("Enter");
  await drawer.getByRole("textbox", { name: "Expected close" }).fill("");
  await drawer.getByRole("textbox", { name: "Expected close" }).press("Enter");
  await expect(insight).toContainText("It may slip away.");
  await page.goto(profile);
  await expect(chance).toContainText("it may slip away");
  const allSteps = deals.getByRole("button", { name: /^Make tasks of all [23]$/u });
  const sumTask = side.getByRole("button", { name: "Finish Name a sum and send it in writing" });
  await allSteps.click();
  await expect(sumTask).toBeVisible();
  await undoFromToast(page, /^[23] tasks for the deal/u);
  await expect(sumTask).toBeHidden();

  await expectSynced(page);
  await stage.stopServer();
  await expectOffline(page);
  await allSteps.click();
  await expect(sumTask).toBeVisible();
});
