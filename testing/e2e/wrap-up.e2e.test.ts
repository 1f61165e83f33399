import { finishTasks, openDesk, openLead, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { callButton, expectHeard, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// What a wrap-up asks for is what the tenant has decided.

test.use(withFakeMedia(playsAtOnce));

test("a wrap-up says what follows from the call; where a tenant has no endings it asks for none, and is finished without one", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  const { dispositions } = await admin.ask<{ dispositions: { id: string }[] }>("GET", "/dispositions");
  for (const { id } of dispositions)
    await admin.ask("PATCH", `/dispositions/${encodeURIComponent(id)}`, { archived: true });
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await finishTasks(page, "Ask about break clause", "Check parking, 6 spaces", "Draft proposal");
  await turnPhoneOn(page);
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await expectHeard(page);
  await callButton(page, "End").click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "How did it end?" })).toBeHidden();

  // What follows is read at leisure, on whatever machine.
  await expect(async () => {
    await page.getByRole("button", { name: "More time" }).click();
    await expect(page.getByRole("region", { name: "Wrap-up" })).toContainText(/of [4-9]:\d\d/u, { timeout: 3_000 }); // prettier-ignore
  }).toPass();

  await test.step("what to do next and where their deal stands are there, and become tasks on a click", async () => {
    const calls = page.getByRole("complementary", { name: "Calls" });
    const suggested = calls.getByRole("region", { name: "Suggested" });
    await expect(suggested).toContainText("Nothing is planned with them.");
    await suggested.getByRole("button", { name: "Task: Plan the next step" }).click();
    await undoFromToast(page, "Task “Follow up with Maria Kowalski”");
    await expect(page.getByText("Taken back: Task “Follow up with Maria Kowalski”")).toBeVisible();
    const deal = calls.getByRole("region", { name: "Where it stands" });
    await expect(deal.getByRole("link", { name: "Fourth floor, 210 Canal St" })).toBeVisible();
    await expect(deal).toContainText(/\d+ % likely to be won/u);
    // Nothing is planned: it may slip away, and all that is to be done becomes tasks.
    await deal.getByRole("button", { name: "Make tasks of all 2" }).click();
    await undoFromToast(page, "2 tasks for the deal");
  });
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeHidden();
  await expect(page.getByRole("link", { name: /to write down/u })).toBeHidden();

  await test.step("insights call an ending that is not offered any more by its name", async () => {
    await page.goto(new URL("/insights?outcome=tour-booked", page.url()).href);
    await expect(page.getByRole("combobox", { name: "Outcome: Tour booked" })).toBeVisible();
  });
});
