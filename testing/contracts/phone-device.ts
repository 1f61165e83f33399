import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { LineFailure } from "../../renderer/features/phone/device/device-port.ts";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import type { DeviceDriver } from "../device-page/main.ts";
import { closeWindows } from "../e2e/close-windows.ts";
import type { TestPage } from "../serve-test-page.ts";
import { endsOf, expectEvent, expectSilence, expectSound, othersOf } from "../sip/use-sip-phones.ts";

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
  /** It holds and transfers between itself and the other end. Otherwise the carrier does, asked through the server. */
  controlsItself: boolean;
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
  /** Digits that arrived. */
  digits(): Promise<string>;
  /** Of a device that has controls of its own (`DeviceCall.own`); null: only the carrier can, asked through the server. */
  own: null | {
    /** Whoever `call` calls from. */
    caller: Page;
    /** Opens somebody else, whom the device can give a call to. */
    openThird(): Promise<{ number: string; page: Page }>;
  };
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
    const expectTold = (event: string) => expectEvent(phone, event);
    const expectFlow = async () => {
      const before = await drive((device) => device.flow());
      await expect
        .poll(async () => {
          const now = await drive((device) => device.flow());
          return now.received > before.received && now.sent > before.sent;
        })
        .toBe(true);
    };
    const expectClosed = () => expect.poll(() => drive((device) => device.liveMicrophones())).toBe(0);
    async function talk(): Promise<void> {
      expect(await open(other.access)).toBe("up");
      await other.call();
      await expectTold("incoming");
      await drive((device) => device.accept());
      await expectTold("answered");
      await expectFlow();
    }

    test("says that its access is not good, and settles", async () => {
      expect(await open(other.badAccess)).toBe("access");
    });

    test("takes a call, is heard and hears, hangs up, and gives the microphone back", async () => {
      await talk();
      expect(await drive((device) => device.controlsItself())).toBe(under.controlsItself);
      await drive((device) => device.hangUp());
      await expectTold("ended:completed");
      await expectClosed();
    });

    test("hears that the other side has hung up, and gives the microphone back", async () => {
      await talk();
      await other.hangUp();
      await expectTold("ended:completed");
      await expectClosed();
    });

    test("a caller who gives up is gone; one who is rejected has opened no microphone", async () => {
      expect(await open(other.access)).toBe("up");
      await other.call();
      await expectTold("incoming");
      await other.hangUp();
      await expectTold("gone");
      await other.call();
      await expect.poll(async () => (await events()).filter((event) => event === "incoming").length).toBe(2);
      await drive((device) => device.reject());
      await expectClosed();
      expect(await events()).not.toContain("answered");
    });

    test("calls a number, which rings, answers and gets digits", async () => {
      expect(await open(other.access)).toBe("up");
      await phone.evaluate((to) => window.phoneDevice.connect(to), other.number);
      await expectTold("answered");
      await expectFlow();
      await drive((device) => device.digits("751"));
      await expect.poll(() => other.digits()).toBe("751");
      await drive((device) => device.hangUp());
      await expectTold("ended:completed");
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
      await expectClosed();
    });

    test("stopped while the microphone is asked for, it calls and answers nobody, and leaves none open", async () => {
      expect(await open(other.access)).toBe("up");
      await other.call();
      await expectTold("incoming");
      await drive((device) => device.askForMicrophone());
      const answering = drive((device) => device.accept().catch(({ code }: LineFailure) => code));
      const dialling = phone.evaluate(
        (to) => window.phoneDevice.connect(to).catch(({ code }: LineFailure) => code),
        other.number,
      );
      await drive((device) => {
        const stopped = device.stop();
        device.permitMicrophone();
        return stopped;
      });
      expect([await answering, await dialling]).toEqual(["network", "network"]);
      await expectClosed();
      expect(await events()).not.toContain("answered");
    });

    if (under.controlsItself)
      describeControls(async () => {
        await talk();
        if (!other.own) throw new Error("nobody is there to be held or given away");
        return { phone, ...other.own };
      });
  });
}

type Talk = NonNullable<OtherSide["own"]> & { phone: Page };

/** @param talk the device is in a call that came in */
function describeControls(talk: () => Promise<Talk>): void {
  test("on hold neither hears the other, and both do when the call is taken back", async () => {
    const { phone, caller } = await talk();
    await expectSound(caller);
    await phone.evaluate(() => window.phoneDevice.hold(true));
    await expectSilence(caller);
    await expectSilence(phone);
    await phone.evaluate(() => window.phoneDevice.hold(false));
    await expectSound(caller);
    await expectSound(phone);
    expect([await endsOf(caller), await endsOf(phone)]).toEqual([[], []]);
  });

  /** It rings at somebody else. `given`: what comes of it; undefined: it is done, otherwise why not. */
  async function offerToThird() {
    const { phone, caller, openThird } = await talk();
    const { number, page: third } = await openThird();
    const given = phone.evaluate(
      (to) => window.phoneDevice.transfer(to, "blind")?.catch(({ message }: Error) => message),
      number,
    );
    await expectEvent(third, "incoming");
    expect(await endsOf(phone)).toEqual([]);
    return { phone, caller, third, given };
  }

  test("given away, both others hear each other in the call that each is in, and the microphone is given back", async () => {
    const { phone, caller, third, given } = await offerToThird();
    await third.evaluate(() => window.phoneDevice.accept());
    expect(await given).toBeUndefined();
    await expectEvent(phone, "ended:completed");
    await expect.poll(() => phone.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
    await expectSound(caller);
    await expectSound(third);
    await expect.poll(() => othersOf(caller)).toHaveLength(1);
    expect(await othersOf(third), "whom it was offered is who is there").toEqual([]);
    expect([await endsOf(caller), await endsOf(third)]).toEqual([[], []]);
  });

  test("given to somebody who declines, the call is still here, and both are heard", async () => {
    const { phone, caller, third, given } = await offerToThird();
    await third.evaluate(() => window.phoneDevice.reject());
    expect(await given).toMatch(/603/u);
    await expectSound(caller);
    await expectSound(phone);
    expect([await endsOf(caller), await endsOf(phone)]).toEqual([[], []]);
    expect(await caller.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(1);
  });
}
