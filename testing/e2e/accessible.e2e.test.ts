import type { Page } from "@playwright/test";
import { findBarriers } from "./barriers.ts";
import { expect, test } from "./stage.ts";
import { expectSynced, openDesk, openLead, openSyncPanel } from "./desk-page.ts";

const places = ["leads", "tasks", "deals", "listings", "today", "import", "settings"];

test("nobody is kept out of a screen of the desk, in both themes", async ({ stage, browser }) => {
  const { page, desk } = await openDesk(stage, browser);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const place of places) {
    await page.goto(new URL(`/${place}`, desk.address).href);
    await expectSynced(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoBarriers(page);
  }
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await expectNoBarriers(page);
  await openSyncPanel(page);
  await expectNoBarriers(page);
  await page.keyboard.press("Escape");
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

async function expectNoBarriers(page: Page): Promise<void> {
  expect.soft(await findBarriers(page)).toEqual([]);
}
