import type { Page } from "@playwright/test";
import { finishTasks, goTo, openDesk, openLead, searchLeads, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { callButton, currentCall, expectHeard, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

test.use(withFakeMedia(playsAtOnce));

// What a wrap-up asks for is what the tenant has decided.
test("a call says how warm its caller is, what on offer fits them and what to do next; its wrap-up says what follows, asks for no ending where a tenant has none, and is finished without one", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  const { dispositions } = await admin.ask<{ dispositions: { id: string }[] }>("GET", "/dispositions");
  for (const { id } of dispositions)
    await admin.ask("PATCH", `/dispositions/${encodeURIComponent(id)}`, { archived: true });
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const fits = page.getByRole("region", { name: /^Matching / });
  // Until then they stand as they were found, not as they fit.
  await expect(fits).toContainText("From their fields, and their own words.");
  const title = await fits.getByRole("listitem").first().getByRole("link").innerText();
  await finishTasks(page, "Ask about break clause", "Check parking, 6 spaces", "Draft proposal");
  await searchLeads(page, "");
  await turnPhoneOn(page);
  await beCalledByMaria(page);
  await test.step("the call says how warm they are and what fits them, as their profile does, to which a click leads", () =>
    lookAtOnce(page, title));

  await callButton(page, "End").click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "How did it end?" })).toBeHidden();
  await test.step("what to do next and where their deal stands are there, and become tasks on a click", () =>
    readWhatFollows(page));
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeHidden();
  await expect(page.getByRole("link", { name: /to write down/u })).toBeHidden();

  await beCalledByMaria(page);
  await test.step("what to do next, and how soon, by what they said; taken on a click and there again when that is taken back, as on the profile", () =>
    decideInTheCall(page));
  await callButton(page, "End").click();
  await test.step("an ending may mean that they are not called again, which is taken back with it", async () => {
    const id = encodeURIComponent("disposition:do-not-call-again");
    await admin.ask("PATCH", `/dispositions/${id}`, { archived: false });
    await page.getByRole("radio", { name: "Do not call again" }).click();
    await expect(
      page.getByRole("status").filter({ hasText: "Maria Kowalski is not called again" }),
    ).toBeVisible();
    const top = page.getByRole("main");
    await expect(top.getByText("Do not call", { exact: true })).toBeVisible();
    await undoFromToast(page, "Call ended: Do not call again");
    await expect(top.getByText("Do not call", { exact: true })).toBeHidden();
  });

  await test.step("insights call an ending that is not offered any more by its name", async () => {
    await goTo(page, "/insights?outcome=tour-booked", "Insights");
    await expect(page.getByRole("combobox", { name: "Outcome: Tour booked" })).toBeVisible();
  });
});

async function beCalledByMaria(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await expectHeard(page);
}

/** @param title of what fits them best */
async function lookAtOnce(page: Page, title: string): Promise<void> {
  const glance = currentCall(page).getByRole("link", {
    name: /^\d+ (?:Hot|Warm|Cold|Nurture|Inactive) Fits /,
  });
  await expect(glance).toContainText(title);
  await expect(glance).toContainText(/and \d more/u);
  await glance.click();
  await expect(page.getByRole("heading", { level: 2, name: "Maria Kowalski" }).first()).toBeVisible();
  // The call counts for the score, too: both are of this moment.
  const score = page.getByRole("region", { name: "Score", exact: true });
  await expect(async () => {
    const total = await score.getByRole("heading").locator("xpath=following-sibling::span").innerText();
    expect(await glance.innerText()).toMatch(new RegExp(`^\\s*${total.trim()}\\b`, "u"));
  }).toPass();
}

async function readWhatFollows(page: Page): Promise<void> {
  // What follows is read at leisure, on whatever machine.
  await expect(async () => {
    await page.getByRole("button", { name: "More time" }).click();
    await expect(page.getByRole("region", { name: "Wrap-up" })).toContainText(/of [4-9]:\d\d/u, { timeout: 3_000 }); // prettier-ignore
  }).toPass();
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
  await deal.getByRole("button", { name: "Make 2 tasks" }).click();
  await undoFromToast(page, "2 tasks for the deal");
}

async function decideInTheCall(page: Page): Promise<void> {
  const next = currentCall(page).getByRole("group", { name: "What to do next" });
  await expect(next).toContainText(/^soon/u);
  await next.getByRole("button", { name: "Task: Plan the next step" }).click();
  await undoFromToast(page, "Task “Follow up with Maria Kowalski”");
  await expect(page.getByText("Taken back: Task “Follow up with Maria Kowalski”")).toBeVisible();
  await next.getByRole("button", { name: "Dismiss: Plan the next step" }).click();
  await expect(next.getByText("Plan the next step")).toBeHidden();
  await expect(next).toContainText("Agree with them on what comes next.");
}
