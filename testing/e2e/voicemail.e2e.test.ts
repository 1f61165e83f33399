import type { Page } from "@playwright/test";
import { signInAdmin } from "./admin-api.ts";
import { currentCall, dial, findCarrier, turnPhoneOn } from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { enterConsole } from "./console-page.ts";
import { expectSynced, goTo, openDesk, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test.use(withFakeMedia(playsAtOnce));
test.setTimeout(600_000);

const machine = "+13125550160";

test("an admin records a greeting; Ana leaves it on a machine, is free at once, and takes a break with its reason", async ({
  stage,
  browser,
  page,
}) => {
  await recordGreeting(page, stage.serverUrl, "Call me back");

  // No clock runs out on a slow machine.
  await (await signInAdmin(stage)).ask("PATCH", "/phone/rules", { wrapUpSeconds: 3_600 });
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
  await test.step("an ending that asks for a follow-up is made, changed and put away under the wrap-up that is open", () =>
    changeEndings(page, ana));
  await expect.poll(() => carrier.messagesLeft(machine), { message: "the machine has the message" }).toBe(1);
  carrier.close();
  await test.step("a reason for a break is made, renamed and put away while the desk is open", () =>
    changeBreaks(page, ana));
});

/** @param admin in the console @param ana in the wrap-up of her call */
async function changeEndings(admin: Page, ana: Page): Promise<void> {
  const finish = ana.getByRole("button", { name: "Finish wrap-up" });
  await expect(ana.getByRole("radio", { name: "Voicemail left" })).toBeVisible();
  await add(admin, "disposition", "Dispositions", "Brochure sent", { followUp: true });
  await ana.getByRole("radio", { name: "Brochure sent" }).click();
  const followUp = ana.getByRole("textbox", { name: "Follow-up task" });
  await followUp.fill("");
  await expect(finish).toBeDisabled();

  await expectSynced(ana);
  await admin.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(admin.getByText("1 record uses this disposition. Archive it instead.")).toBeVisible();
  await rename(admin, "Brochure by mail");
  await expect(ana.getByRole("radio", { name: "Brochure by mail" })).toBeChecked();
  await expect(finish).toBeDisabled();
  await admin.getByRole("checkbox", { name: /^Asks for a follow-up/u }).uncheck();
  await expect(followUp).toBeHidden();
  await finish.click();
  await expect(ana.getByRole("region", { name: "Wrap-up" })).toBeHidden();

  await admin.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(admin.getByRole("button", { name: "Bring back" })).toBeVisible();
  await goTo(ana, "/calls", "Calls");
  const call = ana.getByRole("row").filter({ hasText: "+1 312-555-0160" });
  await expect(call, "a call keeps what was said of it").toContainText("Brochure by mail");
}

async function changeBreaks(admin: Page, ana: Page): Promise<void> {
  const presence = ana.getByRole("button", { name: /^Presence:/u });
  await presence.click();
  await expect(ana.getByRole("menuitem", { name: "Break: Lunch" })).toBeVisible();
  await add(admin, "break reason", "Break reasons", "Dentist");
  await ana.getByRole("menuitem", { name: "Break: Dentist" }).click();
  await expect(presence).toContainText("Break · Dentist");
  await rename(admin, "Doctor");
  await expect(presence).toContainText("Break · Doctor");
  await admin.getByRole("button", { name: "Archive", exact: true }).click();
  await presence.click();
  await expect(ana.getByRole("menuitem", { name: "Break: Doctor" })).toBeHidden();
  await expect(ana.getByRole("menuitem", { name: "Break: Lunch" })).toBeVisible();
  await expect(presence, "who is on that break stays there").toContainText("Break · Doctor");
}

/** Makes an entry of a list of settings, and leaves it open. */
async function add(
  admin: Page,
  noun: string,
  list: string,
  label: string,
  { followUp = false } = {},
): Promise<void> {
  await admin.getByRole("link", { name: new RegExp(`^${list}`, "u") }).click();
  await admin.getByRole("button", { name: `Add a ${noun}` }).click();
  await admin.getByLabel("Label").fill(label);
  if (followUp) await admin.getByRole("checkbox", { name: /^Asks for a follow-up/u }).check();
  await admin.getByRole("button", { name: `Add the ${noun}` }).click();
  await expect(admin.getByRole("heading", { level: 2, name: label })).toBeVisible();
}

async function rename(admin: Page, label: string): Promise<void> {
  const field = admin.getByLabel("Label");
  await field.fill(label);
  await field.press("Enter");
}

/** With the browser's own microphone, which beeps. */
async function recordGreeting(page: Page, serverUrl: string, label: string): Promise<void> {
  await enterConsole(page, serverUrl);
  await page.getByRole("link", { name: /^Greetings/u }).click();
  await page.getByRole("link", { name: label }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText(/0:(?:0[2-9]|[1-5]\d) of 2:00/u)).toBeVisible();
  await page.getByRole("button", { name: "Stop and keep" }).click();
  // It takes two seconds: whoever looked for it only afterwards might come too late.
  const isHeard = page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await page.getByRole("button", { name: "Play" }).click();
  await isHeard;
  await expect(page.getByRole("button", { name: "Play" }), "to its end").toBeVisible();
  await page.getByRole("button", { name: "Remove the recording" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeHidden();
  await undoFromToast(page, `The recording of “${label}” is removed.`);
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
}
