import { callButton, currentCall, expectHeard, turnPhoneOn } from "./at-the-phone.ts";
import { finishTasks, openDesk, openLead, searchLeads, undoFromToast } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));

test("a call says how warm its caller is, what on offer fits them and what to do next, as their profile does, to which a click leads", async ({
  stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const fits = page.getByRole("region", { name: /^Matching / }).getByRole("listitem");
  await expect(fits.nth(1)).toBeVisible();
  const title = await fits.first().getByRole("link").innerText();
  await finishTasks(page, "Ask about break clause", "Check parking, 6 spaces", "Draft proposal");
  await searchLeads(page, "");

  await turnPhoneOn(page);
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await expectHeard(page);
  const glance = currentCall(page).getByRole("link", {
    name: /^\d+ (?:Hot|Warm|Cold|Nurture|Inactive) Fits /,
  });
  await expect(glance).toContainText(title);
  await expect(glance).toContainText(/and \d more/u);

  await test.step("what to do next, and how soon, by what they said; taken on a click and there again when that is taken back, as on the profile", async () => {
    const next = currentCall(page).getByRole("group", { name: "What to do next" });
    await expect(next).toContainText(/^soon/u);
    await next.getByRole("button", { name: "Task: Plan the next step" }).click();
    await undoFromToast(page, "Task “Follow up with Maria Kowalski”");
    await expect(page.getByText("Taken back: Task “Follow up with Maria Kowalski”")).toBeVisible();
    await next.getByRole("button", { name: "Dismiss: Plan the next step" }).click();
    await expect(next.getByText("Plan the next step")).toBeHidden();
    await expect(next).toContainText("Agree with them on what comes next.");
  });
  await glance.click();
  await expect(page.getByRole("heading", { level: 2, name: "Maria Kowalski" }).first()).toBeVisible();
  // The call counts for the score, too: both are of this moment.
  const score = page.getByRole("region", { name: "Score", exact: true });
  await expect(async () => {
    const total = await score.getByRole("heading").locator("xpath=following-sibling::span").innerText();
    expect(await glance.innerText()).toMatch(new RegExp(`^\\s*${total.trim()}\\b`, "u"));
  }).toPass();
  await callButton(page, "End").click();
});
