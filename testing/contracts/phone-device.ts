import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import type { DeviceDriver } from "../device-page/main.ts";
import { closeWindows } from "../e2e/close-windows.ts";
import type { TestPage } from "../serve-test-page.ts";

declare global {
  interface Window {
    phoneDevice: DeviceDriver;
  }
}

/** A provider to test its device against, and whoever is at the other end. */
export interface DeviceUnderTest {
  name: string;
  /** Why it cannot be tested here; null = it can. */
  missing: string | null;
  /** Before each test. */
  open(browser: Browser, openDevice: (access: LineAccess) => Promise<Page>): Promise<OtherSide>;
}

export interface OtherSide {
  access: LineAccess;
  badAccess: LineAccess;
  /** Calls the device. */
  call(): Promise<void>;
  hangUp(): Promise<void>;
  /** A number whose owner answers and is heard. */
  number: string;
  /** Digits that arrived; null where the other end cannot tell: then those count that the browser has sent. */
  digits: (() => Promise<string>) | null;
  /** Before the device's page is opened: where its own addresses lead. Unset = nowhere else. */
  lead?(context: BrowserContext): Promise<void>;
  close(): Promise<void>;
}

/**
 * What every device of the phone has to do, whatever library speaks for it.
 * @param served testing/device-page, while tests run
 */
export function describeDevice(under: DeviceUnderTest, served: () => TestPage): void {
  test.describe(`the device of ${under.name}`, () => {
    test.skip(under.missing !== null, under.missing ?? "");
    let other: OtherSide;
    let phone: Page;

    test.beforeEach(async ({ browser }) => {
      const openPage = async (lead: OtherSide["lead"] = async () => {}) => {
        const context = await browser.newContext();
        await lead(context);
        const opened = await context.newPage();
        await opened.goto(served().url);
        return opened;
      };
      other = await under.open(browser, async (access) => {
        const opened = await openPage();
        expect(await opened.evaluate((given) => window.phoneDevice.open(given), access)).toBe("up");
        return opened;
      });
      phone = await openPage(other.lead);
    });
    test.afterEach(async ({ browser }) => {
      await closeWindows(browser);
      await other.close();
    });

    const drive = <T>(work: (device: DeviceDriver) => T | Promise<T>): Promise<T> =>
      phone.evaluate(`(${work.toString()})(window.phoneDevice)`);
    const events = () => drive((device) => device.events);
    const open = (access: LineAccess) => phone.evaluate((given) => window.phoneDevice.open(given), access);
    const expectEvent = (event: string) => expect.poll(events).toContain(event);
    const expectFlow = async () => {
      const before = await drive((device) => device.flow());
      await expect
        .poll(async () => {
          const now = await drive((device) => device.flow());
          return now.received > before.received && now.sent > before.sent;
        })
        .toBe(true);
    };
    const expectSilence = () => expect.poll(() => drive((device) => device.liveMicrophones())).toBe(0);
    async function talk(): Promise<void> {
      expect(await open(other.access)).toBe("up");
      await other.call();
      await expectEvent("incoming");
      await drive((device) => device.accept());
      await expectEvent("answered");
      await expectFlow();
    }

    test("says that its access is not good, and settles", async () => {
      expect(await open(other.badAccess)).toBe("access");
    });

    test("takes a call, is heard and hears, hangs up, and gives the microphone back", async () => {
      await talk();
      await drive((device) => device.hangUp());
      await expectEvent("ended:completed");
      await expectSilence();
    });

    test("hears that the other side has hung up, and gives the microphone back", async () => {
      await talk();
      await other.hangUp();
      await expectEvent("ended:completed");
      await expectSilence();
    });

    test("a caller who gives up is gone; one who is rejected has opened no microphone", async () => {
      expect(await open(other.access)).toBe("up");
      await other.call();
      await expectEvent("incoming");
      await other.hangUp();
      await expectEvent("gone");
      await other.call();
      await expect.poll(async () => (await events()).filter((event) => event === "incoming").length).toBe(2);
      await drive((device) => device.reject());
      await expectSilence();
      expect(await events()).not.toContain("answered");
    });

    test("calls a number, which rings, answers and gets digits", async () => {
      expect(await open(other.access)).toBe("up");
      await phone.evaluate((to) => window.phoneDevice.connect(to), other.number);
      await expectEvent("answered");
      await expectFlow();
      await drive((device) => device.digits("751"));
      await expect.poll(other.digits ?? (() => drive((device) => device.playedTones()))).toBe("751");
      await drive((device) => device.hangUp());
      await expectEvent("ended:completed");
    });

    test("goes on talking with another microphone, through mute, and through fresh access", async () => {
      await talk();
      await drive((device) => device.replaceMicrophone());
      await drive((device) => device.mute(true));
      await drive((device) => device.mute(false));
      await phone.evaluate((access) => window.phoneDevice.renew(access), other.access);
      await expectFlow();
      expect(await drive((device) => device.liveMicrophones())).toBe(1);
      expect((await events()).filter((event) => event.startsWith("ended"))).toEqual([]);
    });

    test("stopped in mid-call it hangs up, says so, and leaves nothing open", async () => {
      await talk();
      await drive(async (device) => void (await device.stop()));
      await expectSilence();
    });
  });
}
