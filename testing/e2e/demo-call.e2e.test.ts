import type { Page } from "@playwright/test";
import { openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import { currentCall, expectHeard, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// Everything between a click in the demo and a call that a manager hears afterwards: desk, phone window, replica,
// server, simulated carrier with real sound, and back by sync.

test.use(withFakeMedia(playsAtOnce));

test("a demo call rings Ana, is heard, survives a reload, and ends with notes, outcome, task, recording and transcript on two desks", async ({
  stage,
  browser,
}) => {
  const ana = (await openDesk(stage, browser)).page;
  const max = (await openDesk(stage, browser, "Max Albrecht")).page;
  await turnPhoneOn(ana);
  await ana.getByRole("button", { name: "Call me" }).click();
  await ana.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();

  const ringing = ana.getByRole("alertdialog", { name: "Call from Maria Kowalski" });
  await expect(ringing).toContainText("Halden Logistics");
  await ringing.getByRole("button", { name: "Answer" }).click();
  const call = currentCall(ana);
  await expect(call.getByRole("button", { name: "Mute" })).toBeEnabled();
  await expectHeard(ana);

  await ana.reload();
  await expect(call).toContainText("Maria Kowalski");
  await expectHeard(ana);

  const notes = ana.getByRole("textbox", { name: "Notes of this call" });
  await notes.pressSequentially("Wants the fourth floor");
  await expect(ana.getByText("Kept on this device")).toBeVisible();

  // She speaks when it is quiet for a moment, and the fake microphone never is.
  await call.getByRole("button", { name: "Mute" }).click();
  await expect(ana.getByRole("region", { name: "Transcript" })).toContainText("Maria");
  await call.getByRole("button", { name: "Unmute" }).click();

  await call.getByRole("button", { name: "Hold" }).click();
  await expect(call).toContainText("On hold");
  await call.getByRole("button", { name: "Resume" }).click();
  await expect(call).not.toContainText("On hold");

  await expect(ana.getByText("Recording")).toBeVisible();
  await call.getByRole("button", { name: "End" }).click();
  await expect(ana.getByRole("heading", { name: "Wrap-up" })).toBeVisible();
  await expect(notes).toHaveValue("Wants the fourth floor");
  await ana.getByRole("radio", { name: "Call back" }).click();
  await ana
    .getByRole("textbox", { name: "Follow-up task" })
    .fill("Call Maria about the fourth floor today 23:50");
  await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(ana.getByRole("button", { name: "Turn the phone on" })).toBeHidden();
  await expect(ana.getByRole("button", { name: "Call me" })).toBeVisible();

  for (const page of [ana, max]) {
    await openNewestCall(page);
    const drawer = page.getByRole("dialog", { name: "Maria Kowalski" });
    await expect(drawer).toContainText("Call back");
    await expect(drawer.getByRole("textbox", { name: "Notes of this call" })).toHaveValue(
      "Wants the fourth floor",
    );
    await drawer.getByRole("button", { name: "Play the recording" }).click();
    await expect(drawer.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect(drawer).toContainText("Customer");
  }
  await ana.goto(new URL("/tasks", ana.url()).href);
  await expect(ana.getByText("Call Maria about the fourth floor").first()).toBeVisible();
});

async function openNewestCall(page: Page): Promise<void> {
  await page.goto(new URL("/calls", page.url()).href);
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first().dblclick();
}
