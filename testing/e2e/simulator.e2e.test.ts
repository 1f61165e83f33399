import { expect, test, type Browser, type Page } from "@playwright/test";
import { serveSdkPage, type SdkPage } from "../sdk-page/serve-sdk-page.ts";
import { makeToken, startTestSimulator, type TestSimulator } from "../simulator/start-test-simulator.ts";

// The voice SDK itself, in a real browser with real sound, against the simulated carrier.

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const media = [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
    ];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...media] });
  },
});

let page: SdkPage;
let carrier: TestSimulator;

test.beforeAll(async () => {
  page = await serveSdkPage();
});
test.afterAll(() => page.close());
test.beforeEach(async () => {
  carrier = await startTestSimulator();
});
test.afterEach(() => carrier.close());

async function openPhone(browser: Browser, identity: string): Promise<Page> {
  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(page.url);
  await phone.evaluate(({ token, host }) => window.driver.open(token, host), {
    token: makeToken(identity),
    host: carrier.signallingHost,
  });
  return phone;
}

async function expectEvent(phone: Page, event: string): Promise<void> {
  await expect.poll(() => phone.evaluate(() => window.driver.events)).toContain(event);
}

const ringAna = `<Response><Dial><Client statusCallback="/client" statusCallbackEvent="initiated ringing answered completed"><Identity>ana</Identity><Parameter name="lead" value="42"/></Client></Dial></Response>`;

test("a caller rings the SDK, is answered, heard, and hung up on, and the callbacks say so", async ({
  browser,
}) => {
  carrier.webhooks.answers.set("/voice", () => ringAna);
  const ana = await openPhone(browser, "ana");
  await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });

  await expectEvent(ana, "device:incoming");
  expect(await ana.evaluate(() => window.driver.parameters())).toMatchObject({
    lead: "42",
    From: "+14155550100",
  });
  await ana.evaluate(() => window.driver.accept());
  await expectEvent(ana, "call:accept");
  await expect.poll(() => ana.evaluate(() => window.driver.loudness())).toBeGreaterThan(0.05);

  await ana.evaluate(() => window.driver.hangUp());
  const statuses = () => carrier.webhooks.of("/client").map((one) => one["CallStatus"]);
  await expect.poll(statuses).toEqual(["initiated", "ringing", "in-progress", "completed"]);
  expect(carrier.webhooks.received.every((one) => one.genuine)).toBe(true);
});
