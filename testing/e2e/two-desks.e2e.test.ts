import { expect, test } from "./stage.ts";
import { expectSynced, fieldOf, openDesk, openLead, setField, stageStep } from "./desk-page.ts";

test("what Ana changes is in her other window and on Ben's desk while he looks, and is kept where he types over it; each sees the other there", async ({
  stage,
  browser,
}) => {
  const ana = await openDesk(stage, browser);
  const ben = await openDesk(stage, browser, "Ben Okafor");
  await openLead(ana.page, "Wei Chen", "Kestrel Analytics");
  await openLead(ben.page, "Wei Chen", "Kestrel Analytics");

  const besides = await ana.page.context().newPage();
  await besides.goto(ana.page.url());
  await expect(besides.getByRole("heading", { level: 2, name: "Wei Chen" })).toBeVisible();

  await setField(ana.page, "Decision", "Wei alone, by Friday");
  await expect(fieldOf(besides, "Decision")).toContainText("Wei alone, by Friday");
  await stageStep(ana.page, "Offer").click();

  await expect(fieldOf(ben.page, "Decision")).toContainText("Wei alone, by Friday");
  await expect(stageStep(ben.page, "Offer")).toHaveAttribute("aria-pressed", "true");
  await expectSynced(ana.page);

  await fieldOf(ben.page, "Decision").click();
  await ben.page.getByRole("textbox", { name: "Decision", exact: true }).fill("The whole board");
  await setField(ana.page, "Decision", "Wei and his partner");
  await stageStep(ana.page, "Tour").click();
  await expect(stageStep(ben.page, "Tour")).toHaveAttribute("aria-pressed", "true");
  await ben.page.getByRole("textbox", { name: "Decision", exact: true }).press("Enter");
  for (const { page } of [ana, ben]) {
    await expect(fieldOf(page, "Decision")).toContainText("The whole board");
    await expect(page.getByRole("button", { name: "2 values" })).toBeVisible();
  }

  await ben.page.getByRole("button", { name: /^Presence:/u }).click();
  await ben.page.getByRole("menuitem", { name: "Busy" }).click();
  await ana.page.getByRole("button", { name: /^Presence:/u }).click();
  await expect(ana.page.getByRole("menuitem", { name: /Ben Okafor/u })).toContainText("Busy");
});
