import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { join } from "node:path";
import type { LineAccess } from "../../shared/calls/server-wire.ts";
import { describeDevice, type DeviceUnderTest, type OtherSide } from "../contracts/phone-device.ts";
import { ownNumber, startTestSimulator, type TestSimulator } from "../simulator/start-test-simulator.ts";
import { serveTestPage, type TestPage } from "../serve-test-page.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { kamailio, startKamailio } from "../sip/start-kamailio.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// One suite over the device of every provider, with real sound: the simulator's, Twilio's and a company's own exchange's.
// The first two are Twilio's own SDK against the simulated carrier. The simulator's is told where that is; Twilio's knows
// only Twilio's addresses, which the browser leads there, and nothing of it leaves this machine.

test.use(withFakeMedia(playsAtOnce));

let page: TestPage;
test.beforeAll(async () => {
  page = await serveTestPage(join(import.meta.dirname, "../device-page"));
});
test.afterAll(() => page.close());

const ofSimulator: DeviceUnderTest = {
  name: "the simulator",
  missing: null,
  controlsItself: false,
  open: async () => otherSideOf(await startTestSimulator()),
};

const ofTwilio: DeviceUnderTest = {
  name: "Twilio",
  missing: null,
  controlsItself: false,
  async open() {
    const carrier = await startTestSimulator();
    const other = otherSideOf(carrier);
    return {
      ...other,
      access: asTwilio(other.access),
      badAccess: asTwilio(other.badAccess),
      lead: (context) => leadTwilio(context, carrier),
    };
  },
};

function asTwilio(access: LineAccess, edge: string | null = null): LineAccess {
  return { ...access, provider: "twilio", signalling: null, edge } as LineAccess;
}

/** @param edges besides the nearest one, and where they are to be */
async function leadTwilio(
  context: BrowserContext,
  { signallingHost }: TestSimulator,
  edges: Record<string, string> = {},
): Promise<void> {
  await context.route(/twilio\.com/u, (route) => route.abort());
  const nearest = { "voice-js.roaming.twilio.com": `ws://${signallingHost}/signal` };
  await context.addInitScript(leadSockets, { ...nearest, ...edges });
}

function otherSideOf(carrier: TestSimulator): OtherSide {
  carrier.webhooks.answers.set("/voice", () => `<Response><Dial><Client>ana</Client></Dial></Response>`);
  carrier.webhooks.answers.set(
    "/outgoing",
    () =>
      `<Response><Gather numDigits="3" action="/menu" timeout="30"><Say>Choose one of a great many things, and take all the time that you want for it</Say></Gather></Response>`,
  );
  carrier.webhooks.answers.set("/menu", () => `<Response><Pause length="30"/></Response>`);
  return {
    access: carrier.accessOf("ana"),
    badAccess: carrier.accessOf("ana", -60),
    number: ownNumber,
    call: async () =>
      void (await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true })),
    hangUp: async () =>
      void (await carrier.control(
        "POST",
        `/calls/${carrier.webhooks.of("/voice").at(-1)?.["CallSid"]}/hang-up`,
      )),
    digits: async () => carrier.webhooks.of("/menu")[0]?.["Digits"] ?? "",
    own: null,
    close: () => carrier.close(),
  };
}

const sip: DeviceUnderTest = {
  name: "SIP",
  missing:
    kamailio === null ? "Kamailio is not installed (Debian: kamailio kamailio-websocket-modules)" : null,
  controlsItself: true,
  async open(_browser, openDevice) {
    const exchange = await startKamailio();
    const colleague: Page = await openDevice(exchange.accessOf("ben"));
    const answering = answerEverything(colleague);
    return {
      access: exchange.accessOf("ana"),
      badAccess: exchange.accessOf("ana", { password: "not the password" }),
      number: "ben",
      call: () => colleague.evaluate(() => window.phoneDevice.connect("ana")),
      hangUp: () => colleague.evaluate(() => window.phoneDevice.hangUp()),
      digits: () => colleague.evaluate(() => window.phoneDevice.heardDigits()),
      own: {
        caller: colleague,
        openThird: async () => ({ number: "max", page: await openDevice(exchange.accessOf("max")) }),
      },
      async close() {
        answering.stop();
        await exchange.close();
      },
    };
  },
};

/** The colleague takes whatever comes in. */
function answerEverything(page: Page): { stop(): void } {
  let taken = 0;
  const timer = setInterval(() => {
    void page
      .evaluate(() => window.phoneDevice.events.filter((event) => event === "incoming").length)
      .then((offered) => {
        if (offered <= taken) return;
        taken = offered;
        return page.evaluate(() => window.phoneDevice.accept());
      })
      .catch(() => {});
  }, 100);
  return { stop: () => clearInterval(timer) };
}

describeDevice(ofSimulator, () => page);
describeDevice(ofTwilio, () => page);

test("an edge that cannot be reached gives way to the nearest one", async ({ browser }) => {
  const carrier = await startTestSimulator();
  const context = await browser.newContext();
  try {
    // At the other edge nobody is.
    await leadTwilio(context, carrier, {
      "voice-js.dublin.twilio.com": `ws://127.0.0.1:${await findFreePort()}`,
    });
    const phone = await context.newPage();
    await phone.goto(page.url);
    const access = asTwilio(carrier.accessOf("ana"), "dublin");
    expect(await phone.evaluate((given) => window.phoneDevice.open(given), access)).toBe("up");
    carrier.webhooks.answers.set("/voice", () => `<Response><Dial><Client>ana</Client></Dial></Response>`);
    await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });
    await expect.poll(() => phone.evaluate(() => window.phoneDevice.events)).toContain("incoming");
  } finally {
    await context.close();
    await carrier.close();
  }
});

/** Runs in the page. */
function leadSockets(places: Record<string, string>): void {
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(places[new URL(url).host] ?? url, protocols);
    }
  };
}

describeDevice(sip, () => page);
