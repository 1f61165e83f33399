import type { Page } from "@playwright/test";
import { phoneState } from "../../shared/rpc/contract/phone.ts";
import type { Stage, StageDesk } from "../processes/stage.ts";
import { signInAdmin } from "./admin-api.ts";
import { openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";
import {
  callButton,
  currentCall,
  dialAtAnyHour,
  expectHeard,
  expectLoud,
  findCarrier,
  turnPhoneOn,
} from "./at-the-phone.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// Everything between a click in the demo and a call that a manager hears afterwards: desk, phone window, replica,
// server, simulated carrier with real sound, and back by sync.

test.use(withFakeMedia(playsAtOnce));
test.use({ actionTimeout: 60_000 });
test.setTimeout(600_000);

test("a demo call rings Ana, is heard, survives a reload and a crash of the desk, and ends with notes, outcome, task, recording and transcript on two desks", async ({
  stage,
  browser,
}) => {
  const { desk, page } = await openDesk(stage, browser);
  let ana = page;
  const max = (await openDesk(stage, browser, "Max Albrecht")).page;
  await turnPhoneOn(ana);
  await ana.getByRole("button", { name: "Call me" }).click();
  await ana.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();

  const ringing = ana.getByRole("alertdialog", { name: "Call from Maria Kowalski" });
  await expect(ringing).toContainText("Halden Logistics");
  await ringing.getByRole("button", { name: "Answer" }).click();
  await expect(callButton(ana, "Mute")).toBeEnabled();
  await expectHeard(ana);

  const watch = await watchPhases(desk);
  await ana.reload();
  await expect(currentCall(ana)).toContainText("Maria Kowalski");
  await expectLoud(ana, "you");
  ana = await crash(ana, desk);
  await expectLoud(ana, "you");
  expect(watch.stop()).toEqual(["live"]);

  const call = currentCall(ana);
  const notes = ana.getByRole("textbox", { name: "Notes of this call" });
  await notes.pressSequentially("Wants the fourth floor");
  await expect(ana.getByText("Kept on this device")).toBeVisible();

  // She speaks when it is quiet for a moment, and the fake microphone never is.
  await call.getByRole("button", { name: "Mute" }).click();
  await expectHeard(ana);
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
  const followUp = ana.getByRole("textbox", { name: "Follow-up task" });
  await followUp.fill("");
  await expect(ana.getByRole("button", { name: "Finish wrap-up" })).toBeDisabled();
  await followUp.fill("Call Maria about the fourth floor today 23:50");
  // Twice, as people do where a click seems to do nothing.
  await ana.getByRole("button", { name: "Finish wrap-up" }).dblclick();
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

  await test.step("a call whose wrap-up ran out is written down later, with the task that it asks for", () =>
    writeDownLater(ana, stage));
  await test.step("a caller who gives up is missed, and called back; so is who asked for it", () =>
    callBack(ana, stage));
});

async function writeDownLater(page: Page, stage: Stage): Promise<void> {
  const reminder = page.getByRole("link", { name: "1 call to write down" });
  await expect(reminder).toBeHidden();
  await (await signInAdmin(stage)).ask("PATCH", "/phone/rules", { wrapUpSeconds: 1 });
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await expectHeard(page);
  await callButton(page, "End").click();
  await expect(page.getByRole("button", { name: "Call me" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Presence:/u })).toContainText("Available");

  await reminder.click();
  const drawer = page.getByRole("dialog", { name: "Maria Kowalski" });
  const done = drawer.getByRole("button", { name: "Write it down" });
  await expect(done).toBeDisabled();
  await drawer.getByRole("radio", { name: "Call back" }).click();
  const followUp = drawer.getByRole("textbox", { name: "Follow-up task" });
  await followUp.fill("");
  await expect(done).toBeDisabled();
  await followUp.fill("Ask Maria about parking today 23:55");
  await page.reload();
  await expect(followUp).toHaveValue("Ask Maria about parking today 23:55");
  await done.click();
  await expect(drawer.getByRole("region", { name: "To write down" })).toBeHidden();
  await drawer.getByRole("button", { name: "Close" }).click();
  await expect(reminder).toBeHidden();
  await page.goto(new URL("/tasks", page.url()).href);
  await expect(page.getByText("Ask Maria about parking").first()).toBeVisible();
}

async function callBack(page: Page, stage: Stage): Promise<void> {
  await dialAtAnyHour(stage, "US");
  const carrier = await findCarrier(stage);
  await page.goto(new URL("/calls", page.url()).href);
  // Until the list is there, nobody seems to be owed a call.
  await expect(page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first()).toBeVisible();
  const before = await readFigures(page);
  await page.getByRole("button", { name: "Call me" }).click();
  await page.getByRole("menuitem", { name: /^Maria Kowalski/u }).click();
  const ringing = page.getByRole("alertdialog", { name: "Call from Maria Kowalski" });
  await expect(ringing).toBeVisible();
  await carrier.hangUpCallers();
  await expect(ringing).toBeHidden();
  carrier.close();
  const now = { missed: before.missed + 1, owed: before.owed + 1, today: before.today + 1 };
  await expect.poll(() => readFigures(page)).toEqual(now);
  await page.getByRole("tab", { name: /^Missed/u }).click();
  await expect(page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first()).toContainText("missed");

  await page.getByRole("tab", { name: /^To call back/u }).click();
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first().dblclick();
  const drawer = page.getByRole("dialog", { name: "Maria Kowalski" });
  await drawer.getByRole("button", { name: "Call back" }).click();
  await endOnceTalking(page);
  await expect.poll(() => readFigures(page)).toMatchObject({ missed: now.missed, today: now.today + 1 });
  await expect.poll(async () => (await readFigures(page)).owed).toBeLessThan(now.owed);

  await page.goto(new URL("/tasks", page.url()).href);
  const due = page.getByRole("row").filter({ hasText: "Call Maria about the fourth floor" });
  // Also in the last minutes of a day.
  await expect(due).toContainText(/23:50|Late/u);
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await page.keyboard.press("c");
  await expectHeard(page);
  await callButton(page, "End").click();
  // At once: what was said last counts though its page is gone before anybody has read it.
  await page.goto(new URL("/calls", page.url()).href);
  await expect.poll(() => readFigures(page)).toMatchObject({ today: now.today + 2 });
}

/** What was never answered is not called back. */
async function endOnceTalking(page: Page): Promise<void> {
  await expectHeard(page);
  await expect(callButton(page, "Hold")).toBeEnabled();
  await callButton(page, "End").click();
  await expect(callButton(page, "End")).toBeHidden();
}

/** Of the calls that she may see: missed in a week, not called back yet, and all of today. */
async function readFigures(page: Page): Promise<{ missed: number; owed: number; today: number }> {
  const numberIn = (text: string | null) => Number(/\d+$/u.exec(text ?? "")?.[0] ?? 0);
  const missed = page.locator("dl > div").filter({ has: page.getByText("missed", { exact: true }) });
  const tab = page.getByRole("tab", { name: /^To call back/u });
  const days = page.getByRole("img", { name: /^Calls by day/u });
  return {
    missed: numberIn(await missed.locator("dd").textContent()),
    owed: numberIn(await tab.textContent()),
    today: numberIn(await days.getAttribute("aria-label")),
  };
}

/** Every phase that the call is seen in from now on, by somebody who looks all the while. */
async function watchPhases(desk: StageDesk): Promise<{ stop(): string[] }> {
  const client = await desk.openWindow();
  const phases = new Set<string>();
  client.watch(phoneState, {}, ({ calls }) => phases.add(calls[0]?.call.phase.phase ?? "none"));
  return {
    stop() {
      client.close();
      return [...phases];
    },
  };
}

/** The page dies that opened the phone's window, and is opened anew beside it. */
async function crash(page: Page, { address }: StageDesk): Promise<Page> {
  await page.goto("chrome://crash").catch(() => {});
  const next = await page.context().newPage();
  await next.goto(address);
  return next;
}

async function openNewestCall(page: Page): Promise<void> {
  await page.goto(new URL("/calls", page.url()).href);
  await page.getByRole("row").filter({ hasText: "Maria Kowalski" }).first().dblclick();
}
