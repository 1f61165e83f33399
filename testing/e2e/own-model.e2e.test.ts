import type { Page } from "@playwright/test";
import { openAiLike } from "../ai/stand-ins/openai-like.ts";
import { sends, startModelServer, streams } from "../ai/stand-ins/model-server.ts";
import { signInAdmin } from "./admin-api.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { openDesk, openLead, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// The stand-in listens on this machine.
test.use({ serverSettings: { PRIVATE_MODEL_PROVIDERS: "true" } });

const dialect = openAiLike("compatible");

test("a model that somebody brings along answers them alone; one that the operator offers answers everybody, within each one's limit, until the admin switches it off", async ({
  stage,
  browser,
  page: own,
}) => {
  const model = await startModelServer();
  try {
    await (await signInAdmin(stage)).ask("PUT", "/ai/own-models", { allowed: true });
    await enterConsole(own, stage.serverUrl, "Ana Ruiz");
    await own.getByRole("link", { name: "Your models" }).click();
    await addModel(own, { account: "Mine", url: model.url, wireName: "own-1", label: "Mine alone" });
    await expect(own.getByRole("list", { name: "Models" })).toContainText("Mine alone");
    expect(await findBarriers(own)).toEqual([]);

    await test.step("she tests the account with the key that the server keeps", async () => {
      model.replies(sends(200, dialect.says("ready")), sends(401, dialect.fault({ type: "x" })));
      await own
        .getByRole("list", { name: "Accounts with providers" })
        .getByText("Mine", { exact: true })
        .click();
      await expect(own.getByRole("textbox", { name: "Model to test with" })).toHaveValue("own-1");
      await own.getByRole("button", { name: "Test", exact: true }).click();
      await expect(own.getByText("own-1 answered.")).toBeVisible();
      await own.getByRole("button", { name: "Test", exact: true }).click();
      await expect(own.getByText("own-1: The provider does not take this key")).toBeVisible();
      expect(model.asked.at(-1)?.headers.authorization).toBe("Bearer sk-test-0123456789");
    });

    // At her desk it answers.
    model.replies(streams(dialect.events(["She stands ", "well."])));
    const ana = await openDesk(stage, browser);
    await openLead(ana.page, "Maria Kowalski", "Halden Logistics");
    await ana.page.keyboard.press("Control+j");
    const hub = ana.page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
    await expect(hub).toContainText("Mine alone answers.");
    await hub.getByRole("button", { name: "Summarise" }).click();
    await expect(hub.getByRole("log")).toContainText("She stands well.");
    await expect(hub.getByRole("log")).toContainText("Written by Mine alone.");
    const asked = model.asked.length;

    // At Ben's the rules do, and neither their manager nor the admin finds it anywhere.
    const ben = await openDesk(stage, browser, "Ben Okafor");
    await ben.page.keyboard.press("Control+j");
    await expect(ben.page.getByRole("dialog", { name: "Assistant" })).toContainText("Rules answer");
    for (const [name, link] of [
      ["Max Albrecht", "Your models"],
      ["Grace Holloway", "Models"],
    ] as const) {
      const page = await browser.newPage();
      await enterConsole(page, stage.serverUrl, name);
      await page.getByRole("link", { name: link, exact: true }).click();
      await expect(page.getByRole("link", { name: "Add an account with a provider" })).toBeVisible();
      await expect(page.getByRole("main")).not.toContainText("Mine");
    }
    expect(model.asked).toHaveLength(asked);

    // Taken away, her desk goes back to the rules.
    await own.getByRole("list", { name: "Models" }).getByText("Mine alone").click();
    await own.getByRole("button", { name: "Remove", exact: true }).click();
    await own.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(own.getByRole("link", { name: /^Mine alone/u })).toBeHidden();
    await hub.getByRole("button", { name: "What is open?" }).click();
    await expect(hub.getByRole("log")).toContainText("By rules: no model is set up.");

    const admin = await browser.newPage();
    await test.step("the operator offers a model to everybody", async () => {
      const operator = await browser.newPage();
      await enterConsole(operator, stage.serverUrl, "Olivia Brandt");
      await operator.getByRole("link", { name: "Models", exact: true }).click();
      await addModel(operator, { account: "Ours", url: model.url, wireName: "all-1", label: "Offered" });
      await expect(operator.getByRole("list", { name: "Models" })).toContainText("Offered");
      await expect(operator.getByRole("combobox", { name: "Terms" })).toHaveText("Paid by use");
      expect(await findBarriers(operator)).toEqual([]);
      model.replies(streams(dialect.events(["All is ", "well."])));
      await ben.page.keyboard.press("Escape");
      await openLead(ben.page, "Maria Kowalski", "Halden Logistics");
      await ben.page.keyboard.press("Control+j");
      await expectAnswer(ben.page, "Summarise", "Written by Offered.");
    });

    await test.step("an admin limits what Ben may ask, who has asked once already: he has the rules' answer, and she still the model's", async () => {
      await enterConsole(admin, stage.serverUrl);
      await admin.getByRole("link", { name: "AI limits" }).click();
      await admin.getByRole("button", { name: /^Add a limit/u }).click();
      await admin.getByRole("radio", { name: "Requests" }).check({ force: true });
      await admin.getByRole("textbox", { name: "At most" }).fill("2");
      await admin.getByRole("combobox", { name: "For" }).click();
      await admin.getByRole("option", { name: "Ben Okafor" }).click();
      await admin.getByRole("button", { name: "Add the limit" }).click();
      const limit = admin.getByRole("row").filter({ hasText: "Ben Okafor" });
      await expect(limit).toContainText("2 requests a month");
      expect(await findBarriers(admin)).toEqual([]);
      await expectAnswer(ben.page, "What was agreed?", "Written by Offered.");
      await expectAnswer(ben.page, "What is open?", "By rules. Your AI quota for this month is used up.");
      await expectAnswer(ana.page, "What was agreed?", "Written by Offered.");
    });

    await test.step("switched off by the admin it answers nobody, until they take that back", async () => {
      await admin.getByRole("link", { name: "Models", exact: true }).click();
      const offered = admin.getByRole("list", { name: "From the operator" }).getByRole("link");
      await offered.click();
      const mayAnswer = admin.getByRole("checkbox", { name: "May answer our people" });
      await expect(mayAnswer).toBeChecked();
      expect(await findBarriers(admin)).toEqual([]);
      await mayAnswer.click();
      await expect(mayAnswer).not.toBeChecked();
      await expect(offered).toHaveText(/Offered\s*Off/u);
      // What is pointed at stays, however long Ana's desk takes.
      const told = "“Offered” does not answer your people any more.";
      await admin.getByRole("status").getByText(told).hover();
      await expectAnswer(ana.page, "What was agreed?", "By rules: no model is set up.");
      await undoFromToast(admin, told);
      await expect(mayAnswer).toBeChecked();
      await expectAnswer(ana.page, "What was agreed?", "Written by Offered.");
    });
  } finally {
    await model.close();
  }
});

async function addModel(
  page: Page,
  { account, url, wireName, label }: { account: string; url: string; wireName: string; label: string },
): Promise<void> {
  await page.getByRole("link", { name: "Add an account with a provider" }).click();
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByRole("option", { name: /^Another/u }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(account);
  await page.getByRole("textbox", { name: "Address" }).fill(`${url}/v1`);
  await page.getByLabel("Key").fill("sk-test-0123456789");
  await page.getByRole("button", { name: "Add the account" }).click();
  await page.getByRole("button", { name: /^Add a model/u }).click();
  await page.getByRole("textbox", { name: "The provider's name of it" }).fill(wireName);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(label);
  await page.getByRole("button", { name: "Add the model" }).click();
}

/** What somebody gets when they ask the open assistant, however often they did before. */
async function expectAnswer(page: Page, asked: string, answer: string): Promise<void> {
  const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
  const turns = hub.getByRole("log").getByRole("article").filter({ hasText: asked });
  const before = await turns.count();
  await hub.getByRole("button", { name: asked }).click();
  await expect(turns).toHaveCount(before + 1);
  await expect(turns.last()).toContainText(answer);
}
