import type { Page } from "@playwright/test";
import { startOpenIdProvider, type TestProvider } from "../openid/start-openid-provider.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { expectSynced, visit } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

const ana = {
  sub: "ana at the provider",
  email: "ana@northgate.example",
  email_verified: true,
  name: "Ana Ruiz",
};

test("an admin sets up the organisation's provider, and people come in by it: in the console and at a desk", async ({
  stage,
  page,
  browser,
}) => {
  const openId = await startOpenIdProvider();
  try {
    await enterConsole(page, stage.serverUrl);
    await setUpProvider(page, openId);

    const console = await (await browser.newContext()).newPage();
    await console.goto(`${stage.serverUrl}/console/`);
    openId.person = { ...ana, sub: "a stranger there", email: "stranger@northgate.example" };
    await console.getByRole("button", { name: "Continue with Northgate ID" }).click();
    await expect(console.getByText("has not invited stranger@northgate.example")).toBeVisible();
    await console.getByRole("link", { name: "Back to sign-in" }).click();
    openId.person = ana;
    await console.context().clearCookies();
    await console.getByLabel("E-mail").fill(ana.email);
    await expect(console.getByText("Not needed with Northgate ID.")).toBeVisible();
    await console.getByLabel("E-mail").press("Enter");
    await expect(console.getByRole("heading", { name: "Your account" })).toBeVisible();
    await expect(console).toHaveURL(/\/console\/$/u);

    const desk = await visit(browser, await stage.openDesk({ demo: false }));
    const opened = desk.context().waitForEvent("page");
    await desk.getByRole("button", { name: "Continue with Northgate ID" }).click();
    const atProvider = await opened;
    await expect(atProvider.getByRole("heading", { name: "Is this your desk?" })).toBeVisible();
    const code = await desk
      .getByRole("region", { name: "Signing in with Northgate ID" })
      .getByText(/^\w{3}-\w{3}$/u)
      .innerText();
    await expect(atProvider.getByText(code)).toBeVisible();
    for (const seen of [desk, atProvider]) expect.soft(await findBarriers(seen)).toEqual([]);
    await atProvider.getByRole("button", { name: "Yes, sign in there" }).click();
    await expect(atProvider.getByText("Your desk opens. You can close this tab.")).toBeVisible();
    await expectSynced(desk);
    await expect(desk.getByRole("button", { name: "Ana Ruiz: switch or sign out" })).toBeVisible();
  } finally {
    await openId.close();
  }
});

async function setUpProvider(page: Page, openId: TestProvider): Promise<void> {
  await page.getByRole("link", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Add a provider" }).click();
  await page.getByLabel("Name").fill("Northgate ID");
  await page.getByLabel("Issuer").fill(openId.issuer);
  await page.getByRole("button", { name: "Go on" }).click();
  const redirect = page.getByRole("textbox", { name: "Redirect address" });
  await expect(redirect).not.toHaveValue("");
  openId.register(await redirect.inputValue());
  await type(page, "Client ID", openId.client.id);
  await type(page, "Client secret", "not the secret");
  await expect(page.getByPlaceholder("Kept. Type to replace it")).toBeVisible();
  await type(page, "E-mail domains", "northgate.example");
  await expect(page.getByText("The domains are changed.")).toBeVisible();
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByText("does not take this client id with this secret")).toBeVisible();
  await type(page, "Client secret", openId.client.secret);
  await expect(page.getByText("The client secret is replaced.")).toBeVisible();
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByText("“Northgate ID” answers and takes this client.")).toBeVisible();
  await page.getByRole("button", { name: "Offer it" }).click();
  await expect(page.getByRole("button", { name: "Stop offering it" })).toBeVisible();
  expect.soft(await findBarriers(page)).toEqual([]);
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel(label, { exact: true }).press("Enter");
}
