import type { Locator, Page } from "@playwright/test";
import { telephonyPaths } from "../../shared/calls/server-wire.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import { signInDevice } from "../processes/bare-device.ts";
import type { Stage } from "../processes/stage.ts";
import { openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";
import {
  callButton,
  currentCall,
  customer,
  dial,
  dialAtAnyHour,
  expectHeard,
  findCarrier,
  third,
  turnPhoneOn,
  type StageCarrier,
} from "./at-the-phone.ts";

// Controls of CALL-1 and CALL-5 that need somebody else at another desk, in one call from its dial to its wrap-up.

test.use(withFakeMedia(playsAtOnce));
test.use({ actionTimeout: 60_000 });
test.setTimeout(600_000);

test("a call is handed over, watched by a manager, held for another that waits, and wrapped up with more time", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US");
  const ben = (await openDesk(stage, browser, "Ben Okafor")).page;
  const ana = (await openDesk(stage, browser)).page;
  await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  await carrier.letAnswer(customer);
  await carrier.letAnswer(third);
  await dial(ana, customer);
  await expectHeard(ana);

  await test.step("a colleague whose phone is off: the caller is back, with the reason", async () => {
    await handOver(ana, "Ben Okafor", "Talk first");
    await expectBack(ana, "The phone of Ben Okafor is not on.");
  });
  await turnPhoneOn(ben);
  await test.step("a colleague declines: the caller is back, with the reason", async () => {
    const notices = await watchNotices(ben);
    await handOver(ana, "Ben Okafor", "Talk first");
    await expect(ringing(ben)).toBeVisible();
    await expect(ben).toHaveTitle("Call: +1 914-555-0123");
    await expect.poll(notices).toEqual(["Call: +1 914-555-0123"]);
    await expect(handOverTo(ana)).toBeHidden();
    // Nobody else is asked meanwhile, by its key as little as by its button.
    await ana.keyboard.press("x");
    // Where nobody types: in a field it takes a word back.
    await ben.keyboard.press("Control+Backspace");
    await expectBack(ana, "Ben Okafor declined.");
    await expect(handOverTo(ana)).toBeHidden();
    await expect(ringing(ben)).toBeHidden();
    await expect(ben).toHaveTitle("Ringside");
    await expect.poll(notices).toEqual([]);
  });
  await test.step("who asked first goes back to the caller: a colleague answered in the mini phone, and declines there", () =>
    goBack(ana, ben));
  await test.step("given to a queue, by its name, the caller is with whoever is free there", async () => {
    await handOver(ana, "Sales", "Hand over now");
    await answer(ben);
    await expect(currentCall(ana)).toBeHidden();
    await expectHeard(ben);
    await handOver(ben, "Ana Ruiz", "Hand over now");
    await answer(ana);
    await expect(currentCall(ben)).toBeHidden();
    await expectHeard(ana);
  });
  await test.step("a colleague is asked first, and given the call", async () => {
    await handOver(ana, "Ben Okafor", "Talk first");
    await answer(ben);
    await expect(currentCall(ana)).toContainText("With Ben Okafor");
    await expect(callButton(ben, "Hand over")).toBeHidden();
    await callButton(ana, "Hand over").click();
    await expect(currentCall(ana)).toBeHidden();
    await expectHeard(ben);
  });
  await test.step("handed over at once, and she who gave it away has it again: two tabs of hers answer it, once", async () => {
    // Before it rings: a laden machine may take longer to open a tab than a call rings.
    const other = await ana.context().newPage();
    await other.goto(ana.url());
    await expect(other.getByRole("complementary", { name: "Calls" })).toBeVisible();
    await handOver(ben, "Ana Ruiz", "Hand over now");
    await answerInBoth([ana, other], carrier);
    await other.close();
    await expect(currentCall(ben)).toBeHidden();
    await expectHeard(ana);
  });
  const max = (await openDesk(stage, browser, "Max Albrecht")).page;
  await turnPhoneOn(max);
  await test.step("a manager listens from the wallboard, whispers, joins in and leaves", () =>
    supervise(max, ana));
  await test.step("a second call waits: it is answered, the first is held for it and resumed after it", () =>
    answerWaiting(ana, ben));
  await test.step("a caller of her own number waits as well: declined, the first goes on", () =>
    declineWaiting(ana, stage));
  await test.step("wrap-up is given more time, and finished", () => wrapUp(ana));
  carrier.close();
});

async function handOver(page: Page, name: string, how: "Talk first" | "Hand over now"): Promise<void> {
  // The card of the one before closes when that is through, which may be after what came of it.
  await expect(handOverTo(page)).toBeHidden();
  await callButton(page, "Transfer").click();
  await handOverTo(page).fill(name);
  const colleague = page.getByRole("option", { name: new RegExp(name, "u") });
  await colleague.click();
  await expect(colleague).toHaveAttribute("aria-selected", "true");
  const go = page.getByRole("button", { name: how });
  // What a laden carrier takes longer for than a person is kept waiting is taken back, and can be asked for again.
  await expect(async () => {
    if (await go.isVisible()) await go.click({ timeout: 10_000 });
    await expect(handOverTo(page)).toBeHidden({ timeout: 10_000 });
  }).toPass();
}

function handOverTo(page: Page): Locator {
  return page.getByRole("textbox", { name: "Hand over to" });
}

function ringing(page: Page): Locator {
  return page.getByRole("alertdialog", { name: /^Call from/u });
}

async function answer(page: Page): Promise<void> {
  await ringing(page).getByRole("button", { name: "Answer" }).click();
}

/** Both are pressed before either has heard of the other: it is one call, with one line to the phone. */
async function answerInBoth(tabs: readonly Page[], carrier: StageCarrier): Promise<void> {
  const buttons = tabs.map((tab) => ringing(tab).getByRole("button", { name: "Answer" }));
  for (const button of buttons) await expect(button).toBeEnabled();
  const pressed = await Promise.all(buttons.map((button) => button.elementHandle()));
  await Promise.all(pressed.map((button) => button?.evaluate((element) => (element as HTMLElement).click())));
  for (const tab of tabs) {
    await expect(callButton(tab, "Hold")).toBeEnabled();
    await expect(ringing(tab)).toBeHidden();
  }
  await expect.poll(async () => (await carrier.connected()).filter((to) => to.startsWith("client:"))).toHaveLength(1); // prettier-ignore
}

/** What the browser is asked to show outside the page, as it stands: it shows none to a test. */
async function watchNotices(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const titles: string[] = [];
    class Recorded extends EventTarget {
      static readonly permission = "granted";
      readonly title: string;
      constructor(title: string) {
        super();
        this.title = title;
        titles.push(title);
      }
      close(): void {
        titles.splice(titles.indexOf(this.title), 1);
      }
    }
    Object.assign(window, { Notification: Recorded, titles });
  });
  return () => page.evaluate(() => (window as unknown as { titles: string[] }).titles.slice());
}

async function goBack(ana: Page, ben: Page): Promise<void> {
  const mini = await ben.context().newPage();
  await mini.goto(new URL("/mini-phone", ben.url()).href);
  const row = mini.getByRole("group", { name: "Call with +1 914-555-0123" });
  await handOver(ana, "Ben Okafor", "Talk first");
  await row.getByRole("button", { name: "Answer" }).click();
  await expect(currentCall(ana)).toContainText("With Ben Okafor");
  await expect(callButton(ben, "Hold")).toBeVisible();
  await callButton(ana, "Back to the caller").click();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expectHeard(ana);
  await expect(currentCall(ben)).toBeHidden();

  await handOver(ana, "Ben Okafor", "Talk first");
  await row.getByRole("button", { name: "Decline" }).click();
  await expectBack(ana, "Ben Okafor declined.");
  await expect(row).toBeHidden();
  await mini.close();
}

/** The customer is heard again, and it is said why. */
async function expectBack(page: Page, why: string): Promise<void> {
  await expect(currentCall(page).getByText(`${why} The caller is with you again.`)).toBeVisible();
  await expect(callButton(page, "Hold")).toBeEnabled();
  await expectHeard(page);
}

async function supervise(max: Page, ana: Page): Promise<void> {
  const alsoThere = ana.getByRole("list", { name: "Also in this call" });
  await max.goto(new URL("/wallboard", max.url()).href);
  await max.getByRole("button", { name: "Join" }).click();
  await max.getByRole("menuitem", { name: /^Listen/u }).click();
  await expect(currentCall(max)).toContainText("Nobody hears you");
  await expectHeard(max);
  await expect(alsoThere).toBeHidden();
  for (const [role, words, seen] of [
    ["Whisper", "Only the agent hears you", "only you hear them"],
    ["Join in", "Both hear you", "joined in"],
  ] as const) {
    await currentCall(max).getByText(role, { exact: true }).click();
    await expect(currentCall(max)).toContainText(words);
    await expect(alsoThere).toContainText(`Max Albrecht${seen}`);
    await expectHeard(max);
  }
  await callButton(max, "Leave").click();
  await expect(currentCall(max)).toBeHidden();
  await expect(alsoThere).toBeHidden();
  await expectHeard(ana);
}

/** Who is in a call is rung by colleagues and callers of their own number: a queue's go to somebody who is free. */
async function answerWaiting(ana: Page, ben: Page): Promise<void> {
  await dial(ben, third);
  await expect(callButton(ben, "Transfer")).toBeEnabled();
  await handOver(ben, "Ana Ruiz", "Talk first");
  await expect(ringing(ana)).toBeVisible();
  // Shown on Answer; in a call that is up it ends that one, but not when it is pressed twice.
  await ana.keyboard.press("Control+Enter");
  await ana.keyboard.press("Control+Enter");
  await expect(currentCall(ben)).toContainText("With Ana Ruiz");
  await expect(ana.getByRole("group", { name: "Call with +1 914-555-0123" })).toContainText("On hold");
  await expectHeard(ana);
  await callButton(ana, "End").click();
  await callButton(ana, "Resume").click();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expectHeard(ana);
}

async function declineWaiting(ana: Page, stage: Stage): Promise<void> {
  const { token } = await signInDevice(stage.serverUrl, `caller-${newRecordId()}`);
  const asked = await fetch(stage.serverUrl + telephonyPaths.demoCall, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ caller: null }),
  });
  expect(asked.status).toBe(204);
  await ringing(ana).getByRole("button", { name: "Decline" }).click();
  await expect(ringing(ana)).toBeHidden();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expectHeard(ana);
}

async function wrapUp(page: Page): Promise<void> {
  await callButton(page, "End").click();
  const after = page.getByRole("region", { name: "Wrap-up" });
  await expect(after).toContainText("of 2:00");
  await page.getByRole("button", { name: /^More time/u }).click();
  // Counted from the carrier's own word of the end, which is a moment before or after ours.
  await expect(after).toContainText(/of (?:2:5|3:0)\d/u);
  await page.getByRole("radio", { name: "Not a fit" }).click();
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(after).toBeHidden();
}
