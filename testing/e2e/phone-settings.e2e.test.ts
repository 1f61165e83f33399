import type { Page } from "@playwright/test";
import { expect, test } from "./stage.ts";

test("an admin makes a queue and keeps a number from being called", async ({ stage, page }) => {
  await enterAs(page, stage.serverUrl, "Grace Holloway");
  await page.getByRole("link", { name: /^Queues/u }).click();
  await expect(page.getByRole("link", { name: /^Sales/u })).toContainText("2 people");
  await page.getByRole("button", { name: "Add a queue" }).click();
  await page.getByLabel("Label").fill("Tour requests");
  await page.getByRole("combobox", { name: "People" }).click();
  await page.getByRole("option", { name: "Ana Ruiz" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add the queue" }).click();
  await expect(page).toHaveURL(/\/console\/queues\/tour-requests$/u);

  const rings = page.getByLabel("A desk rings for, in seconds");
  await rings.fill("2");
  await rings.press("Enter");
  await expect(page.getByText("It stays as it was.")).toBeVisible();
  await expect(rings).toHaveValue("20");
  await page.getByRole("combobox", { name: "Then" }).click();
  await page.getByRole("option", { name: "Queue “Sales”" }).click();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Then" })).toContainText("Sales");

  await page.getByRole("link", { name: /^Do not call/u }).click();
  await page.getByRole("button", { name: "Add numbers" }).click();
  await page.getByRole("textbox", { name: /^Number(?!s)/u }).fill("(312) 555-0147");
  await page.getByLabel("Reason").fill("Asked by mail");
  await page.getByRole("button", { name: "Add the number" }).click();
  const row = page.getByRole("row", { name: /\+13125550147/u });
  await expect(row).toContainText("Asked by mail");
  await expect(row).toContainText("Grace Holloway");

  await page.getByRole("button", { name: "Add numbers" }).click();
  await page.getByLabel("Numbers", { exact: true }).fill("312 555 0160, Moved away\nnot a number");
  await page.getByRole("button", { name: "Add the list" }).click();
  await expect(page.getByText("1 added, 0 stood there before.")).toBeVisible();
  await expect(page.getByRole("list", { name: "Lines that were not read" })).toContainText("Line 2");
  await expect(page.getByLabel("Numbers", { exact: true }), "what was not read stays").toHaveValue(
    "not a number",
  );
  await page.getByRole("button", { name: "Allow calls to +13125550147 again" }).click();
  await expect(row).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();
});

async function enterAs(page: Page, serverUrl: string, name: string): Promise<void> {
  await page.goto(`${serverUrl}/console/`);
  await page.getByRole("button", { name }).click();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
}
