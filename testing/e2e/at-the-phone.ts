import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import type { Stage } from "../processes/stage.ts";
import { switchingHeadset } from "../fakes/headset-models.ts";
import { plugHeadset, type HeadsetButton, type HeadsetLamp } from "../fakes/hid-headset.ts";
import { askCarrier, type CarrierControl } from "../simulator/ask-carrier.ts";
import { signInAdmin } from "./admin-api.ts";
import { expect } from "./stage.ts";

/** Where nobody has to hear first that a call is recorded: until they have, they cannot be held. */
export const customer = "+19145550123";
export const third = "+19145550145";
/** Where nobody is recorded who has not said yes. */
export const german = "+493023125012";

/** Ten minutes, three of four seconds of which are heard. */
const talksOn = Array.from({ length: 150 }, (_, line) => ({
  speaker: "customer",
  startMs: 300 + line * 4_000,
  text: "I would rather hear of it today than some day",
}));

/** What an agent does at the telephone, in the words of the screen. */

export async function turnPhoneOn(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Turn the phone on" }).click();
  const phone = await opened;
  await expect(phone.getByText("Ready for calls.")).toBeVisible();
  return phone;
}

/** The call that one is in. */
export function currentCall(page: Page): Locator {
  return page.getByRole("region", { name: "Current call" });
}

export function callButton(page: Page, name: string): Locator {
  return currentCall(page).getByRole("button", { name, exact: true });
}

/** What the other side says arrives at this desk's phone. */
export async function expectHeard(page: Page): Promise<void> {
  await expectLoud(page, "them");
}

/** A meter moves, be it for a moment: a microphone that beeps is silent most of the time. */
export async function expectLoud(page: Page, side: "you" | "them"): Promise<void> {
  await page.waitForFunction(
    (selector) => Number.parseFloat(document.querySelector<HTMLElement>(selector)?.style.scale ?? "0") > 0.02,
    `[data-level=${side}]`,
    { timeout: 60_000 },
  );
}

export async function dial(page: Page, number: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name or number" }).fill(number);
  // A line that is only just back from a test or another microphone takes no call yet.
  await expect(page.getByRole("button", { name: "Call this number" })).toBeEnabled();
  await page.getByRole("textbox", { name: "Name or number" }).press("Enter");
}

/** Hung up, and written down at once. */
export async function endCall(page: Page): Promise<void> {
  await callButton(page, "End").click();
  await page.getByRole("radio", { name: "Not a fit" }).click();
  const finish = page.getByRole("button", { name: "Finish wrap-up" });
  await finish.click();
  // A page that is left before that has asked nobody.
  await expect(finish).toBeHidden();
}

/** Tests run at every hour, on every day. */
export async function dialAtAnyHour(stage: Stage, ...countries: string[]): Promise<void> {
  const admin = await signInAdmin(stage);
  const days = Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]);
  const windows = countries.map((where) => ({ where, days, onHolidays: "open", source: "A test" }));
  await admin.ask("PATCH", "/phone/rules", { windows });
}

export type StageCarrier = {
  /** Somebody at that number picks up and talks, longer than a test lasts: one with a script would fall silent. */
  letAnswer(number: string): Promise<void>;
  /**
   * Somebody answers at that number, and what both are heard to say is written down.
   * @param everyMs no line is begun before so many have gone by for each one before it
   * @returns what lets one line after the other be said
   */
  letSay(
    number: string,
    lines: readonly { speaker: "agent" | "customer"; text: string }[],
    everyMs?: number,
  ): Promise<{ next(): Promise<void> }>;
  /** Somebody answers at that number of whom there is a recording: it is played, and both are written down as it goes. */
  letPlay(number: string, script: string): Promise<void>;
  /** A machine answers at that number, and takes messages. */
  letMachineAnswer(number: string): Promise<void>;
  /** How many messages with sound in them the machine at that number has taken. */
  messagesLeft(number: string): Promise<number>;
  /** Keys that were pressed in calls since the carrier was found. */
  digits(): string;
  /** Numbers and devices that are in a call. */
  connected(): Promise<string[]>;
  /** Whose numbers and devices are together, by room. */
  conferences(): Promise<string[][]>;
  /** How loud it is for whoever is at that number, 0 to 1. */
  heardBy(number: string): Promise<number>;
  /** Whoever calls from outside gives up, or hangs up. */
  hangUpCallers(): Promise<void>;
  close(): void;
};

type CarrierState = {
  calls: { sid: string; from: string; to: string; status: string; levels: { heard: number } }[];
  conferences: { calls: string[] }[];
};

/** The demo's carrier, once a phone was turned on, by the door that it leaves beside the server's data. */
export async function findCarrier(stage: Stage): Promise<StageCarrier> {
  const [account = ""] = await readdir(join(stage.folder, "server", "simulator"));
  const door = await readFile(join(stage.folder, "server", "simulator", account, "control.json"), "utf8");
  const control = JSON.parse(door) as CarrierControl;
  const gone = new AbortController();
  let told = "";
  const events = await fetch(`${control.url}/control/events`, {
    headers: { authorization: `Bearer ${control.controlToken}` },
    signal: gone.signal,
  });
  const follow = async () => {
    const text = events.body?.pipeThrough(new TextDecoderStream()) ?? [];
    for await (const chunk of text) told += chunk;
  };
  void follow().catch(() => {});
  const decide = (number: string, outcome: object) =>
    askCarrier(control, "PUT", `/outcomes/${encodeURIComponent(number)}`, outcome).then(() => {});
  const look = async () => (await askCarrier(control, "GET", "/")) as unknown as CarrierState;
  return {
    letAnswer: (number) =>
      decide(number, { kind: "answers", afterMs: 200, lines: talksOn, mode: "straight", stays: true }),
    async letSay(number, said, everyMs = 4_000) {
      const lines = said.map((line, at) => ({ ...line, startMs: at * everyMs }));
      const outcome = {
        kind: "answers",
        afterMs: 200,
        lines,
        mode: "straight",
        stays: true,
        readsAlong: true,
      };
      let says = 0;
      await decide(number, { ...outcome, says });
      return { next: () => decide(number, { ...outcome, says: ++says }) };
    },
    letPlay: (number, script) =>
      decide(number, {
        kind: "answers",
        afterMs: 200,
        script,
        mode: "straight",
        stays: true,
        readsAlong: true,
      }),
    letMachineAnswer: (number) => decide(number, { kind: "voicemail", afterMs: 300 }),
    async messagesLeft(number) {
      const { messages } = (await askCarrier(control, "GET", "/messages")) as {
        messages: { to: string; loudMs: number }[];
      };
      return messages.filter(({ to, loudMs }) => to === number && loudMs > 100).length;
    },
    digits: () => [...told.matchAll(/"digit":"(.)"/gu)].map(([, digit]) => digit).join(""),
    async conferences() {
      const { calls, conferences } = await look();
      const nameOf = (sid: string) => calls.find((call) => call.sid === sid)?.to ?? "";
      return conferences.map(({ calls: sids }) => sids.map(nameOf));
    },
    async heardBy(number) {
      return (await look()).calls.find(({ to }) => to === number)?.levels.heard ?? 0;
    },
    async connected() {
      const { calls } = await look();
      return calls.filter(({ status }) => status === "in-progress").map(({ to }) => to);
    },
    async hangUpCallers() {
      const { calls } = await look();
      for (const { sid, from } of calls)
        if (from.startsWith("+")) await askCarrier(control, "POST", `/calls/${sid}/hang-up`);
    },
    close: () => gone.abort(),
  };
}

/**
 * Plugs a headset into the browser of this page, as every page of it sees it from now on. The browser's own question
 * is answered with yes.
 */
export async function plugHeadsetIn(page: Page): Promise<void> {
  const script = `{
    const plugged = (${plugHeadset.toString()})(${JSON.stringify(switchingHeadset)});
    const list = async () => (localStorage.getItem("headset-allowed") ? [plugged.device] : []);
    const requestDevice = async () => {
      localStorage.setItem("headset-allowed", "yes");
      return [plugged.device];
    };
    const hid = Object.assign(new EventTarget(), { getDevices: list, requestDevice });
    Object.defineProperty(navigator, "hid", { value: hid });
    window.plugged = plugged;
  }`;
  await page.context().addInitScript({ content: script });
  await page.reload();
}

type Plugged = { plugged: ReturnType<typeof plugHeadset> };

/** A person presses a button of the headset that the phone has; nobody does so while a lamp has just changed. */
export async function pressHeadset(phone: Page, button: HeadsetButton): Promise<void> {
  await phone.waitForTimeout(400);
  await phone.evaluate((name) => (window as unknown as Plugged).plugged.press(name), button);
}

export async function expectLit(phone: Page, lamp: HeadsetLamp, lit = true): Promise<void> {
  const look = () => phone.evaluate((name) => (window as unknown as Plugged).plugged.isLit(name), lamp);
  await expect.poll(look, { message: `the headset's ${lamp} lamp` }).toBe(lit);
}
