import { expect, test, type Browser, type Page } from "@playwright/test";
import { serveSdkPage, type SdkPage } from "../sdk-page/serve-sdk-page.ts";
import {
  account,
  makeToken,
  ownNumber,
  startTestSimulator,
  type TestSimulator,
} from "../simulator/start-test-simulator.ts";
import { createClient } from "../simulator/twilio-client.ts";
import { closeWindows } from "./close-windows.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// The voice SDK itself, in a real browser with real sound, against the simulated carrier.

test.use(withFakeMedia(playsAtOnce));

let page: SdkPage;
let carrier: TestSimulator;

test.beforeAll(async () => {
  page = await serveSdkPage();
});
test.afterAll(() => page.close());
test.beforeEach(async () => {
  carrier = await startTestSimulator();
});
test.afterEach(async ({ browser }) => {
  await closeWindows(browser);
  await carrier.close();
});

async function openPhone(browser: Browser, identity: string, ttlSeconds = 3_600): Promise<Page> {
  const context = await browser.newContext();
  const phone = await context.newPage();
  await phone.goto(page.url);
  await phone.evaluate(({ token, host }) => window.driver.open(token, host), {
    token: makeToken(identity, ttlSeconds),
    host: carrier.signallingHost,
  });
  return phone;
}

async function expectEvent(phone: Page, event: string): Promise<void> {
  await expect.poll(() => phone.evaluate(() => window.driver.events)).toContain(event);
}

interface Leg {
  sid: string;
  from: string;
  to: string;
  levels: { said: number; heard: number };
}

async function legs(): Promise<Leg[]> {
  return (await carrier.control("GET", "/"))["calls"] as Leg[];
}

/** The browser's fake microphone beeps once a second: it is waited for until the carrier has it. */
async function expectLoudest(party: string, side: "said" | "heard"): Promise<void> {
  const level = async () =>
    (await legs()).find((leg) => leg.from === party || leg.to === party)?.levels[side] ?? 0;
  await expect.poll(level, { intervals: [50] }).toBeGreaterThan(0.02);
}

async function expectSound(phone: Page): Promise<void> {
  await phone.evaluate(() => window.driver.loudness());
  await expect.poll(() => phone.evaluate(() => window.driver.loudness())).toBeGreaterThan(0.02);
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

test("a call from the SDK rings, is answered and heard, and both sides are in the recording", async ({
  browser,
}) => {
  carrier.webhooks.answers.set(
    "/outgoing",
    ({ To }) =>
      `<Response><Dial answerOnBridge="true" callerId="${ownNumber}" record="record-from-answer-dual" recordingStatusCallback="/recorded">${To}</Dial></Response>`,
  );
  await carrier.control("PUT", "/outcomes/+14155550123", {
    kind: "answers",
    afterMs: 500,
    script: "tone",
    mode: "straight",
  });
  const ana = await openPhone(browser, "ana");
  await ana.evaluate(() => window.driver.connect({ To: "+14155550123", lead: "42" }));
  await expectEvent(ana, "call:ringing");
  await expectEvent(ana, "call:accept");
  expect(carrier.webhooks.of("/outgoing")[0]).toMatchObject({
    From: "client:ana",
    To: "+14155550123",
    lead: "42",
  });
  expect(await ana.evaluate(() => window.driver.callSid())).toBe(
    carrier.webhooks.of("/outgoing")[0]?.["CallSid"],
  );
  await expect.poll(() => ana.evaluate(() => window.driver.loudness())).toBeGreaterThan(0.05);
  await expectLoudest("client:ana", "heard");
  await expectLoudest("client:ana", "said");
  await ana.evaluate(() => window.driver.hangUp());

  await expect
    .poll(() => carrier.webhooks.of("/recorded"))
    .toMatchObject([{ RecordingStatus: "completed", RecordingChannels: "2" }]);
  const [recorded] = carrier.webhooks.of("/recorded");
  const { left, right } = await fetchLoudness(recorded?.["RecordingUrl"]);
  expect(left).toBeGreaterThan(0.02);
  expect(right).toBeGreaterThan(0.02);
});

test("the callee's busy tone is an error of the SDK, and the call is over", async ({ browser }) => {
  carrier.webhooks.answers.set(
    "/outgoing",
    () => `<Response><Dial answerOnBridge="true" action="/dialled">+15005550002</Dial></Response>`,
  );
  carrier.webhooks.answers.set("/dialled", () => `<Response><Reject reason="busy"/></Response>`);
  const ana = await openPhone(browser, "ana");
  await ana.evaluate(() => window.driver.connect({ To: "+15005550002" }));
  await expectEvent(ana, "call:disconnect");
  expect(await ana.evaluate(() => window.driver.events)).toContain("call:error:31005");
  expect(carrier.webhooks.of("/dialled")[0]).toMatchObject({ DialCallStatus: "busy" });
});

test("keys pressed in the SDK reach the menu", async ({ browser }) => {
  carrier.webhooks.answers.set(
    "/outgoing",
    () =>
      `<Response><Gather numDigits="3" action="/menu" timeout="20"><Say>Choose one of a great many things, and take your time with it</Say></Gather></Response>`,
  );
  carrier.webhooks.answers.set("/menu", () => `<Response><Hangup/></Response>`);
  const ana = await openPhone(browser, "ana");
  await ana.evaluate(() => window.driver.connect({ To: "menu" }));
  await expectEvent(ana, "call:accept");
  await expect.poll(() => ana.evaluate(() => window.driver.loudness())).toBeGreaterThan(0.02);
  await ana.evaluate(() => window.driver.digits("75#"));
  await expect.poll(() => carrier.webhooks.of("/menu")).toMatchObject([{ Digits: "75" }]);
});

test("two devices of one person ring; the first answer wins, the other is cancelled", async ({ browser }) => {
  carrier.webhooks.answers.set("/voice", () => ringAna);
  const [desk, other] = [await openPhone(browser, "ana"), await openPhone(browser, "ana")];
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  await expectEvent(desk, "device:incoming");
  await expectEvent(other, "device:incoming");
  await desk.evaluate(() => window.driver.accept());
  await expectEvent(desk, "call:accept");
  await expectEvent(other, "call:cancel");
  await desk.evaluate(() => window.driver.hangUp());
  await expectEvent(desk, "call:disconnect");
});

test("a declined call is busy for the caller, a hang-up by the caller stops the ringing", async ({
  browser,
}) => {
  carrier.webhooks.answers.set("/voice", () => ringAna);
  const ana = await openPhone(browser, "ana");
  await carrier.control("POST", "/calls", { script: "tone" });
  await expectEvent(ana, "device:incoming");
  await ana.evaluate(() => window.driver.reject());
  await expect.poll(() => carrier.webhooks.of("/client").map((one) => one["CallStatus"])).toContain("busy");
  const { callSid } = await carrier.control("POST", "/calls", { script: "tone" });
  await expect
    .poll(() => ana.evaluate(() => window.driver.events.filter((one) => one === "device:incoming").length))
    .toBe(2);
  await carrier.control("POST", `/calls/${String(callSid)}/hang-up`);
  await expectEvent(ana, "call:cancel");
});

test("a call outlives its signalling: the SDK comes back for it and goes on", async ({ browser }) => {
  carrier.webhooks.answers.set("/voice", () => ringAna);
  const ana = await openPhone(browser, "ana");
  await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });
  await expectEvent(ana, "device:incoming");
  await ana.evaluate(() => window.driver.accept());
  await expectEvent(ana, "call:accept");
  await carrier.control("POST", "/devices/ana/cut");
  await expectEvent(ana, "call:reconnecting");
  await expectEvent(ana, "call:reconnected");
  await carrier.control(
    "POST",
    `/calls/${String(await ana.evaluate(() => window.driver.callSid()))}/hang-up`,
  );
  await expectEvent(ana, "call:disconnect");
});

test("a call goes on through a restart of ICE, and through a new page that takes it over", async ({
  browser,
}) => {
  // Alone in a conference one hears music without end.
  carrier.webhooks.answers.set(
    "/outgoing",
    () => "<Response><Dial><Conference>alone</Conference></Dial></Response>",
  );
  const ana = await openPhone(browser, "ana");
  await ana.evaluate(() => window.driver.connect({}));
  await expectEvent(ana, "call:accept");
  await expectSound(ana);
  expect(await ana.evaluate(() => window.driver.iceGenerations())).toBe(1);
  await ana.evaluate(() => window.driver.restartIce());
  await expect.poll(() => ana.evaluate(() => window.driver.iceGenerations())).toBe(2);
  await expectSound(ana);

  const connectToken = await ana.evaluate(() => window.driver.connectToken());
  // As a page that crashes: it says nothing to the carrier any more.
  await ana.evaluate(() => window.driver.freeze());
  const next = await openPhone(browser, "ana");
  await next.evaluate((token) => window.driver.takeOver(token ?? ""), connectToken);
  await expectEvent(next, "call:accept");
  await expectSound(next);
  const { calls } = await carrier.control("GET", "/");
  expect(calls).toMatchObject([{ status: "in-progress", doing: "conference" }]);
  await next.evaluate(() => window.driver.hangUp());
  await expect.poll(async () => (await carrier.control("GET", "/"))["calls"]).toEqual([]);
});

test("a supervisor whispers: the agent hears him, the customer does not, until he barges in", async ({
  browser,
}) => {
  const room = (coach = "") =>
    `<Response><Dial><Conference beep="false" ${coach}>room</Conference></Dial></Response>`;
  carrier.webhooks.answers.set("/voice", () => room());
  const [ana, boss] = [await openPhone(browser, "ana"), await openPhone(browser, "boss")];
  const client = createClient(carrier.url);
  await carrier.control("POST", "/calls", {
    script: "tone",
    mode: "straight",
    stays: true,
    from: "+14155550188",
  });
  const agent = await client.calls.create({ to: "client:ana?lead=42", from: ownNumber, twiml: room() });
  await expectEvent(ana, "device:incoming");
  expect(await ana.evaluate(() => window.driver.parameters())).toMatchObject({ lead: "42" });
  await ana.evaluate(() => window.driver.accept());
  await expectSound(ana);
  await ana.evaluate(() => window.driver.mute(true));

  await client.calls.create({ to: "client:boss", from: ownNumber, twiml: room(`coach="${agent.sid}"`) });
  await expectEvent(boss, "device:incoming");
  await boss.evaluate(() => window.driver.accept());
  await expectEvent(boss, "call:accept");
  await expectLoudest("client:boss", "said");
  await expectLoudest("client:ana", "heard");
  const customer = async () => (await legs()).find((leg) => leg.from === "+14155550188")?.levels.heard;
  const heard = [];
  for (let beeps = 0; beeps < 2; beeps++) {
    await expectLoudest("client:boss", "said");
    heard.push(await customer());
  }
  expect(heard).toEqual([0, 0]);

  const [conference] = await client.conferences.list({ friendlyName: "room", status: "in-progress" });
  const [bossLeg] = await client.calls.list({ to: "client:boss" });
  if (!conference || !bossLeg) throw new Error("the supervisor is in no conference");
  await client.conferences(conference.sid).participants(bossLeg.sid).update({ coaching: false });
  await expectLoudest("+14155550188", "heard");
});

test("tokens are looked at: a bad one, one that runs out, one that is renewed in time", async ({
  browser,
}) => {
  const ana = await openPhone(browser, "ana");
  await ana.evaluate((token) => window.driver.updateToken(token), `${makeToken("ana")}x`);
  await expectEvent(ana, "device:error:20101");
  const ben = await openPhone(browser, "ben", 12);
  await expectEvent(ben, "device:tokenWillExpire");
  await ben.evaluate((token) => window.driver.updateToken(token), makeToken("ben"));
  await ben.evaluate(() => window.driver.unregister());
  await expectEvent(ben, "device:unregistered");
});

/** How loud each channel of a recording is: root mean square over full scale. */
async function fetchLoudness(url: string | undefined): Promise<{ left: number; right: number }> {
  const basic = Buffer.from(`${account.sid}:${account.authToken}`).toString("base64");
  const response = await fetch(`${url}.wav`, { headers: { authorization: `Basic ${basic}` } });
  const wav = Buffer.from(await response.arrayBuffer());
  const frames = (wav.length - 44) / 4;
  const energy = [0, 0];
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of [0, 1])
      energy[channel] = (energy[channel] ?? 0) + wav.readInt16LE(44 + frame * 4 + channel * 2) ** 2;
  }
  const [left = 0, right = 0] = energy.map((sum) => Math.sqrt(sum / frames) / 32_768);
  return { left, right };
}
