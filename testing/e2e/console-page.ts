import type { Page } from "@playwright/test";
import { expect } from "./stage.ts";

/** The console as somebody of the demo sees it; its admin, where nobody is named. */
export async function enterConsole(page: Page, serverUrl: string, name = "Grace Holloway"): Promise<void> {
  await page.goto(`${serverUrl}/console/`);
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
}
