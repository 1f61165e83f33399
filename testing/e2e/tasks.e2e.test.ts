import { expect, test } from "./stage.ts";
import { expectSynced, goTo, undoFromToast, visitSynced } from "./desk-page.ts";

test("tasks: said in one line, repeated, put off, taken back, and known to the server", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  const tasks = page.getByRole("grid", { name: "Tasks" });
  const row = (title: string) => tasks.getByRole("row").filter({ hasText: title });
  // By key: what is pointed at meanwhile stays, however long the list takes.
  const show = (scope: string) =>
    page.getByRole("tab", { name: new RegExp(`^${scope}`, "u") }).press("Enter");
  await goTo(page, "/tasks", "Tasks");
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
  await page.getByText("Done: Water the plants; next one Tomorrow").hover();
  await show("Upcoming");
  await expect(tasks.getByRole("rowgroup").filter({ hasText: "Tomorrow" })).toContainText("Water the plants");
  await undoFromToast(page, "Done: Water the plants");
  await expect(row("Water the plants")).toHaveCount(0);

  await show("Today");
  await expect(row("Water the plants")).toBeVisible();
  await row("Order new headsets").hover();
  await row("Order new headsets").getByRole("button", { name: "Snooze Order new headsets" }).click();
  await page.getByRole("menuitem", { name: /^Next week/u }).click();
  await page.getByText("Snoozed “Order new headsets”").hover();
  await expect(row("Order new headsets")).toHaveCount(0);
  await show("Snoozed");
  await expect(row("Order new headsets")).toBeVisible();
  await undoFromToast(page, "Snoozed “Order new headsets”");
  await expect(row("Order new headsets")).toHaveCount(0);
  await show("Today");
  await expect(row("Order new headsets")).toBeVisible();

  // Keys go on where a finished task was, and not at the top: the next press would finish another one.
  const cursor = tasks.getByRole("row", { selected: true });
  await tasks.focus();
  for (const key of ["Home", "j", "j", "j"]) await page.keyboard.press(key);
  const after = await cursor.innerText();
  await page.keyboard.press("k");
  const finished = (await cursor.getByRole("checkbox").getAttribute("aria-label"))?.replace("Finish ", "");
  await page.keyboard.press("Space");
  await page.getByText(`Done: ${finished}`).hover();
  await expect(cursor).toHaveText(after, { useInnerText: true });
  await undoFromToast(page, `Done: ${finished}`);

  await test.step("what is typed into an open task is kept, also while it is finished elsewhere, until Escape takes it back", async () => {
    const notes = tasks.getByRole("textbox", { name: "Notes" });
    await row("Order new headsets").getByText("Order new headsets").click();
    await notes.fill("Twelve");
    await notes.press("Escape");
    await expect(notes).toHaveValue("");
    await notes.pressSequentially("Ask for ten");
    const elsewhere = await visitSynced(browser, sharedDesk);
    await goTo(elsewhere, "/tasks", "Tasks");
    await elsewhere.getByRole("checkbox", { name: "Finish Order new headsets" }).click();
    await expect(tasks.getByRole("checkbox", { name: "Open Order new headsets again" })).toBeVisible();
    await expect(notes).toHaveValue("Ask for ten");
    await goTo(page, "/deals", "Deals");
    await goTo(page, "/tasks", "Tasks");
    await expect(row("Water the plants")).toBeVisible();
    await show("Done");
    await row("Order new headsets").getByText("Order new headsets").click();
    await expect(notes).toHaveValue("Ask for ten");
    await notes.press("Escape");
    await expect(notes).toHaveCount(0);
  });
  await expectSynced(page);
});

test("a deal shows its tasks and takes new ones; a task is tied to one of its lead's deals", async ({
  sharedDesk,
  browser,
}) => {
  const page = await visitSynced(browser, sharedDesk);
  const openDeal = async () => {
    await goTo(page, "/deals", "Deals");
    await page.getByRole("option").first().click();
    return page.getByRole("region", { name: "Tasks" });
  };
  const ofDeal = await openDeal();
  const title = page.getByRole("dialog").getByRole("heading").first();
  await expect(title).not.toBeEmpty();
  const name = await title.innerText();
  await ofDeal.getByRole("button", { name: "New task" }).click();
  const line = ofDeal.getByRole("textbox", { name: "New task" });
  await line.fill("Measure the rooms today");
  await line.press("Enter");
  await expect(ofDeal.getByRole("listitem").filter({ hasText: "Measure the rooms" })).toBeVisible();

  await goTo(page, "/tasks", "Tasks");
  const tasks = page.getByRole("grid", { name: "Tasks" });
  const openTask = () => tasks.getByText("Measure the rooms").click();
  const deal = tasks.getByRole("combobox", { name: "Deal", exact: true });
  await openTask();
  await expect(deal).toHaveText(name);
  await deal.click();
  await page.getByRole("option", { name: "None", exact: true }).click();
  await expect(deal).toHaveText("No deal");
  await expect(await openDeal()).not.toContainText("Measure the rooms");

  await goTo(page, "/tasks", "Tasks");
  await openTask();
  await deal.click();
  await page.getByRole("option", { name, exact: true }).click();
  await expect(deal).toHaveText(name);
  const again = (await openDeal()).getByRole("listitem").filter({ hasText: "Measure the rooms" });
  await again.getByRole("checkbox", { name: "Finish Measure the rooms" }).click();
  await expect(again).toHaveCount(0);
  await expectSynced(page);
});
