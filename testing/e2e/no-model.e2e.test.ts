import type { Page } from "@playwright/test";
import { enterConsole } from "./console-page.ts";
import { openDesk, openLead, writeNotes } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

const byRules = "By rules: no model is set up.";

// What is said in a call and after it is coaching.e2e.test.ts, coaching-report.e2e.test.ts: no model there either.
test("with no key every feature answers in the demo, and says that rules did", async ({ stage, browser }) => {
  const { page, desk } = await openDesk(stage, browser);
  const go = (path: string) => page.goto(new URL(path, desk.address).href);

  await test.step("what to do next, on the dashboard and at the person", async () => {
    await go("/today");
    const suggested = page.getByRole("region", { name: "Suggested" });
    await expect(suggested).toContainText("By rules, on this device");
    await suggested.getByText("Karthik Reddy").click();
    await expect(page.getByRole("heading", { level: 2, name: "Karthik Reddy" })).toBeVisible();
    await expect(suggested).toContainText("Nothing is planned with them.");
    await expect(suggested).toContainText("By rules, on this device.");
  });

  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await test.step("the score: its parts, its reasons, and how they feel", async () => {
    await writeNotes(
      page,
      "She is furious, the parking deal is terrible. Wants an answer today, it is urgent.",
    );
    const score = page.getByRole("region", { name: "Score", exact: true });
    await expect(score.getByText(/^\d+ of \d+$/u)).not.toHaveCount(0);
    await score.getByRole("button", { name: "Why" }).click();
    await expect(score).toContainText("By rules alone: the server has not learned from your outcomes yet.");
    await expect(score).toContainText(/Mood lately\s*\S/u);
  });
  await test.step("what is on offer for them", async () => {
    const matches = page.getByRole("region", { name: "Matching floors" });
    await expect(matches).toContainText("within their budget");
    await expect(matches).toContainText("From their fields, and their own words.");
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
      ["What was agreed?", "agreed"],
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
    await page.keyboard.press("Escape");
  });

  await test.step("a deal: its probability, its risks, what to do", async () => {
    await go("/deals");
    await page.getByRole("option").first().click();
    const insight = page.getByRole("region", { name: "Where it stands" });
    await insight.getByRole("button", { name: "Ask the assistant" }).click();
    await expect(insight).toContainText(/\d+ % likely to be won/u);
    await expect(insight).toContainText(byRules);
    await page.keyboard.press("Escape");
  });
  await test.step("a listing: its description, its landing page, and a card in a picture's place", async () => {
    await go("/listings");
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
  });
  await test.step("the bot of the demo, and who answered as the admin reads it", () =>
    askBot(stage.serverUrl, browser));
});

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
