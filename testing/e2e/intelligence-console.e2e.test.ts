import type { Request } from "@playwright/test";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { expect, test } from "./stage.ts";

const key = "sk-planted-0123456789-ABCDEFGHIJ-wxyz";

test("an admin sets up a model with a budget, tries a prompt, and sees what it came to", async ({
  stage,
  page,
}) => {
  const answers: string[] = [];
  page.on("response", (answer) => {
    if (answer.url().includes("/api/v1/ai/")) void answer.text().then((text) => answers.push(text), () => {}); // prettier-ignore
  });
  await enterConsole(page, stage.serverUrl);
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByRole("link", { name: "Add an account with a provider" }).click();
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByRole("option", { name: /^Another/u }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Our own");
  await page.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:8080/v1");
  await page.getByLabel("Key").fill(key);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Add the account" }).click();
  await expect(page.getByLabel("Key (…wxyz)")).toHaveValue("");
  await page.getByRole("textbox", { name: "Model to test with" }).fill("small-1");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("This address leads into the server's own network.")).toBeVisible();

  await page.getByRole("button", { name: /^Add a model/u }).click();
  await page.getByRole("textbox", { name: "The provider's name of it" }).fill("small-1");
  await page.getByRole("button", { name: "Add the model" }).click();
  const models = page.getByRole("list", { name: "Models" });
  await expect(models.getByTitle("No price: money limits do not count it")).toHaveText("Large, no price");
  await page.getByRole("textbox", { name: "In", exact: true }).fill("0.15");
  await page.getByRole("textbox", { name: "Out", exact: true }).fill("0.60");
  await page.getByRole("textbox", { name: "Out", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Keep the price" }).click();
  await expect(page.getByRole("cell", { name: "$0.15" })).toBeVisible();
  await expect(models).not.toContainText("no price");
  await page.getByRole("button", { name: /^Add a model/u }).click();
  await page.getByRole("textbox", { name: "The provider's name of it" }).fill("large-1");
  await page.getByRole("textbox", { name: "Price of a million tokens in" }).fill("2");
  await page.getByRole("textbox", { name: "Price of a million tokens out" }).fill("8");
  await page.getByRole("button", { name: "Add the model" }).click();
  await expect(page.getByRole("cell", { name: "$8" })).toBeVisible();
  await page.getByRole("button", { name: /^Add a model/u }).click();
  await page.getByRole("textbox", { name: "The provider's name of it" }).fill("unpriced-1");
  await page.getByRole("button", { name: "Add the model" }).click();
  await expect(page.getByRole("main")).toContainText("No price: money limits do not count it.");
  expect(await findBarriers(page)).toEqual([]);

  await page.getByRole("link", { name: "AI limits" }).click();
  await page.getByRole("button", { name: /^Add a limit/u }).click();
  await page.getByRole("button", { name: "Add the limit" }).click();
  await expect(page.getByRole("cell", { name: "$50.00 a month" })).toBeVisible();
  await expect(page.getByText("No price: money limits do not count unpriced-1.")).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  await page.getByRole("link", { name: "AI limits" }).click();
  await page.getByRole("button", { name: /^Add a limit/u }).click();
  await page.getByRole("radio", { name: "Requests" }).check({ force: true });
  await page.getByRole("radio", { name: "Minute", exact: true }).check({ force: true });
  await test.step("a slow answer leaves whoever went on to another page there", async () => {
    const isAdding = (request: Request) => request.method() === "POST" && request.url().endsWith("/limits");
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route("**/limits", async (route) => {
      if (isAdding(route.request())) await released;
      await route.continue();
    });
    const added = page.waitForResponse((answer) => isAdding(answer.request()));
    await page.getByRole("button", { name: "Add the limit" }).click();
    await page.getByRole("link", { name: "Prompts" }).click();
    await expect(page.getByRole("button", { name: "Ask", exact: true })).toBeVisible();
    release();
    await (await added).finished();
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await expect(page.getByText("This address leads into the server's own network.")).toBeVisible();
    await page.unroute("**/limits");
  });
  await page.getByRole("link", { name: "AI limits" }).click();
  await expect(page.getByRole("cell", { name: "60 requests a minute" })).toBeVisible();

  await page.getByRole("link", { name: "AI usage" }).click();
  await expect(page.getByText("Not reached")).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^ai-usage-.*\.csv$/u);

  await page.getByRole("link", { name: "AI requests" }).click();
  const requests = page.getByRole("table", { name: "AI requests" });
  await expect(requests.getByText("Not reached").first()).toBeVisible();
  await page.getByRole("combobox", { name: "Outcome" }).click();
  await page.getByRole("option", { name: "A model failed" }).click();
  await expect(requests.getByText("Rules: no model was reached")).toHaveCount(0);
  await requests.getByRole("link").first().press("Enter");
  const request = page.getByRole("region", { name: "Assistant" });
  await expect(request).toContainText("What is not kept");
  await expect(request).toContainText("Grace Holloway");
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(request).toBeHidden();
  await page.getByRole("link", { name: "Kept for 400 days" }).click();
  await page.getByRole("textbox", { name: "Keep requests for" }).fill("90");
  await page.getByRole("textbox", { name: "Keep requests for" }).press("Enter");
  await expect(page.getByRole("link", { name: "Kept for 90 days" })).toBeVisible();
  expect(await findBarriers(page)).toEqual([]);

  for (const name of ["Approvals", "Evaluation"]) {
    await page.getByRole("link", { name: new RegExp(`^${name}`, "u") }).click();
    await expect(
      page
        .getByRole("main")
        .getByText(/^No(?:thing|body) /u)
        .first(),
    ).toBeVisible();
    expect(await findBarriers(page)).toEqual([]);
  }
  // What learns by itself says that it has not yet.
  await expect(page.getByRole("region", { name: "Evaluation" })).toContainText("Nothing was learned yet");
  expect(answers.length).toBeGreaterThan(8);
  expect(answers.join("\n")).not.toContain("ABCDEFGHIJ");
});
