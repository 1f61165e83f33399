import type { Page } from "@playwright/test";
import type { Stage } from "../processes/stage.ts";
import { expect, test } from "./stage.ts";
import {
  bringServerBack,
  expectOffline,
  expectSynced,
  goTo,
  openDesk,
  openLead,
  undoFromToast,
} from "./desk-page.ts";

test("the assistant: writes, judges a deal, describes, proposes, all of it taken back, and goes on offline; a deal that may slip away makes its tasks on the profile", async ({
  stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await openLead(page, "Maria Kowalski", "Halden Logistics");

  // A letter: written, changed, written anew, and the first one again.
  await page.keyboard.press("w");
  const writer = page.getByRole("region", { name: "Write to this person" });
  await writer.getByRole("textbox", { name: "What else to mention" }).fill("mention the terrace");
  await writer.getByRole("button", { name: "Write", exact: true }).click();
  const text = writer.getByRole("textbox", { name: "Text", exact: true });
  await expect(text).toHaveValue(/One more thing: the terrace\.[\s\S]*Ana Ruiz\nNorthgate Workspaces$/u);
  await expect(writer.getByRole("textbox", { name: "Subject" })).toHaveValue(/^Following up/u);
  await expect(writer).toContainText("By rules: no model is set up.");
  await text.fill("Hello Maria, see you on Monday.");
  await writer.getByRole("radio", { name: "Formal" }).check({ force: true });
  await writer.getByRole("button", { name: "Write anew" }).click();
  await expect(text).toHaveValue(/^Dear Maria Kowalski,/u);
  await writer.getByRole("button", { name: "Earlier version" }).click();
  await expect(text).toHaveValue("Hello Maria, see you on Monday.");
  await writer.getByRole("button", { name: "As it came" }).click();
  await expect(text).toHaveValue(/One more thing: the terrace/u);
  await writer.getByRole("button", { name: "Close" }).click();
  await expect(writer).toBeHidden();

  // What the score is made of.
  const score = page.getByRole("region", { name: "Score", exact: true });
  await score.getByRole("button", { name: "Why" }).click();
  await expect(score).toContainText("Reckoned on this machine, also offline.");

  // A talk: an answer from the data, and a deed that waits for a yes.
  await page.keyboard.press("Control+j");
  const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
  await expect(hub).toContainText("It sees their calls, e-mails, messages, chats, appointments, tickets,");
  await hub.getByRole("button", { name: "What is open?" }).click();
  await expect(hub.getByRole("log")).toContainText(/Open with them:|Nothing is open/u);
  // Begun anew, and the talk brought back with its answer.
  await hub.getByRole("button", { name: "Begin anew" }).click();
  await expect(hub.getByRole("log")).toBeHidden();
  await undoFromToast(page, "The talk was cleared");
  await expect(hub.getByRole("log")).toContainText(/Open with them:|Nothing is open/u);
  await hub
    .getByRole("textbox", { name: "Ask the assistant" })
    .fill("Create a task for tomorrow at 3pm: send the floor plans");
  // Nothing is sent while an answer still comes.
  await expect(hub.getByRole("button", { name: "Send" })).toBeEnabled();
  await hub.getByRole("textbox", { name: "Ask the assistant" }).press("Enter");
  const proposed = hub.getByRole("group", { name: /^Proposed: Task “Send the floor plans”/u });
  await expect(proposed).toContainText("Due tomorrow at 15:00");
  await proposed.getByRole("button", { name: "Do it" }).click();
  await expect(proposed).toContainText("Done");
  await page.keyboard.press("Escape");
  const side = page.getByRole("complementary", { name: "About this person" });
  await expect(side).toContainText("Send the floor plans");
  await undoFromToast(page, /^Task “Send the floor plans”/u);
  await expect(side).not.toContainText("Send the floor plans");
  // Taken back it may be done again, on the server as well.
  await page.keyboard.press("Control+j");
  await proposed.getByRole("button", { name: "Do it" }).click();
  await expect(proposed).toContainText("Done");
  await page.keyboard.press("Escape");
  await expect(hub).toBeHidden();
  await expectSynced(page);
  await expect(side).toContainText("Send the floor plans");

  // Without a server it is this device's rules that answer, and they say so.
  await stage.stopServer();
  await expectOffline(page);
  await page.keyboard.press("Control+j");
  await hub.getByRole("button", { name: "Summarise" }).click();
  await expect(hub.getByRole("log")).toContainText("Maria Kowalski");
  await expect(hub.getByRole("log")).toContainText("The server cannot be reached.");
  await page.keyboard.press("Escape");
  await expect(hub).toBeHidden();
  await bringServerBack(stage, page);
  // An answer stands for as long as nothing new is known of whom the deal is with.
  await expectSynced(page);

  // A deal: where it stands at once, and a step as a task that one undo takes back.
  await goTo(page, "/deals", "Deals");
  const insight = page.getByRole("region", { name: "Where it stands" });
  await page.getByRole("option").first().click();
  await expect(insight).toContainText("% likely to be won");
  await insight.getByRole("button", { name: "Ask the assistant" }).click();
  await expect(insight).toContainText("By rules: no model is set up.");
  const step = insight.getByRole("button", { name: /^Make a task:/u }).first();
  const title = (await step.getAttribute("aria-label"))?.replace("Make a task: ", "");
  await step.click();
  // By its name: what was reported of the task before may still stand there.
  await undoFromToast(page, `Task “${title}”`);
  await page.keyboard.press("Escape");
  await expect(insight).toBeHidden();

  // A listing: described from its facts, and the description put in the place of the old one.
  await goTo(page, "/listings", "Floors");
  await page.getByRole("grid").getByRole("row").nth(1).click();
  await page.keyboard.press("Enter");
  const describing = page.getByRole("region", { name: "Write a description" });
  await describing.getByRole("button", { name: "Write a description" }).click();
  await expect(describing).toContainText("Features: ");
  await describing.getByRole("button", { name: "Use it" }).click();
  await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue(/Features: /u);

  // Its landing page: written from the same facts, changed, and copied as HTML in which all of it is text.
  await describing.getByText("Landing page", { exact: true }).click();
  const landing = page.getByRole("region", { name: "Write a landing page" });
  await landing.getByRole("button", { name: "Write a landing page" }).click();
  const words = landing.getByRole("textbox", { name: "Words of the landing page" });
  await expect(words).toHaveValue(/^Headline: .+\nSub-heading: .+\n- .+[^]*\nMeta description: .+$/u);
  await expect(landing).toContainText("By rules: no model is set up.");
  await words.fill("Headline: Light & <air>\n- Two sides\nCall to action: Come");
  await expect(words).toHaveValue(/^Headline: Light/u);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await landing.getByRole("button", { name: "Copy HTML" }).click();
  await expect(page.getByText("Copied the HTML")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("<h1>Light &#38; &#60;air&#62;</h1>");
  await landing.getByRole("button", { name: "As it came" }).click();
  await expect(words).toHaveValue(/^Headline: (?!Light)/u);
  await page.keyboard.press("Escape");
  await expect(landing).toBeHidden();

  await test.step("a deal on a profile says how likely it is won and what to do, and opens on its board; where it may slip away all steps become tasks, also offline", () =>
    judgeDeal(stage, page));
});

async function judgeDeal(stage: Stage, page: Page): Promise<void> {
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  const side = page.getByRole("complementary", { name: "About this person" });
  const profile = page.url();
  const deals = side.getByRole("region", { name: /^Deals?$/u });
  const chance = deals.getByText(/^\d+ % likely to be won/u);
  await expect(chance).toBeVisible();
  await deals.getByRole("button", { name: /^Make a task: / }).click();
  await undoFromToast(page, /^Task “/u);

  const name = await deals.getByRole("link").innerText();
  await deals.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name });
  const insight = drawer.getByRole("region", { name: "Where it stands" });
  await expect(insight).toContainText("% likely to be won");

  // Nobody says any more what it is worth, nor when it is to close.
  await drawer.getByRole("textbox", { name: "Value" }).fill("");
  await drawer.getByRole("textbox", { name: "Value" }).press("Enter");
  await drawer.getByRole("textbox", { name: "Expected close" }).fill("");
  await drawer.getByRole("textbox", { name: "Expected close" }).press("Enter");
  await expect(insight).toContainText("It may slip away.");
  await page.goto(profile);
  await expect(chance).toContainText("it may slip away");
  const allSteps = deals.getByRole("button", { name: /^Make [23] tasks$/u });
  const sumTask = side.getByRole("button", { name: "Finish Name a sum and send it in writing" });
  await allSteps.click();
  await expect(sumTask).toBeVisible();
  await undoFromToast(page, /^[23] tasks for the deal/u);
  await expect(sumTask).toBeHidden();

  await expectSynced(page);
  await stage.stopServer();
  await expectOffline(page);
  await allSteps.click();
  await expect(sumTask).toBeVisible();
}
