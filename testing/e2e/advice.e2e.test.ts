import { findBarriers } from "./barriers.ts";
import { openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("advice without any model: what to do next, how they feel, what fits them, and what one click asks the assistant", async ({
  stage,
  browser,
}) => {
  const { page, desk } = await openDesk(stage, browser);

  // What to do next: from the dashboard to the person, taken there.
  await page.goto(new URL("/today", desk.address).href);
  const due = page.getByRole("region", { name: "Suggested" });
  await due.getByText("Karthik Reddy").click();
  await expect(page.getByRole("heading", { level: 2, name: "Karthik Reddy" })).toBeVisible();
  const suggested = page.getByRole("region", { name: "Suggested" });
  await expect(suggested).toContainText("Nothing is planned with them.");
  await suggested.getByRole("button", { name: "Task: Plan the next step" }).click();
  const side = page.getByRole("complementary", { name: "About this person" });
  await expect(side).toContainText("Follow up with Karthik Reddy");
  await expect(suggested.getByText("Plan the next step")).toBeHidden();

  // Dismissed it is gone; of enough that were seen it is said how many were taken.
  await openLead(page, "Desmond Beckford", "");
  await suggested.getByRole("button", { name: "Dismiss: Plan the next step" }).click();
  await expect(suggested.getByText("Plan the next step")).toBeHidden();
  for (const name of ["Desmond Fairchild", "Desmond Marchetti", "Claire Ashdown", "Claire Pemberton"]) {
    await openLead(page, name, "");
    await expect(suggested).toContainText("Plan the next step");
  }
  await expect(suggested).toContainText(/You took \d+ % of \d+\./u);
  const [, share, seen] = /You took (\d+) % of (\d+)\./u.exec(await suggested.innerText()) ?? [];
  expect(Number(share)).toBe(Math.round(100 / Number(seen)));

  // What the score is made of, each part with its reason; and how they feel, by what was noted of the last talk.
  await page.goto(new URL("/calls", desk.address).href);
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first().click();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Notes of this call" }).fill("Angry, furious even, and worried: the parking deal is terrible. Wants an answer today, it is urgent."); // prettier-ignore
  await page.keyboard.press("Escape");
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const score = page.getByRole("region", { name: "Score", exact: true });
  await expect(score).toContainText(/Mood lately\s*Very negative, anger, fear, urgent/u);
  await expect(score).toContainText("parking deal");
  await score.getByRole("button", { name: "Why" }).click();
  await expect(score.getByText(/^\d+ of \d+$/u)).toHaveCount(5);
  const reasons = ["in the last three months.", "Last heard of", /\d of \d tries reached them\./u, "Longest talk 8 minutes", "Nothing is missing.", "found by lists of English words"]; // prettier-ignore
  for (const reason of reasons) await expect(score).toContainText(reason);

  // What is on offer for them, by the fields and by Ringside's own vectors.
  const matches = page.getByRole("region", { name: "Matching floors" });
  await expect(matches).toContainText("within their budget");
  await expect(matches).toContainText("From their fields, and their own words.");
  expect(await findBarriers(page)).toEqual([]);

  // What one click asks the assistant: a draft, and deeds that wait for a yes.
  await page.keyboard.press("Control+j");
  const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
  const talk = hub.getByRole("log");
  for (const [asked, answer] of [
    ["What was agreed?", "what was agreed."],
    ["Draft a reply", "Hello Maria,"],
    ["Schedule a follow-up tomorrow", "I can make this task."],
    ["Create a ticket", "I can open this ticket."],
  ] as const) {
    await hub.getByRole("button", { name: asked }).click();
    await expect(talk.getByRole("article").filter({ hasText: asked })).toContainText(answer);
  }
  for (const done of [/^Proposed: Task “Follow up with Maria/u, /^Proposed: Ticket /u]) {
    const proposed = hub.getByRole("group", { name: done });
    await proposed.getByRole("button", { name: "Do it" }).click();
    await expect(proposed).toContainText("Done");
  }
  await page.keyboard.press("Escape");
  await expect(side).toContainText("Follow up with Maria Kowalski");
});
