import { expectSynced, goTo, visitSynced } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("what is typed into a deal or a listing stays from the first key on, and is saved as it is left", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  await goTo(page, "/deals", "Deals");
  await page.getByRole("option").first().click();
  const deal = page.getByRole("dialog");
  const name = deal.getByRole("textbox", { name: "Name" });
  await name.press("End");
  await name.pressSequentially(" and cellar");
  await expect(name).toHaveValue(/ and cellar$/u);
  await name.press("Enter");
  await expect(deal.getByRole("heading").first()).toHaveText(/ and cellar$/u);
  await page.keyboard.press("Escape");
  await expect(deal).toBeHidden();

  await goTo(page, "/listings", "Floors");
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await page.keyboard.press("Enter");
  const description = page.getByRole("textbox", { name: "Description" });
  await description.fill("Light from both sides");
  await expect(description).toHaveValue("Light from both sides");
  await description.blur();
  await expectSynced(page);
  await page.reload();
  await expect(description).toHaveValue("Light from both sides");
});
