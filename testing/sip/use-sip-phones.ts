import { expect, test, type Browser, type Page, type WebSocket } from "@playwright/test";
import { join } from "node:path";
import { telephoneRate, writeWav } from "../../shared/sound/wav.ts";
import { closeWindows } from "../e2e/close-windows.ts";
import { serveTestPage, type TestPage } from "../serve-test-page.ts";
import { kamailio, startKamailio, type Exchange } from "./start-kamailio.ts";

/** One exchange, and the SIP adapter in pages of its own, for the tests of this file. */
export function useSipPhones() {
  let page: TestPage;
  let exchange: Exchange;
  test.skip(kamailio === null, "Kamailio is not installed (Debian: kamailio kamailio-websocket-modules)");
  test.beforeAll(async () => {
    page = await serveTestPage(join(import.meta.dirname, "../device-page"));
    exchange = await startKamailio();
  });
  // A browser lends its microphone to so many pages, and no more.
  test.afterEach(({ browser }) => closeWindows(browser));
  test.afterAll(async () => {
    await exchange.close();
    await page.close();
  });

  /** @param prepare what the page is to find, or who listens to it, before it is opened */
  async function openPhone(
    browser: Browser,
    name: string,
    server = exchange.server,
    prepare: (phone: Page) => unknown = () => {},
  ): Promise<Page> {
    const phone = await (await browser.newContext()).newPage();
    await prepare(phone);
    await phone.goto(page.url);
    const access = exchange.accessOf(name, { server });
    expect(await phone.evaluate((given) => window.phoneDevice.open(given), access)).toBe("up");
    return phone;
  }

  return {
    get exchange(): Exchange {
      return exchange;
    },
    openPhone,
    /** These two are in a call. */
    async talk(browser: Browser, from: string, to: string): Promise<[Page, Page]> {
      const [caller, called] = [await openPhone(browser, from), await openPhone(browser, to)];
      await call(caller, called, from, to);
      return [caller, called];
    },
  };
}

export async function call(caller: Page, called: Page, from: string, to: string): Promise<void> {
  await caller.evaluate((name) => window.phoneDevice.connect(name, "call-1"), to);
  await expectEvent(called, `incoming:${from}:call-1`);
  await expectEvent(caller, "ringing");
  await called.evaluate(() => window.phoneDevice.accept());
  await expectEvent(caller, "answered");
  await expectEvent(called, "answered");
}

export function expectEvent(phone: Page, event: string): Promise<void> {
  return expect.poll(() => phone.evaluate(() => window.phoneDevice.events)).toContain(event);
}

/** How often it was told so far. */
export function countOf(phone: Page, event: string): Promise<number> {
  return phone.evaluate(
    (wanted) => window.phoneDevice.events.filter((each) => each === wanted).length,
    event,
  );
}

export function endsOf(phone: Page): Promise<string[]> {
  return phone.evaluate(() => window.phoneDevice.events.filter((each) => each.startsWith("ended")));
}

/** Those who came on the line after it began. */
export function othersOf(phone: Page): Promise<string[]> {
  return phone.evaluate(() => window.phoneDevice.events.filter((each) => each.startsWith("with:")));
}

export async function expectSound(phone: Page): Promise<void> {
  const before = await phone.evaluate(() => window.phoneDevice.flow());
  const energy = () => phone.evaluate(() => window.phoneDevice.flow()).then(({ energy }) => energy);
  await expect.poll(energy).toBeGreaterThan(before.energy + 1e-6);
}

/**
 * For two seconds, once what was on its way has been heard: the sound that a browser makes up in place of a microphone
 * comes every second.
 */
export async function expectSilence(phone: Page): Promise<void> {
  const energy = () => phone.evaluate(() => window.phoneDevice.flow()).then(({ energy }) => energy);
  const heardMeanwhile = async () => {
    const before = await energy();
    await phone.waitForTimeout(2_000);
    return (await energy()) - before;
  };
  await expect.poll(heardMeanwhile).toBeLessThan(1e-3);
}

/** What the exchange says to this phone. */
export function hearMessages(phone: Page, heard: (message: string) => void): void {
  phone.on("websocket", (socket: WebSocket) =>
    socket.on("framereceived", ({ payload }) => heard(String(payload))),
  );
}

/** A WAV of one tone, in base64. */
export function toneOf(hertz: number, seconds: number): string {
  const samples = Int16Array.from({ length: seconds * telephoneRate }, (_, at) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * hertz * at) / telephoneRate)),
  );
  return Buffer.from(writeWav(samples)).toString("base64");
}
