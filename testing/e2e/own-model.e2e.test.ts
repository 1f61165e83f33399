import { openAiLike } from "../ai/stand-ins/openai-like.ts";
import { startModelServer, streams } from "../ai/stand-ins/model-server.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// The stand-in listens on this machine.
test.use({ serverSettings: { PRIVATE_MODEL_PROVIDERS: "true" } });

const dialect = openAiLike("compatible");

test("a model that somebody brings along answers them alone, and nobody else sees it", async ({
  stage,
  browser,
  page: own,
}) => {
  const model = await startModelServer();
  try {
    await enterConsole(own, stage.serverUrl, "Ana Ruiz");
    await own.getByRole("link", { name: "Your models" }).click();
    await own.getByRole("link", { name: "Add an account with a provider" }).click();
    await own.getByRole("combobox", { name: "Provider" }).click();
    await own.getByRole("option", { name: /^Another/u }).click();
    await own.getByRole("textbox", { name: "Name" }).fill("Mine");
    await own.getByRole("textbox", { name: "Address" }).fill(`${model.url}/v1`);
    await own.getByLabel("Key").fill("sk-mine-0123456789");
    await own.getByRole("button", { name: "Add the account" }).click();
    await own.getByRole("button", { name: /^Add a model/u }).click();
    await own.getByRole("textbox", { name: "The provider's name of it" }).fill("own-1");
    await own.getByRole("textbox", { name: "Name", exact: true }).fill("Mine alone");
    await own.getByRole("button", { name: "Add the model" }).click();
    await expect(own.getByRole("list", { name: "Models" })).toContainText("Mine alone");
    expect(await findBarriers(own)).toEqual([]);

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
  } finally {
    await model.close();
  }
});
