import type { Locator } from "@playwright/test";
import { expect, test } from "./stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { expectSynced, fieldOf, openDesk, openLead, openSyncPanel, setField, stageStep } from "./desk-page.ts"; // prettier-ignore

const deal = "Fourth floor, 210 Canal St";

test("what Ana changes is in her other window and on Ben's desk while he looks, and is kept where he types over it; each sees the other there", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  await admin.ask("POST", "/fields", { collection: "deals", key: "plans", label: "Plans", type: "url", required: false, default: null, options: [] }); // prettier-ignore
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
  await ana.page.keyboard.press("Escape");

  await test.step("what Ana writes where an entry of Ben's stands that cannot be taken is kept, too", async () => {
    const [anas, bens] = [ana, ben].map(({ page }) => page.getByRole("dialog", { name: deal })) as [Locator, Locator]; // prettier-ignore
    for (const { page, desk } of [ana, ben]) {
      await page.goto(new URL("/deals", desk.address).href);
      await page.getByRole("option", { name: `${deal} Maria Kowalski` }).click();
    }
    const type = async (drawer: Locator, label: string, text: string) => {
      await drawer.getByRole("textbox", { name: label }).fill(text);
      await drawer.getByRole("textbox", { name: label }).press("Enter");
    };
    await type(bens, "Plans", "no plans");
    await expect(bens.getByText(/^Not a web address/u)).toBeVisible();
    await type(bens, "Value", "a lot");
    await expect(bens.getByText(/^Not a sum/u)).toBeVisible();

    await type(anas, "Plans", "ana.example");
    await type(anas, "Value", "500k");
    await type(anas, "Name", `${deal}, both halves`);
    await expect(bens.getByRole("heading").first()).toHaveText(`${deal}, both halves`);

    await type(bens, "Plans", "ben.example");
    await type(bens, "Value", "700k");
    await expect(anas.getByRole("textbox", { name: "Plans" })).toHaveValue("https://ben.example");
    await expect(anas.getByRole("textbox", { name: "Value" })).toHaveValue("$700,000");
    await ana.page.keyboard.press("Escape");
    await expect(anas).toBeHidden();
    const panel = await openSyncPanel(ana.page);
    await expect(panel.getByText(`${deal}, both halves`)).toHaveCount(2);
  });
});
