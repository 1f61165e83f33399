import type { Page } from "@playwright/test";
import { signInAdmin } from "./admin-api.ts";
import { expect, test } from "./stage.ts";
import { expectSynced, fieldOf, openDesk, openLead, openSyncPanel, syncItem } from "./desk-page.ts";

const field = "/fields/field:leads:seating";
/** There are others of these names. */
const companies = {
  "Wei Chen": "Kestrel Analytics",
  "Amara Nwosu": "Fennimore & Pryce LLP",
  "Dmitri Sokolov": "Juniper Robotics",
} as const;
type Name = keyof typeof companies;
const names: readonly Name[] = ["Wei Chen", "Amara Nwosu", "Dmitri Sokolov"];

test("edits that the server refuses wait with their reason until each is edited, retried or discarded", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  await admin.ask("POST", "/fields", {
    collection: "leads",
    key: "seating",
    label: "Seating",
    type: "select",
    required: false,
    default: null,
    options: ["Fixed", "Flexible"],
  });
  const { page } = await openDesk(stage, browser);
  const panel = await openSyncPanel(page);
  await panel.getByRole("button", { name: "Pause" }).click();
  await page.keyboard.press("Escape");
  for (const name of names) await seat(page, name, "Flexible");
  await addLead(page, "Zsófia Quellenbach");
  await expect(syncItem(page)).toContainText("4 unsent");

  await admin.ask("PATCH", field, { options: ["Fixed"], required: true });
  await openSyncPanel(page);
  await panel.getByRole("button", { name: "Resume" }).click();
  const cardOf = (name: string) => panel.getByRole("article").filter({ hasText: name });
  for (const name of names) {
    await expect(cardOf(name)).toContainText("“Seating” must be one of its options. Kept here, not sent.");
  }

  await expect(cardOf("Zsófia Quellenbach")).toContainText(
    "“Seating” must be filled in. Kept here, not sent.",
  );

  await panel.getByRole("button", { name: "Discard all refused edits" }).click();
  await expect(panel.getByText("Refused by the server")).toHaveCount(0);
  const discarded = page.getByRole("status").filter({ hasText: "Discarded 4 edits" });
  await discarded.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(panel.getByText("Refused by the server")).toBeVisible();
  for (const name of [...names, "Zsófia Quellenbach"]) await expect(cardOf(name)).toHaveCount(1);

  for (const name of ["Wei Chen", "Zsófia Quellenbach"]) {
    await panel.getByRole("button", { name: `Edit the edit of ${name}` }).click();
    await cardOf(name).getByRole("combobox", { name: "Seating" }).click();
    await page.getByRole("option", { name: "Fixed", exact: true }).click();
    await cardOf(name).getByRole("button", { name: "Send" }).click();
    await expect(cardOf(name)).toHaveCount(0);
  }

  // Held back, so that what is seen afterwards is the second refusal and not the first one still.
  await panel.getByRole("button", { name: "Pause" }).click();
  await panel.getByRole("button", { name: "Retry the edit of Amara Nwosu" }).click();
  await expect(page.getByText("Sending 1 edit again")).toBeVisible();
  await expect(cardOf("Amara Nwosu")).toHaveCount(0);
  await panel.getByRole("button", { name: "Resume" }).click();
  await expect(cardOf("Amara Nwosu")).toContainText("must be one of its options");
  await admin.ask("PATCH", field, { options: ["Fixed", "Flexible"] });
  await panel.getByRole("button", { name: "Retry the edit of Amara Nwosu" }).click();
  await expect(cardOf("Amara Nwosu")).toHaveCount(0);

  await panel.getByRole("button", { name: "Discard the edit of Dmitri Sokolov" }).click();
  await expect(panel.getByText("Refused by the server")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expectSynced(page);
  await expectSeating(page, "Wei Chen", "Fixed");
  await openLead(page, "Zsófia Quellenbach", "");
  await expect(fieldOf(page, "Seating")).toContainText("Fixed");
  await expectSeating(page, "Amara Nwosu", "Flexible");
  await expectSeating(page, "Dmitri Sokolov", "–");
});

async function addLead(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Leads", exact: true }).first().click();
  await page.getByRole("button", { name: "New lead" }).click();
  const form = page.getByRole("dialog", { name: "New lead" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Add lead" }).click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
}

async function seat(page: Page, name: Name, value: string): Promise<void> {
  await openLead(page, name, companies[name]);
  await fieldOf(page, "Seating").click();
  await page.getByRole("option", { name: value, exact: true }).click();
  await expect(fieldOf(page, "Seating")).toContainText(value);
}

async function expectSeating(page: Page, name: Name, value: string): Promise<void> {
  await openLead(page, name, companies[name]);
  await expect(fieldOf(page, "Seating")).toContainText(value);
}
