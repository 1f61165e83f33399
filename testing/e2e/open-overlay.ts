import type { Page } from "@playwright/test";

/** The coach of the call that one is in, in a window of its own. */
export async function openOverlay(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Show in a window on top" }).click();
  return opened;
}
