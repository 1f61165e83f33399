import type { Page } from "@playwright/test";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { goTo, openDesk, openLead, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

const byRules = "By rules: no model is set up.";

// What is said in a call and after it is coaching.e2e.test.ts, coaching-report.e2e.test.ts: no model there either.
test("with no key every feature answers in the demo, says that rules did, and what it advises is done by one click", async ({
  stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  const side = page.getByRole("complementary", { name: "About this person" });

  // First, as an answer stands for as long as nothing new is known of whom it is about.
  await test.step("a deal: its probability, its risks, what to do", async () => {
    await goTo(page, "/deals", "Deals");
    await page.getByRole("option").first().click();
    const insight = page.getByRole("region", { name: "Where it stands" });
    await expect(insight).toContainText(/\d+ % likely to be won/u);
    await insight.getByRole("button", { name: "Ask the assistant" }).click();
    await expect(insight).toContainText(byRules);
    await page.keyboard.press("Escape");
    await expect(insight).toBeHidden();
  });
  await test.step("a listing: its description, its landing page, and a card in a picture's place", async () => {
    await goTo(page, "/listings", "Floors");
    await page.getByRole("grid").getByRole("row").nth(1).click();
    await page.keyboard.press("Enter");
    const describing = page.getByRole("region", { name: "Write a description" });
    await describing.getByRole("button", { name: "Write a description" }).click();
    await expect(describing).toContainText("Features: ");
    await expect(describing).toContainText(byRules);
    await describing.getByText("Landing page", { exact: true }).click();
    const landing = page.getByRole("region", { name: "Write a landing page" });
    await landing.getByRole("button", { name: "Write a landing page" }).click();
    await expect(landing.getByRole("textbox", { name: "Words of the landing page" })).toHaveValue(/^Headline: /u); // prettier-ignore
    await expect(landing).toContainText(byRules);
    const picture = page.getByRole("region", { name: "Picture" });
    await picture.getByRole("button", { name: "Draw a picture" }).click();
    await expect(picture).toContainText("A title card by rules, no likeness. No model that draws is set up.");
    await expect(picture.getByRole("img", { name: /^Drawn picture of / })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(picture).toBeHidden();
  });

  await test.step("what to do next, from the dashboard to the person, and taken there", () =>
    takeAdvice(page));
  await test.step("dismissed it is gone; of enough that were seen it is said how many were taken", () =>
    dismissAdvice(page));

  await test.step("the score: its parts, each with its reason, and how they feel, by what was noted of the last talk", async () => {
    await noteLastTalk(page);
    await openLead(page, "Maria Kowalski", "Halden Logistics");
    const score = page.getByRole("region", { name: "Score", exact: true });
    await expect(score).toContainText(/Mood lately\s*Very negative, fear, anger, urgent/u);
    await expect(score).toContainText("parking deal");
    await score.getByRole("button", { name: "Why" }).click();
    await expect(score.getByText(/^\d+ of \d+$/u)).toHaveCount(5);
    await expect(score).toContainText("What holds of most organisations: the server has not learned");
    const reasons = ["in the last three months.", "Last heard of", /\d of \d tries reached them\./u, "Longest talk 8 minutes", "Nothing is missing.", "fear: ", "anger: Angry, ", "found by lists of words"]; // prettier-ignore
    for (const reason of reasons) await expect(score).toContainText(reason);
  });
  await test.step("what is on offer for them, by the fields and by Ringside's own vectors", async () => {
    const matches = page.getByRole("region", { name: "Matching floors" });
    await expect(matches).toContainText("within their budget");
    await expect(matches).toContainText("From their fields, and their own words.");
    expect(await findBarriers(page)).toEqual([]);
  });
  await test.step("an e-mail, and a text message", async () => {
    await page.keyboard.press("w");
    const writer = page.getByRole("region", { name: "Write to this person" });
    await writer.getByRole("button", { name: "Write", exact: true }).click();
    const text = writer.getByRole("textbox", { name: "Text", exact: true });
    await expect(text).toHaveValue(/^Hello Maria,[^]*Ana Ruiz/u);
    await expect(writer).toContainText(byRules);
    await writer.getByText("Text message", { exact: true }).click();
    await writer.getByRole("button", { name: "Write", exact: true }).click();
    await expect(writer.getByRole("textbox", { name: "Message", exact: true })).toHaveValue(
      /Maria[^]*Ana Ruiz/u,
    );
    await expect(writer).toContainText(byRules);
    await writer.getByRole("button", { name: "Close" }).click();
  });
  await test.step("the assistant: each of its quick actions, and whatever is asked", async () => {
    await page.keyboard.press("Control+j");
    const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
    await expect(hub).toContainText("Rules answer, in English: no model is set up.");
    for (const [asked, answer] of [
      ["Summarise", "Maria Kowalski"],
      ["What was agreed?", "what was agreed."],
      ["What is open?", /Open with them:|Nothing is open/u],
      ["Draft a reply", "Hello Maria,"],
      ["Schedule a follow-up tomorrow", "I can make this task."],
      ["Create a ticket", "I can open this ticket."],
    ] as const) {
      await hub.getByRole("button", { name: asked }).click();
      const turn = hub.getByRole("log").getByRole("article").filter({ hasText: asked });
      await expect(turn).toContainText(answer);
      await expect(turn).toContainText(byRules);
    }
    const line = hub.getByRole("textbox", { name: "Ask the assistant" });
    await line.fill("Which colour does she like?");
    // Nothing is sent while an answer still comes.
    await expect(hub.getByRole("button", { name: "Send" })).toBeEnabled();
    await line.press("Enter");
    await expect(hub.getByRole("log")).toContainText("my own rules do not understand that");
    for (const proposal of [/^Proposed: Task “Follow up with Maria/u, /^Proposed: Ticket /u]) {
      const proposed = hub.getByRole("group", { name: proposal });
      await proposed.getByRole("button", { name: "Do it" }).click();
      await expect(proposed).toContainText("Done");
    }
    await page.keyboard.press("Escape");
    await expect(hub).toBeHidden();
    await expect(side).toContainText("Follow up with Maria Kowalski");
  });
  await test.step("the bot of the demo, and who answered as the admin reads it", () =>
    askBot(stage.serverUrl, browser));
});

async function takeAdvice(page: Page): Promise<void> {
  await goTo(page, "/today", "Today");
  const suggested = page.getByRole("region", { name: "Suggested" });
  await expect(suggested).toContainText("By rules, on this device");
  // Neither hot nor called lately: new, and nobody has called them.
  const fresh = suggested.getByRole("link", { name: /^Mikael Nyström.*Call them for the first time/u });
  await fresh.click();
  await expect(page.getByRole("heading", { level: 2, name: "Mikael Nyström" })).toBeVisible();
  await expect(suggested.getByRole("button", { name: "Call: Call them for the first time" })).toBeVisible();
  await openLead(page, "Karthik Reddy", "");
  await expect(suggested).toContainText("Nothing is planned with them.");
  await expect(suggested).toContainText("By rules, on this device.");
  await suggested.getByRole("button", { name: "Task: Plan the next step" }).click();
  const side = page.getByRole("complementary", { name: "About this person" });
  await expect(side).toContainText("Follow up with Karthik Reddy");
  await expect(suggested.getByText("Plan the next step")).toBeHidden();
}

async function dismissAdvice(page: Page): Promise<void> {
  const suggested = page.getByRole("region", { name: "Suggested" });
  await openLead(page, "Desmond Beckford", "");
  const dismiss = suggested.getByRole("button", { name: "Dismiss: Plan the next step" });
  await dismiss.click();
  await expect(suggested.getByText("Plan the next step")).toBeHidden();
  await undoFromToast(page, "Dismissed “Plan the next step”");
  await expect(page.getByText("Taken back: Dismissed “Plan the next step”")).toBeVisible();
  await dismiss.click();
  await expect(suggested.getByText("Plan the next step")).toBeHidden();
  for (const name of ["Desmond Fairchild", "Desmond Marchetti", "Claire Ashdown", "Claire Pemberton"]) {
    await openLead(page, name, "");
    await expect(suggested).toContainText("Plan the next step");
  }
  await expect(suggested).toContainText(/You took \d+ % of \d+\./u);
  const [, share, seen] = /You took (\d+) % of (\d+)\./u.exec(await suggested.innerText()) ?? [];
  expect(Number(share)).toBe(Math.round(100 / Number(seen)));
}

async function noteLastTalk(page: Page): Promise<void> {
  await goTo(page, "/calls", "Calls");
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first().click();
  await page.keyboard.press("Enter");
  const notes = page.getByRole("textbox", { name: "Notes of this call" });
  await notes.fill("Angry, furious even, and worried: the parking deal is terrible. Wants an answer today, it is urgent."); // prettier-ignore
  await page.keyboard.press("Escape");
  await expect(notes).toBeHidden();
}

async function askBot(serverUrl: string, browser: { newPage(): Promise<Page> }): Promise<void> {
  const page = await browser.newPage();
  await enterConsole(page, serverUrl);
  await page.getByRole("link", { name: "Bots", exact: true }).click();
  await page.getByRole("link", { name: "Nora" }).click();
  const trial = page.getByRole("region", { name: "Try it" });
  for (const [said, answer] of [
    ["How long does a lease run?", "Our leases run from twelve months"],
    ["Can I talk to a person?", "I will get somebody for you."],
  ] as const) {
    await trial.getByRole("textbox", { name: "As a visitor" }).fill(said);
    await trial.getByRole("button", { name: "Say" }).click();
    await expect(trial.getByRole("log")).toContainText(answer);
  }

  // Who answered all of this, as the admin reads it; what rules answered is written down soon after.
  const barsOf = (title: string) =>
    page.getByRole("heading", { name: title, exact: true }).locator("xpath=..").getByRole("listitem");
  await expect(async () => {
    await page.goto(`${serverUrl}/console/ai-usage`);
    await page.getByText("Requests", { exact: true }).first().click();
    await expect(barsOf("By model")).toHaveText(/^Ringside's rules\s*\d+$/u, { timeout: 5_000 });
    for (const feature of ["Writing", "Assistant", "Deal insight", "Listings", "Chat bot"])
      await expect(barsOf("By feature").filter({ hasText: feature })).toHaveCount(1, { timeout: 5_000 });
  }).toPass();
}
