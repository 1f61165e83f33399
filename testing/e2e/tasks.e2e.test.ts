import { expect, test } from "./stage.ts";
import { expectSynced, openDesk, undoFromToast } from "./desk-page.ts";

test("tasks: said in one line, repeated, put off, taken back, and known to the server", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openDesk(stage, browser);
  const tasks = page.getByRole("grid", { name: "Tasks" });
  const row = (title: string) => tasks.getByRole("row").filter({ hasText: title });
  const show = (scope: string) => page.getByRole("tab", { name: new RegExp(`^${scope}`, "u") }).click();
  await page.goto(new URL("/tasks", desk.address).href);
  await page.getByRole("button", { name: "New task" }).click();
  const line = page.getByRole("textbox", { name: "New task" });
  await line.fill("Water the plants every day");
  await line.press("Enter");
  await expect(row("Water the plants")).toBeVisible();
  await line.fill("Order new headsets today");
  await line.press("Enter");
  await expect(row("Order new headsets")).toBeVisible();
  await line.press("Escape");

  await row("Water the plants").getByRole("checkbox", { name: "Finish Water the plants" }).click();
  await expect(page.getByText("Done: Water the plants; next one Tomorrow")).toBeVisible();
  await show("Upcoming");
  await expect(tasks.getByRole("rowgroup").filter({ hasText: "Tomorrow" })).toContainText("Water the plants");
  await undoFromToast(page, "Done: Water the plants");
  await expect(row("Water the plants")).toHaveCount(0);

  await show("Today");
  await expect(row("Water the plants")).toBeVisible();
  await row("Order new headsets").hover();
  await row("Order new headsets").getByRole("button", { name: "Snooze Order new headsets" }).click();
  await page.getByRole("menuitem", { name: /^Next week/u }).click();
  await expect(row("Order new headsets")).toHaveCount(0);
  await show("Snoozed");
  await expect(row("Order new headsets")).toBeVisible();
  await undoFromToast(page, "Snoozed “Order new headsets”");
  await expect(row("Order new headsets")).toHaveCount(0);
  await show("Today");
  await expect(row("Order new headsets")).toBeVisible();
  await expectSynced(page);
});
