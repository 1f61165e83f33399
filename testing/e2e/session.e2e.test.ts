import type { Page } from "@playwright/test";
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

test("a revoked sign-in keeps the edits and sends them after the password; a wipe leaves nothing", async ({
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
  await expectSynced(page);
  await expect(banner).toHaveCount(0);
  await expect(fieldOf(page, "Decision")).toContainText("Wei, after the end");

  await admin.ask("POST", `/devices/${device}/wipe`);
  await expect(
    page.getByText("This device was wiped: everything that it held has been removed."),
  ).toBeVisible();
  await expect(page.getByText("Wei Chen")).toHaveCount(0);
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
