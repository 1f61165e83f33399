import { openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { callButton, expectHeard, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// What a wrap-up asks for is what the tenant has decided.

test.use(withFakeMedia(playsAtOnce));

test("where a tenant has no endings a wrap-up asks for none, and is finished without one", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  const { dispositions } = await admin.ask<{ dispositions: { id: string }[] }>("GET", "/dispositions");
  for (const { id } of dispositions)
    await admin.ask("PATCH", `/dispositions/${encodeURIComponent(id)}`, { archived: true });
  const { page } = await openDesk(stage, browser);
  await turnPhoneOn(page);
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await expectHeard(page);
  await callButton(page, "End").click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "How did it end?" })).toBeHidden();
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeHidden();
  await expect(page.getByRole("link", { name: /to write down/u })).toBeHidden();
});
