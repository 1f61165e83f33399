import type { Page } from "@playwright/test";
import { callButton, currentCall, customer, dial, endCall } from "./at-the-phone.ts";
import { goTo, openLead, timeline, undoFromToast } from "./desk-page.ts";
import { expect } from "./stage.ts";

/** Nobody has this number at first, then two have. */
export async function sayWhose(ana: Page): Promise<void> {
  await endCall(ana);
  await dial(ana, customer);
  const whose = ana.getByRole("group", { name: "Whose call it is" });
  const name = currentCall(ana).getByRole("heading", { level: 2 });
  await expect(whose).toContainText("No lead with this number");
  await whose.getByRole("button", { name: "New lead" }).click();
  await addLead(ana, "Nora Quist");
  await expect(name.getByRole("link", { name: "Nora Quist" })).toBeVisible();
  await whose.getByRole("button", { name: "Not them?" }).click();
  await ana.getByRole("option", { name: "New lead" }).click();
  await addLead(ana, "Ole Quist");
  // Nothing is waited for in between: the line that takes it back goes by itself.
  await undoFromToast(ana, "Call is with Ole Quist");
  await expect(name).toHaveText("Nora Quist");

  await endCall(ana);
  await dial(ana, customer);
  await expect(whose).toContainText(/Nora Quist or Ole Quist|Ole Quist or Nora Quist/u);
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await ana.keyboard.press("i");
  await expect(ana.getByRole("option")).toHaveCount(3);
  await expect.poll(() => ana.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
  await ana.keyboard.type("ole q");
  await expect(ana.getByRole("option")).toHaveCount(2);
  await ana.keyboard.press("Enter");
  await expect(name).toHaveText("Ole Quist");
  await callButton(ana, "End").click();
  await ana.getByRole("radio", { name: "Call back" }).click();
  await expect(ana.getByRole("textbox", { name: "Follow-up task" })).toHaveValue(/^Call Ole Quist /u);
  await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(ana.getByRole("button", { name: "Finish wrap-up" })).toBeHidden();

  await goTo(ana, "/calls", "Calls");
  await ana.getByRole("row").filter({ hasText: "Ole Quist" }).first().dblclick();
  const drawer = ana.getByRole("dialog");
  await drawer.getByRole("button", { name: "Not them?" }).click();
  await ana.getByRole("option", { name: "New lead" }).click();
  const form = ana.getByRole("dialog", { name: "New lead" });
  await expect(form.getByRole("textbox", { name: "Name" })).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect(drawer, "the call's card stays").toBeVisible();
  await drawer.getByRole("button", { name: "Not them?" }).click();
  await ana.getByRole("option", { name: "Nora Quist" }).click();
  await expect(ana.getByRole("dialog", { name: "Nora Quist" })).toBeVisible();
  await ana.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await openLead(ana, "Nora Quist", "");
  const planned = ana.getByRole("complementary", { name: "About this person" });
  await expect(planned.getByRole("button", { name: "Finish Call Ole Quist" })).toBeVisible();
  await expect(timeline(ana)).toContainText(/Lead\s*Ole Quist\s*Nora Quist/u);
}

/** In the form that a call has opened. */
async function addLead(ana: Page, name: string): Promise<void> {
  const form = ana.getByRole("dialog", { name: "New lead" });
  await expect(form.getByRole("textbox", { name: "Phone" })).toHaveValue("+1 914-555-0123");
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Add lead" }).click();
  await expect(form).toBeHidden();
}
