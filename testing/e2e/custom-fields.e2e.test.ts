import type { Locator } from "@playwright/test";
import type { Admin } from "./admin-api.ts";
import { signInAdmin } from "./admin-api.ts";
import { expectSynced, goTo, openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// A listing is called a floor by the tenant of the demo.
test("deals and listings begin with the tenant's own fields, and ask for what nobody can leave out", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  await addField(admin, "deals", { key: "terms", label: "Terms", default: "30 days", required: true });
  await addField(admin, "deals", { key: "channel", label: "Channel", required: true, options: ["Fair", "Letter"], type: "select" }); // prettier-ignore
  await addField(admin, "deals", { key: "lawyer", label: "Lawyer", required: false, type: "phone" });
  await addField(admin, "deals", { key: "plans", label: "Plans", required: false, type: "url" });
  await addField(admin, "listings", { key: "view", label: "View", default: "Street", required: true });
  const { page } = await openDesk(stage, browser);

  await test.step("a deal asks for its channel, and has its terms", async () => {
    await goTo(page, "/deals", "Deals");
    await page.getByRole("button", { name: "New deal" }).click();
    const form = page.getByRole("dialog", { name: "New deal" });
    await form.getByRole("textbox", { name: "Name" }).fill("Lease for Quellenbach");
    await expect(form.getByRole("button", { name: "Add deal" })).toBeDisabled();
    await form.getByRole("combobox", { name: "Channel" }).click();
    await page.getByRole("option", { name: "Letter", exact: true }).click();
    await form.getByRole("button", { name: "Add deal" }).click();
    const deal = page.getByRole("dialog", { name: "Lease for Quellenbach" });
    await expect(deal.getByRole("combobox", { name: "Channel" })).toHaveText("Letter");
    await expect(deal.getByRole("textbox", { name: "Terms" })).toHaveValue("30 days");
    await expectReads(deal, "Lawyer", "312 555 01", "Not a full phone number");
    await expectReads(deal, "Lawyer", "(312) 555-0147", "+1 312-555-0147");
    await expectReads(deal, "Plans", "no plans", "Not a web address");
    await expectReads(deal, "Plans", "home.example/plans", "https://home.example/plans");
    await page.keyboard.press("Escape");
    await expect(deal).toBeHidden();
  });

  await test.step("the theme that was chosen is there again after a reload", async () => {
    await goTo(page, "/settings", "Settings");
    const dark = page.getByRole("radio", { name: "Dark", exact: true });
    await page.getByText("Dark", { exact: true }).click();
    await expect(page.locator("html[data-theme=dark]")).toBeAttached();
    await expect(dark).toBeChecked();
    await page.reload();
    await expect(dark).toBeChecked();
    await expect(page.locator("html[data-theme=dark]")).toBeAttached();
  });

  await test.step("a listing begins at a click, as long as nothing must be asked", async () => {
    await goTo(page, "/listings", "Floors");
    await page.getByRole("button", { name: "New floor" }).click();
    const listing = page.getByRole("dialog", { name: "New floor" });
    await expect(listing.getByRole("textbox", { name: "View" })).toHaveValue("Street");
    await addField(admin, "listings", { key: "storeys", label: "Storeys", required: true, type: "number" });
    await expect(async () => {
      // Who has not heard of the field yet has another floor at once, and hears of the field while that one is open.
      await page.keyboard.press("Escape");
      await expect(listing).toBeHidden();
      await page.getByRole("button", { name: "New floor" }).click();
      await expect(page.getByRole("button", { name: "Add floor" })).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await page.getByRole("textbox", { name: "Storeys" }).fill("4");
    await page.getByRole("button", { name: "Add floor" }).click();
    await expect(listing.getByRole("textbox", { name: "View" })).toHaveValue("Street");
    await expect(listing.getByRole("textbox", { name: "Storeys" })).toHaveValue("4");
    await page.keyboard.press("Escape");
    await expect(listing).toBeHidden();
  });

  await test.step("listings show and are filtered by the tenant's own fields", async () => {
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("option", { name: "Storeys" }).click();
    await page.getByRole("textbox", { name: "Storeys: value" }).fill("4");
    await page.getByRole("textbox", { name: "Storeys: value" }).press("Enter");
    await expect(page.getByRole("contentinfo")).toContainText("1 floor");
    const rows = page.getByRole("grid").getByRole("row");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(1)).toContainText("Street4");
    await page.getByRole("button", { name: "Remove filter: Storeys" }).click();
  });

  await test.step("a list of listings is sorted by the tenant's own fields, and shows the columns that were chosen", async () => {
    const rows = page.getByRole("grid").getByRole("row");
    const heads = page.getByRole("grid").getByRole("columnheader");
    // All are back that the filter kept out, and stand where they stay.
    await expect(rows.nth(1)).toContainText("Street4");
    await expect(rows.nth(2)).toContainText("Street–");
    await rows.nth(2).dblclick();
    await page.getByRole("dialog").getByRole("textbox", { name: "Storeys" }).fill("2");
    await page.getByRole("dialog").getByRole("textbox", { name: "Storeys" }).press("Enter");
    await page.keyboard.press("Escape");
    await heads.filter({ hasText: "Storeys" }).click();
    await expect(rows.nth(1)).toContainText("Street2");
    await expect(rows.nth(2)).toContainText("Street4");
    await heads.filter({ hasText: "Storeys" }).click();
    await expect(rows.nth(1)).toContainText("Street4");
    await expect(rows.nth(2)).toContainText("Street2");
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Price" }).click();
    await page.getByRole("checkbox", { name: "Bedrooms" }).click();
    await page.keyboard.press("Escape");
    await expect(heads.filter({ hasText: "Price" })).toHaveCount(0);
    await expect(heads.filter({ hasText: "Bedrooms" })).toHaveCount(1);
    await page.reload();
    await expect(heads.filter({ hasText: "Bedrooms" })).toHaveCount(1);
    await expect(heads.filter({ hasText: "Price" })).toHaveCount(0);
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("button", { name: "As they were at first" }).click();
    await expect(heads.filter({ hasText: "Price" })).toHaveCount(1);
    await page.keyboard.press("Escape");
  });

  await test.step("what is no e-mail address is refused beside the list as it is on a profile", async () => {
    await addField(admin, "listings", { key: "keeper", label: "Keeper", required: false, type: "email" });
    await page.getByRole("grid").getByRole("row").nth(1).dblclick();
    const listing = page.getByRole("dialog");
    await expectReads(listing, "Keeper", "keeper at home", "Not an address");
    await expectReads(listing, "Keeper", "keeper@home.example", "keeper@home.example");
    await expect(page.getByText("Changed Keeper of")).toBeVisible();
  });
  await expectSynced(page);
});

/** What stands in a field, or beside it, once something was typed there and it was left. */
async function expectReads(drawer: Locator, label: string, typed: string, shown: string): Promise<void> {
  const field = drawer.getByRole("textbox", { name: label });
  await field.fill(typed);
  await field.press("Enter");
  if (shown.startsWith("Not ")) await expect(drawer.getByText(shown)).toBeVisible();
  else await expect(field).toHaveValue(shown);
}

async function addField(
  admin: Admin,
  collection: "deals" | "listings",
  field: { key: string; label: string; required: boolean } & Record<string, unknown>,
): Promise<void> {
  await admin.ask("POST", "/fields", { collection, type: "text", default: null, options: [], ...field });
}
