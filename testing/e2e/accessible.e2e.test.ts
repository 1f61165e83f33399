import type { Page } from "@playwright/test";
import { findBarriers } from "./barriers.ts";
import { expect, test } from "./stage.ts";
import { expectSynced, goTo, openDesk, openLead, openSyncPanel } from "./desk-page.ts";

/** Where it is, and what it is called there. */
const places = {
  "/leads": "Hot this week",
  "/tasks": "Tasks",
  "/deals": "Deals",
  "/listings": "Floors",
  "/today": "Today",
  "/import": "Import",
  "/settings": "Settings",
};

test("nobody is kept out of a screen of the desk, in both themes; where no call has a report, Insights says so", async ({
  sharedStage: stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [place, name] of Object.entries(places)) {
    await goTo(page, place, name);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expectSynced(page);
    await expectNoBarriers(page);
  }
  await test.step("where no call has a report yet, every tab says so and nothing is drawn", () =>
    lookForReports(page));
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await expectNoBarriers(page);
  await openSyncPanel(page);
  await expectNoBarriers(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Sync" })).toBeHidden();
  for (const [keys, shown] of [
    ["Control+k", "Find or do anything"],
    ["?", "Keys"],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name: shown })).toBeVisible();
    await expectNoBarriers(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: shown })).toBeHidden();
  }
  await page.getByRole("button", { name: "switch or sign out" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in to Ringside" })).toBeVisible();
  await expectNoBarriers(page);
});

async function lookForReports(page: Page): Promise<void> {
  const main = page.getByRole("main");
  for (const tab of ["", "?show=spread", "?show=cards", "?show=said", "?behind=bar:talkShare:3"]) {
    await page.goto(new URL(`/insights${tab}`, page.url()).href);
    await expect(main.getByText("No call has a report yet.")).toBeVisible();
    await expect(main.getByRole("img")).toHaveCount(0);
  }
  await expect(page.getByRole("complementary", { name: "Coaching" })).toContainText("What your manager asks of you stands here"); // prettier-ignore
  await expectNoBarriers(page);
}

async function expectNoBarriers(page: Page): Promise<void> {
  expect.soft(await findBarriers(page)).toEqual([]);
}
