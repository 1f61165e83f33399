import type { Locator, Page } from "@playwright/test";
import { signInAdmin } from "./admin-api.ts";
import { addNote, askPalette, goTo, openDesk, openLead, writeNotes } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";
import {
  callButton,
  currentCall,
  customer,
  dial,
  dialAtAnyHour,
  endCall,
  expectHeard,
  expectLit,
  expectLoud,
  findCarrier,
  german,
  plugHeadsetIn,
  pressHeadset,
  third,
  turnPhoneOn,
  type StageCarrier,
} from "./at-the-phone.ts";
import { sayWhose } from "./whose-call-steps.ts";

// Controls of CALL-1 that an agent has alone, through the screens themselves, with a real server and the simulated
// carrier. docs/phone-pains.md lists what is driven where.

/** A lead of the demo's, Maria Kowalski. */
const maria = "+13125550147";

test.use(withFakeMedia(playsAtOnce));
test.use({ actionTimeout: 60_000 });
test.setTimeout(600_000);

test("a headset, devices, keys, mute, hold, recording, the mini phone and a third party are driven from the screens", async ({
  stage,
  browser,
}) => {
  await dialAtAnyHour(stage, "US", "DE");
  // No clock runs out on a slow machine.
  await (await signInAdmin(stage)).ask("PATCH", "/phone/rules", { wrapUpSeconds: 3_600 });
  const ana = (await openDesk(stage, browser)).page;
  await plugHeadsetIn(ana);
  const anasPhone = await turnPhoneOn(ana);
  const carrier = await findCarrier(stage);
  await carrier.letAnswer(customer);
  await carrier.letAnswer(third);
  await carrier.letAnswer(german);
  await carrier.letAnswer(maria);

  const mini =
    await test.step("a headset is connected, devices are chosen and the line is tried before a call", () =>
      setUp(ana, anasPhone));
  await test.step("a tel: link of another program asks first, and calls", () => followLink(ana, carrier));
  await test.step("whoever needs help is called at once", () => callForHelp(ana, carrier));
  await test.step("a number is dialled and heard", async () => {
    await dial(ana, customer);
    await expect(callButton(ana, "Mute")).toBeEnabled();
    await expectHeard(ana);
    await expectLit(anasPhone, "offHook");
  });
  await test.step("keys, mute, hold and recording", () => talk(ana, anasPhone, carrier));
  await test.step("what saves a note never ends the call, and who writes mutes by a chord", () =>
    writeInCall(ana));
  await test.step("the mini phone mutes by its key and holds by its button", () => holdInMini(ana, mini));
  await test.step("somebody is added and let go of", () => confer(ana, carrier));
  await test.step("another number is dialled while the first call is on hold, and both are written down", () =>
    dialBeside(ana));
  await test.step("whose law wants a clear yes is never recorded where they refused, and once they have agreed", () =>
    askFirst(ana));
  await test.step("whose call it is: somebody new, one of two with the number, or another than was thought", () =>
    sayWhose(ana));
  await test.step("in a narrow window the docked call has the keys, says what it waits for, and opens the whole panel", () =>
    callInNarrow(ana));
  carrier.close();
});

async function setUp(ana: Page, phone: Page): Promise<Page> {
  await ana.goto(new URL("/settings", ana.url()).href);
  // What one window of the played headset is allowed, the other hears of in its own time.
  await expect(async () => {
    await ana.getByRole("button", { name: "Connect headset" }).click();
    const connected = ana.getByText("Buttons of Halden 65 answer, mute and hang up.");
    await expect(connected).toBeVisible({ timeout: 5_000 });
  }).toPass();

  const second = "Fake Audio Input 2";
  const microphone = await choose(ana, "Microphone", second);
  await pullOut(phone, second);
  await expect(microphone).not.toContainText(second);
  await pullOut(phone, null);
  await expect(microphone).toContainText(second);
  await choose(ana, "Speaker", "Fake Audio Output 1");
  await choose(ana, "Ringtone", "Fake Audio Output 1");
  await ana.getByRole("slider", { name: "Ring volume" }).fill("0.5");

  const moves = expectLoud(ana, "you");
  await ana.getByRole("button", { name: "Test microphone and line" }).click();
  await moves;
  await expect(ana.getByRole("status").filter({ hasText: /^(?:Good|Fair) at/u })).toBeVisible();
  const opened = ana.context().waitForEvent("page");
  await ana.getByRole("button", { name: "Show the mini phone" }).click();
  const mini = await opened;
  await expect(mini.getByText("Ready for calls")).toBeVisible();
  await ana.goto(new URL("/leads", ana.url()).href);
  return mini;
}

/** The browser brings such a link to the address that it was given for them. */
async function followLink(ana: Page, carrier: StageCarrier): Promise<void> {
  await ana.goto(new URL("/settings", ana.url()).href);
  await expect(ana.getByRole("slider", { name: "Ring volume" })).toHaveAttribute("aria-valuetext", "50%");
  await ana.evaluate(() => {
    navigator.registerProtocolHandler = (scheme, url) => Object.assign(window, { given: { scheme, url } });
  });
  const { host, port } = new URL(ana.url());
  await expect(ana.getByText(`${host}. Start Ringside with --port ${port} to keep it.`)).toBeVisible();
  await ana.getByRole("button", { name: "Open tel: links here" }).click();
  const { scheme, url } = await ana.evaluate(() => (window as unknown as { given: Given }).given);
  expect(scheme).toBe("tel");
  const follow = async () => {
    const page = await ana.context().newPage();
    await page.goto(String(url).replace("%s", encodeURIComponent(`tel:${maria};ext=7`)));
    await page.close();
  };
  const asks = ana.getByRole("dialog", { name: "Call +1 312-555-0147?" });
  await follow();
  await asks.getByRole("button", { name: "Do not call" }).click();
  await expect(asks).toBeHidden();
  expect(await carrier.connected()).toEqual([]);
  await follow();
  await asks.getByRole("button", { name: "Call", exact: true }).click();
  await expectHeard(ana);
  await endCall(ana);
  await goTo(ana, "/calls", "Calls");
  // The link gave a number alone.
  await expect(firstCall(ana)).toContainText("Maria Kowalski");
  await ana.goto(new URL("/leads", ana.url()).href);
}

/** The newest in the history; the first row is the head's. */
function firstCall(ana: Page): Locator {
  return ana.getByRole("grid", { name: "Calls" }).getByRole("row").nth(1);
}

/** No plan lists such numbers as somebody's, and no rule holds them up. */
async function callForHelp(ana: Page, carrier: StageCarrier): Promise<void> {
  for (const number of ["911", "112"]) await carrier.letAnswer(number);
  await dial(ana, "112");
  await expect.poll(carrier.connected).toContain("112");
  await endCall(ana);
  await test.step("and again from the history, by its key, though it is no lead's number", async () => {
    await goTo(ana, "/calls", "Calls");
    await expect(firstCall(ana)).toContainText("112");
    await ana.keyboard.press("c");
    // The one before may not have left the carrier's list.
    await expect(callButton(ana, "Hold")).toBeEnabled();
    await endCall(ana);
  });
  await askPalette(ana, "911");
  await expect(ana.getByRole("option", { name: "Call 911" })).toHaveAttribute("aria-selected", "true");
  await ana.keyboard.press("Enter");
  await expect.poll(carrier.connected).toContain("911");
  await endCall(ana);
}

type Given = { scheme: string; url: string };

async function choose(page: Page, name: string, device: string): Promise<Locator> {
  const field = page.getByRole("combobox", { name }).and(page.locator("button"));
  await field.click();
  await page.getByRole("option", { name: device }).click();
  await expect(field).toContainText(device);
  return field;
}

/** The browser no longer lists that device, or lists all again, and says that something was plugged in or out. */
async function pullOut(phone: Page, label: string | null): Promise<void> {
  await phone.evaluate((gone) => {
    const { mediaDevices } = navigator;
    mediaDevices.enumerateDevices = async () => {
      const all = await MediaDevices.prototype.enumerateDevices.call(mediaDevices);
      return all.filter((device) => device.label !== gone);
    };
    mediaDevices.dispatchEvent(new Event("devicechange"));
  }, label);
}

async function talk(ana: Page, phone: Page, carrier: StageCarrier): Promise<void> {
  // Keys are for whoever has picked up: before that there is nobody to hear them.
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await ana.keyboard.press("d");
  const pressed = ana.getByRole("textbox", { name: /^Pressed/u });
  await expect(pressed).toBeFocused();
  await ana.keyboard.press("7");
  await ana.keyboard.press("#");
  await ana.getByRole("button", { name: "5", exact: true }).click();
  await expect(pressed).toHaveValue("7#5");
  await ana.keyboard.press("Escape");
  await expect.poll(carrier.digits).toBe("7#5");

  await callButton(ana, "Mute").click();
  await expect(callButton(ana, "Unmute")).toHaveAttribute("aria-pressed", "true");
  await expectLit(phone, "mute");
  await pressHeadset(phone, "mute");
  await expect(callButton(ana, "Mute")).toBeVisible();
  await expectLit(phone, "mute", false);
  await expectLoud(ana, "you");

  await ana.keyboard.press("h");
  await expect(currentCall(ana)).toContainText("On hold");
  await expectLit(phone, "hold");
  await callButton(ana, "Resume").click();
  await expect(callButton(ana, "Hold")).toBeVisible();
  await expectHeard(ana);

  await callButton(ana, "Recording").click();
  await expect(callButton(ana, "Recording paused")).toHaveAttribute("aria-pressed", "true");
  await expect(callButton(ana, "Recording paused")).toBeEnabled();
  await ana.keyboard.press("r");
  await expect(callButton(ana, "Recording")).toBeEnabled();
}

async function writeInCall(ana: Page): Promise<void> {
  await openLead(ana, "Maria Kowalski", "Halden Logistics");
  await addNote(ana, "Asks for the price list");
  await writeNotes(ana, "Prefers mornings");
  const notes = ana.getByRole("textbox", { name: "Notes of this call" });
  await notes.fill("Wants to see the rooms");
  await notes.press("Control+Enter");
  await notes.press("Control+Shift+M");
  await expect(callButton(ana, "Unmute")).toBeVisible();
  await notes.press("Control+Shift+M");
  await expect(callButton(ana, "Mute")).toBeVisible();
  await notes.press("Control+Shift+R");
  await expect(callButton(ana, "Recording paused")).toBeEnabled();
  await notes.press("Control+Shift+R");
  await expect(callButton(ana, "Recording")).toBeEnabled();
  await expect(notes).toHaveValue("Wants to see the rooms");
  await ana.getByRole("link", { name: "Leads", exact: true }).first().click();
}

async function holdInMini(ana: Page, mini: Page): Promise<void> {
  const row = mini.getByRole("group", { name: "Call with +1 914-555-0123" });
  await expect(row).toBeVisible();
  await mini.keyboard.press("m");
  await expect(callButton(ana, "Unmute")).toBeVisible();
  await mini.keyboard.press("m");
  await expect(callButton(ana, "Mute")).toBeVisible();
  await row.getByRole("button", { name: "Hold" }).click();
  await expect(currentCall(ana)).toContainText("On hold");
  await row.getByRole("button", { name: "Resume" }).click();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await mini.close();
}

/** Numbers of the simulated carrier's. */
const [engaged, nobodyThere] = ["+15005550002", "+15005550003"] as const;

async function confer(ana: Page, carrier: StageCarrier): Promise<void> {
  const called = ana.getByRole("list", { name: "Being called" });
  await add(ana, nobodyThere);
  await expect(called).toContainText("Calling +1 500-555-0003…");
  await expect(callButton(ana, "Transfer")).toBeDisabled();
  await called.getByRole("button", { name: "Cancel" }).click();
  await expect(called).toBeHidden();
  await expect(callButton(ana, "Transfer")).toBeEnabled();
  await add(ana, engaged);
  await expect(currentCall(ana).getByRole("alert")).toHaveText("+1 500-555-0002 is busy.");
  await expect(called).toBeHidden();
  await expectHeard(ana);
  await add(ana, third);
  await expect(called).toBeHidden();
  await expect(currentCall(ana)).toContainText("Conference of 3");
  const others = ana.getByRole("list", { name: "Also in this call" });
  await expect(others).toContainText("+1 914-555-0145");
  await expect.poll(carrier.connected).toContain(third);
  await others.getByRole("button", { name: "Drop" }).click();
  await expect(others).toBeHidden();
  await expect.poll(carrier.connected).not.toContain(third);
  await expectHeard(ana);
}

async function add(ana: Page, number: string): Promise<void> {
  const whom = ana.getByRole("textbox", { name: "Whom to add" });
  // Nobody is asked while the one before is still being let go of, by the key as little as by the button.
  await expect(callButton(ana, "Add")).toBeEnabled();
  await ana.keyboard.press("a");
  await whom.fill(number);
  await ana.getByRole("button", { name: "Add to the call" }).click();
  await expect(whom).toBeHidden();
}

/** The box is there for as long as nobody is heard: in a call that is heard it would be refused. */
async function dialBeside(ana: Page): Promise<void> {
  const box = ana.getByRole("textbox", { name: "Name or number" });
  await expect(box).toBeHidden();
  // Nobody is held while the one before is still being let go of.
  await expect(callButton(ana, "Add")).toBeEnabled();
  await ana.keyboard.press("h");
  await dial(ana, third);
  const first = ana.getByRole("group", { name: "Call with +1 914-555-0123" });
  await expect(first).toContainText("On hold");
  await expectHeard(ana);
  await expect(box).toBeHidden();
  await callButton(ana, "End").click();
  await callButton(ana, "Resume").click();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expectHeard(ana);
  await expect(box).toBeHidden();

  await callButton(ana, "End").click();
  const wrapUp = ana.getByRole("region", { name: "Wrap-up" });
  for (const number of ["+1 914-555-0145", "+1 914-555-0123"]) {
    await expect(wrapUp).toContainText(number);
    await ana.getByRole("radio", { name: "Not a fit" }).click();
    await ana.getByRole("button", { name: "Finish wrap-up" }).click();
  }
  await expect(wrapUp).toBeHidden();
}

async function askFirst(ana: Page): Promise<void> {
  await dial(ana, german);
  const bar = currentCall(ana).getByRole("group", { name: "Consent to recording" });
  await expect(bar).toContainText("Ask before you record");
  await expect(callButton(ana, "Recording")).toBeHidden();
  await bar.getByRole("button", { name: "They refused" }).click();
  await expect(bar).toBeHidden();
  await expect(callButton(ana, "Hold")).toBeEnabled();
  await expect(callButton(ana, "Recording")).toBeHidden();

  await endCall(ana);
  // A number that is shown is called with a click.
  const recent = ana.getByRole("complementary", { name: "Calls" });
  await recent.getByRole("button", { name: "Call +49 30 23125012" }).first().click();
  await bar.getByRole("button", { name: "They agreed" }).click();
  await expect(callButton(ana, "Recording")).toBeVisible();
  await expect(bar).toBeHidden();
}

async function callInNarrow(ana: Page): Promise<void> {
  await ana.setViewportSize({ width: 1024, height: 700 });
  const panel = ana.getByRole("complementary", { name: "Calls" });
  await expect(panel).toBeHidden();
  await ana.getByRole("button", { name: "Show the call panel" }).click();
  await dial(ana, german);
  await expect(currentCall(ana)).toBeVisible();
  await ana.getByRole("button", { name: "Hide the call panel" }).click();
  await expect(panel).toBeHidden();

  const docked = ana.getByRole("group", { name: "Call with +49 30 23125012" });
  // It is shown from the dial on, and is a call once the server permits it.
  await expect(docked.getByRole("button", { name: "Mute" })).toBeEnabled();
  await ana.keyboard.press("m");
  await expect(docked.getByRole("button", { name: "Unmute" })).toBeVisible();
  const consent = ana.getByRole("group", { name: "Consent to recording" });
  await consent.getByRole("button", { name: "They agreed" }).click();
  await expect(consent).toBeHidden();
  await ana.keyboard.press("d");
  await expect(ana.getByRole("textbox", { name: /^Pressed/u })).toBeFocused();
  await ana.keyboard.press("Escape");
  await expect(ana.getByRole("textbox", { name: /^Pressed/u })).toBeHidden();
  await expect(callButton(ana, "Recording")).toBeEnabled();
  await ana.keyboard.press("Shift+C");
  await ana.keyboard.press("r");
  await expect(docked).toContainText("Recording paused");
  await ana.keyboard.press("Control+Enter");

  const wrapUp = ana.getByRole("group", { name: "Wrap-up of +49 30 23125012" });
  await expect(wrapUp).toContainText("of 1:00:00");
  await wrapUp.getByRole("button", { name: "Write down" }).click();
  await panel.getByRole("radio", { name: "Not a fit" }).click();
  await panel.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(panel).toBeHidden();
  await expect(wrapUp).toBeHidden();
}
