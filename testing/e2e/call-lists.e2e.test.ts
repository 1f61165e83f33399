import { signInAdmin } from "./admin-api.ts";
import { findBarriers } from "./barriers.ts";
import { leadRow, openDesk, searchLeads, undoFromToast } from "./desk-page.ts";
import { withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";
import { currentCall, turnPhoneOn } from "./at-the-phone.ts";
import type { CallListStates } from "../../shared/calls/outbound/wire.ts";

// A list is worked by itself: desk, phone window, replica, server and its simulated carrier.

test.use(withFakeMedia());

test("leads are added to a list and taken out; a power list dials by itself, and after the call comes the next one", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  const newEnquiries = "/call-lists/call-list:new-enquiries";
  await admin.ask("PATCH", newEnquiries, { previewSeconds: 4 });
  const counts = async (key: string) => {
    const { lists } = await admin.ask<CallListStates>("GET", "/telephony/lists");
    return lists.find((one) => one.key === key)?.counts;
  };
  const { page } = await openDesk(stage, browser);

  await searchLeads(page, "Maria Kowalski Halden Logistics");
  await expect(page.getByRole("contentinfo").getByText("1 lead", { exact: true })).toBeVisible();
  await leadRow(page, "Maria Kowalski").click();
  await page.keyboard.press("Space");
  await page
    .getByRole("toolbar", { name: "Selected rows" })
    .getByRole("button", { name: "Call list" })
    .click();
  await page.getByRole("option", { name: "Spring call-backs" }).click();
  await undoFromToast(page, "1 lead added to “Spring call-backs”.");
  await expect.poll(() => counts("spring-call-backs")).toMatchObject({ removed: 1 });

  await turnPhoneOn(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect(page.getByRole("button", { name: "Start New enquiries" })).toBeVisible();
  expect.soft(await findBarriers(page), "lists to choose from").toEqual([]);
  await page.getByRole("button", { name: "Start New enquiries" }).click();

  const call = currentCall(page);
  const list = page.getByRole("region", { name: "Call list", exact: true });
  const who = list.getByRole("heading", { level: 3 });
  await expect(list.getByRole("timer")).toBeVisible();
  await expect(who).not.toBeEmpty();
  const first = (await who.textContent()) ?? "";
  await expect(call).toContainText(first);
  // Whoever comes next is not dialled before somebody has read who it is, on whatever machine.
  await admin.ask("PATCH", newEnquiries, { previewSeconds: 120 });
  await expect(list).toContainText("goes on after this call");
  // Only who has picked up can be put on hold.
  await expect(call.getByRole("button", { name: "Hold", exact: true })).toBeEnabled();
  await call.getByRole("button", { name: "End", exact: true }).click();
  await page.getByRole("radio", { name: "Not a fit" }).click();
  await page.getByRole("button", { name: "Finish wrap-up" }).click();

  await expect(list.getByRole("timer")).toBeVisible();
  await expect(who).not.toHaveText(first);
  const second = (await who.textContent()) ?? "";
  await page.keyboard.press("Shift+W");
  await expect(list.getByRole("timer")).toBeHidden();
  await expect(list).toContainText("Not dialled by itself");
  expect.soft(await findBarriers(page), "somebody of a list").toEqual([]);
  await page.keyboard.press("Shift+S");
  await expect(who).not.toHaveText(second);
  await list.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Start New enquiries" })).toBeVisible();

  await expect
    .poll(() => counts("new-enquiries"))
    .toMatchObject({ reached: 1, later: 1, reserved: 0, calling: 0 });
});
