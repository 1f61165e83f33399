import type { Page } from "@playwright/test";
import { expect } from "./stage.ts";

/** The console as somebody of the demo sees it; its admin, where nobody is named. */
export async function enterConsole(page: Page, serverUrl: string, name = "Grace Holloway"): Promise<void> {
  await page.goto(`${serverUrl}/console/`);
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
}

/** As a link of the console leads there: the page stays, and with it all that it has loaded. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    window.history.pushState(null, "", to);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }, `/console/${path}`);
}

/** Keeps what is sent to change something there on its way. @returns lets it arrive */
export async function holdChanges(page: Page, address: string): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() !== "GET") await released;
    await route.continue();
  });
  return release;
}
