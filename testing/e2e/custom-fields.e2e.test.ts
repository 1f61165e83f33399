import type { Admin } from "./admin-api.ts";
import { signInAdmin } from "./admin-api.ts";
import { expectSynced, openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// A listing is called a floor by the tenant of the demo.
test("deals and listings begin with the tenant's own fields, and ask for what nobody can leave out", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  await addField(admin, "deals", { key: "terms", label: "Terms", default: "30 days", required: true });
  await addField(admin, "deals", { key: "channel", label: "Channel", required: true, options: ["Fair", "Letter"], type: "select" }); // prettier-ignore
  await addField(admin, "listings", { key: "view", label: "View", default: "Street", required: true });
  const { page, desk } = await openDesk(stage, browser);

  await test.step("a deal asks for its channel, and has its terms", async () => {
    await page.goto(new URL("/deals", desk.address).href);
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
    await page.keyboard.press("Escape");
  });

  await test.step("a listing begins at a click, as long as nothing must be asked", async () => {
    await page.goto(new URL("/listings", desk.address).href);
    await page.getByRole("button", { name: "New floor" }).click();
    const listing = page.getByRole("dialog", { name: "New floor" });
    await expect(listing.getByRole("textbox", { name: "View" })).toHaveValue("Street");
    await page.keyboard.press("Escape");
    await expect(listing).toBeHidden();
    await addField(admin, "listings", { key: "storeys", label: "Storeys", required: true, type: "number" });
    await expect(async () => {
      await page.getByRole("button", { name: "New floor" }).click();
      await page.getByRole("textbox", { name: "Storeys" }).fill("4", { timeout: 5_000 });
    }).toPass();
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
  });
  await expectSynced(page);
});

async function addField(
  admin: Admin,
  collection: "deals" | "listings",
  field: { key: string; label: string; required: boolean } & Record<string, unknown>,
): Promise<void> {
  await admin.ask("POST", "/fields", { collection, type: "text", default: null, options: [], ...field });
}
