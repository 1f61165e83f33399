import type { Browser, Locator, Page } from "@playwright/test";
import { openAuthenticator } from "../server/authenticator.ts";
import { addAgent, signInAdmin } from "./admin-api.ts";
import { expect, test } from "./stage.ts";
import {
  become,
  expectSynced,
  fieldOf,
  openDesk,
  openLead,
  openSyncPanel,
  setField,
  syncItem,
  visit,
} from "./desk-page.ts";

const nadia = { name: "Nadia New", email: "nadia@northgate.example", password: "a few words are easiest" };

test("a revoked sign-in keeps the edits and sends them after both factors; a wipe leaves nothing", async ({
  sharedStage: stage,
  browser,
}) => {
  await addAgent(stage, nadia);
  const admin = await signInAdmin(stage);
  const page = await visit(browser, await stage.openDesk({ demo: false }));
  await page.getByRole("textbox", { name: "E-mail" }).fill(nadia.email);
  await signIn(page, nadia.password);
  await expectSynced(page);

  await pauseOrResume(page, "Pause");
  const account = await test.step("she sets up a second factor in the console", () =>
    setUpFactor(browser, `${stage.serverUrl}/console/account`));

  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await setField(page, "Decision", "Wei, before the end");
  const { devices } = await admin.ask<{ devices: { id: string; userName: string }[] }>("GET", "/devices");
  const device = devices.find(({ userName }) => userName === nadia.name)?.id ?? "";
  await admin.ask("POST", `/devices/${device}/revoke`);
  await pauseOrResume(page, "Resume");
  const banner = page.getByRole("alert").filter({ hasText: "Your sign-in was ended" });
  await expect(banner).toContainText("You can work on; edits are kept here");
  await setField(page, "Decision", "Wei, after the end");
  await expect(syncItem(page)).toHaveText(/^Sync stopped.* unsent/u);

  await banner.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("textbox", { name: "E-mail" })).toHaveValue(nadia.email);
  await expect(page.getByRole("textbox", { name: "E-mail" })).toBeDisabled();
  await signIn(page, "not these words at all");
  await expect(page.getByRole("dialog")).toContainText("The e-mail address or the password is wrong.");
  await signIn(page, nadia.password);
  await test.step("a code that was used once lets nobody in, the next one does", async () => {
    const dialog = page.getByRole("dialog");
    await codeField(dialog).fill(account.proof);
    await expect(dialog).toContainText("The code is wrong, was used already, or took too long.");
    await dialog.getByRole("button", { name: "Begin again with the password" }).click();
    await signIn(page, nadia.password);
    await codeField(dialog).fill(await account.code(1));
  });
  await expect(banner).toHaveCount(0);
  await expectSynced(page);
  await expect(fieldOf(page, "Decision")).toContainText("Wei, after the end");

  await admin.ask("POST", `/devices/${device}/wipe`);
  await expect(
    page.getByText("This device was wiped: everything that it held has been removed."),
  ).toBeVisible();
  await expect(page.getByText("Wei Chen")).toHaveCount(0);

  await test.step("a backup code lets her in again, and without the second factor her password alone", async () => {
    await page.getByRole("textbox", { name: "E-mail" }).fill(nadia.email);
    await signIn(page, nadia.password);
    await expect(page.getByRole("heading", { name: "Second step" })).toBeVisible();
    await codeField(page).fill(account.backupCode);
    await codeField(page).press("Enter");
    await expectSynced(page);

    await account.remove();
    await page.getByRole("button", { name: "switch or sign out" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("textbox", { name: "E-mail" }).fill(nadia.email);
    await signIn(page, nadia.password);
    await expectSynced(page);
  });
});

test("who sits down at another's desk sees and sends nothing of what waits there; its author does", async ({
  sharedStage: stage,
  browser,
}) => {
  const { page } = await openDesk(stage, browser);
  await pauseOrResume(page, "Pause");
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await setField(page, "Decision", "Only Ana knows");
  await expect(syncItem(page)).toContainText("1 unsent");
  const note = page.getByRole("textbox", { name: "Note", exact: true });
  await page.keyboard.press("n");
  await note.fill("Half a thought of Ana's");

  await become(page, "Ben Okafor");
  await openLead(page, "Wei Chen", "Kestrel Analytics");
  await page.keyboard.press("n");
  await expect(note).toHaveValue("");
  await expect(fieldOf(page, "Decision")).not.toContainText("Only Ana knows");
  await setField(page, "Decision", "Ben asked first");
  await expectSynced(page);

  await become(page, "Ana Ruiz");
  const panel = await openSyncPanel(page);
  await expect(panel.getByRole("radio", { name: /^Only Ana knows You/u })).toBeVisible();
  await expect(panel.getByRole("radio", { name: /^Ben asked first Ben Okafor/u })).toBeVisible();
});

/** Nadia, at her account in the console. */
async function setUpFactor(browser: Browser, address: string) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await page.getByRole("textbox", { name: "E-mail" }).fill(nadia.email);
  await signIn(page, nadia.password);
  const heading = page.getByRole("heading", { name: "Second factor" });
  const factor = page.locator("section", { has: heading }).last();
  const confirmPassword = async (action: string) => {
    await factor.getByRole("textbox", { name: "Your password" }).fill(nadia.password);
    await factor.getByRole("button", { name: action }).click();
  };
  await factor.getByRole("button", { name: "Set up a second factor" }).click();
  await confirmPassword("Go on");
  const code = openAuthenticator(await factor.locator("code").innerText());
  const proof = await code();
  await codeField(factor).fill(proof);
  await factor.getByRole("button", { name: "Prove it" }).click();
  const backupCode = await factor
    .getByRole("list", { name: "Backup codes" })
    .locator("code")
    .first()
    .innerText();
  await factor.getByRole("button", { name: "I have kept them" }).click();
  const remove = async () => {
    await factor.getByRole("button", { name: "Remove the second factor" }).click();
    await confirmPassword("Remove it");
    await expect(factor.getByRole("button", { name: "Set up a second factor" })).toBeVisible();
  };
  return { code, proof, backupCode, remove };
}

function codeField(within: Page | Locator): Locator {
  return within.getByRole("textbox", { name: "Code" });
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("textbox", { name: "Password" }).press("Enter");
}

async function pauseOrResume(page: Page, action: "Pause" | "Resume"): Promise<void> {
  const panel = await openSyncPanel(page);
  await panel.getByRole("button", { name: action }).click();
  await expect(panel.getByRole("button", { name: action === "Pause" ? "Resume" : "Pause" })).toBeVisible();
  await page.keyboard.press("Escape");
}
