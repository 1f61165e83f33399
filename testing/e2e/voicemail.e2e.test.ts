import type { Page } from "@playwright/test";
import { currentCall, dial, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { enterConsole } from "./console-page.ts";
import { openDesk } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));

const machine = "+13125550160";

test("an admin records a greeting; Ana leaves it on a machine, is free at once, and takes a break with its reason", async ({
  stage,
  browser,
  page,
}) => {
  await recordGreeting(page, stage.serverUrl, "Call me back");

  const ana = (await openDesk(stage, browser)).page;
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  await carrier.letMachineAnswer(machine);

  await dial(ana, machine);
  const call = currentCall(ana);
  await expect(call.getByRole("button", { name: "Leave a message" })).toBeVisible();
  await expect(call.getByRole("status")).toHaveText("A machine answered");
  await ana.getByRole("heading", { level: 2 }).first().click();
  await ana.keyboard.press("v");
  await expect(ana.getByRole("menuitem", { name: "Call me back" })).toBeFocused();
  await ana.keyboard.press("Enter");

  const wrapUp = ana.getByRole("region", { name: "Wrap-up" });
  await expect(wrapUp).toContainText("Message left for");
  await ana.getByRole("radio", { name: "Voicemail left" }).click();
  await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(wrapUp).toBeHidden();
  await expect.poll(() => carrier.messagesLeft(machine), { message: "the machine has the message" }).toBe(1);
  carrier.close();

  await ana.getByRole("button", { name: /^Presence:/u }).click();
  await ana.getByRole("menuitem", { name: "Break: Lunch" }).click();
  await expect(ana.getByRole("button", { name: /^Presence:/u })).toContainText("Break · Lunch");
});

/** With the browser's own microphone, which beeps. */
async function recordGreeting(page: Page, serverUrl: string, label: string): Promise<void> {
  await enterConsole(page, serverUrl);
  await page.getByRole("link", { name: /^Greetings/u }).click();
  await page.getByRole("link", { name: label }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText("0:02 of 2:00")).toBeVisible();
  await page.getByRole("button", { name: "Stop and keep" }).click();
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Stop" }), "what was kept is heard").toBeVisible();
  await expect(page.getByRole("button", { name: "Play" }), "to its end").toBeVisible();
  await page.getByRole("button", { name: "Remove the recording" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
}
