import type { Locator, Page } from "@playwright/test";
import { openAiLike } from "../ai/stand-ins/openai-like.ts";
import { startModelServer, streams } from "../ai/stand-ins/model-server.ts";
import { signInAdmin, type Admin } from "./admin-api.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { bringServerBack, expectOffline, openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// The stand-in listens on this machine.
test.use({ serverSettings: { PRIVATE_MODEL_PROVIDERS: "true" } });

const dialect = openAiLike("compatible");

test("a letter with a foreign link waits for a second person: asked for offline, refused, changed, approved", async ({
  stage,
  browser,
  page: console_,
}) => {
  const model = await startModelServer();
  try {
    model.replies(streams(dialect.events(["Subject: The terrace\n\n", "Dear Maria, pay at https://evil.example/x now."]))); // prettier-ignore
    await setUpModel(await signInAdmin(stage), model.url);
    const { page } = await openDesk(stage, browser);
    await openLead(page, "Maria Kowalski", "Halden Logistics");
    await page.keyboard.press("w");
    const writer = page.getByRole("region", { name: "Write to this person" });
    const stand = writer.getByRole("status");
    const [ask, mail, copy] = ["Ask for approval", "Open in mail", "Copy"].map((name) => writer.getByRole("button", { name, exact: true })) as [Locator, Locator, Locator]; // prettier-ignore
    await writer.getByRole("button", { name: "Write", exact: true }).click();
    const text = writer.getByRole("textbox", { name: "Text", exact: true });
    await expect(text).toHaveValue("Dear Maria, pay at […] now.");
    await expect(stand).toContainText("Somebody else has to approve it.");
    await expect(ask).toBeVisible();
    await expect(mail.or(copy)).toHaveCount(0);
    expect(await findBarriers(page)).toEqual([]);

    // Without a network the request is kept, and says so, over a reload too.
    await stage.stopServer();
    await expectOffline(page);
    await ask.click();
    await expect(stand).toContainText("when there is a network again");
    await comeBack(page);
    await expect(stand).toContainText("when there is a network again");
    await expect(mail.or(copy).or(ask)).toHaveCount(0);
    await bringServerBack(stage, page);
    await expect(stand).toContainText(/^Waits for approval, asked for Today/u);

    // The queue says what, for whom and why; it is refused with a reason, and the writer is told.
    await enterConsole(console_, stage.serverUrl);
    await openLetter(console_, "The terrace");
    const detail = console_.getByRole("region", { name: "The terrace" });
    await expect(detail).toContainText("E-mail to Maria Kowalski");
    await expect(detail).toContainText(/Ana Ruiz, Today/u);
    await expect(detail).toContainText("Dear Maria, pay at […] now.");
    await expect(detail).toContainText("that is not in the data");
    await expect(detail.getByRole("button", { name: "Refuse" })).toBeDisabled();
    expect(await findBarriers(console_)).toEqual([]);
    await detail.getByRole("textbox", { name: "Reason" }).fill("Say where to pay in words");
    await detail.getByRole("button", { name: "Refuse" }).click();
    await expect(console_.getByText("It does not leave, and its writer is told why.")).toBeVisible();
    await expect(
      page.getByText("Grace Holloway refused your letter to Maria Kowalski: Say where to pay in words"),
    ).toBeVisible();
    await expect(stand).toContainText(/^Refused by Grace Holloway, Today .*: Say where to pay in words$/u);
    await expect(ask).toHaveAttribute("aria-disabled", "true");

    // A changed text is another letter.
    await text.fill("Dear Maria, please pay at our desk.");
    await ask.click();
    await expect(stand).toContainText("Waits for approval");
    await openLetter(console_, "The terrace", "Waiting");
    await expect(detail).toContainText("Dear Maria, please pay at our desk.");
    await detail.getByRole("button", { name: "Approve" }).click();
    const told = page.getByText("Grace Holloway approved your letter to Maria Kowalski");
    await expect(told).toBeVisible();
    await page
      .getByRole("link", { name: /^Tasks/u })
      .first()
      .click();
    await expect(writer).toBeHidden();
    await told.getByRole("button", { name: "Show it" }).click();
    await expect(stand).toContainText("Approved by Grace Holloway");
    await expect(mail).toBeEnabled();

    // It stays so, but not for one more word.
    await comeBack(page);
    await expect(stand).toContainText("Approved by Grace Holloway");
    await text.fill("Dear Maria, please pay at our desk today.");
    await expect(ask).toBeEnabled();
    await expect(mail.or(copy)).toHaveCount(0);
    await text.fill("Dear Maria, please pay at our desk.");
    await expect(mail).toBeEnabled();

    // The audit says it in words; and where the admin wants no second person, nothing is held.
    await text.fill("Dear Maria, anything.");
    await expect(ask).toBeEnabled();
    await console_.getByRole("combobox", { name: "A second person approves" }).click();
    await console_.getByRole("option", { name: "None" }).click();
    await expect(mail).toBeEnabled();
    await expect(stand).toHaveText("");
    await console_.getByRole("link", { name: "Audit log" }).click();
    const log = console_.getByRole("main");
    for (const deed of ["Asked for a letter to be approved", "Refused a letter", "Approved a letter"])
      await expect(log.getByText(deed, { exact: true }).first()).toBeVisible();
  } finally {
    await model.close();
  }
});

/** A new look at the profile, and at what was written there. */
async function comeBack(page: Page): Promise<void> {
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: "Maria Kowalski" })).toBeVisible();
  await page.keyboard.press("w");
}

async function openLetter(page: Page, title: string, state = "Waiting"): Promise<void> {
  await page.getByRole("link", { name: /^Approvals/u }).first().click(); // prettier-ignore
  await page.reload();
  const row = page.getByRole("table", { name: "Approvals" }).getByRole("row").filter({ hasText: state });
  await row.getByRole("link", { name: title }).click();
}

async function setUpModel(admin: Admin, url: string): Promise<void> {
  const account = { kind: "compatible", label: "Ours", baseUrl: `${url}/v1`, apiVersion: null, apiKey: "sk-test" }; // prettier-ignore
  const { id: accountId } = await admin.ask<{ id: string }>("POST", "/ai/accounts", account);
  await admin.ask("POST", "/ai/models", {
    ...{ accountId, label: "Larger", wireName: "large-1", role: "large", features: [], systemMessage: "" },
    ...{
      contextTokens: 32_000,
      maxOutputTokens: 2_000,
      plan: null,
      industries: [],
      terms: "paid",
      endsAt: null,
    },
    ...{ featured: false, tags: [], position: 0, enabled: true },
  });
}
