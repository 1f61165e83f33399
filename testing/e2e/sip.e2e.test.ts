import { expect, test, type Page } from "@playwright/test";
import { openCuttableWay } from "../sip/cuttable-way.ts";
import {
  call,
  countOf,
  endsOf,
  expectEvent,
  expectSilence,
  expectSound,
  hearMessages,
  othersOf,
  toneOf,
  useSipPhones,
} from "../sip/use-sip-phones.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// The SIP adapter in real browsers, with real sound, against a real exchange: what it does beyond every device of the
// phone (phone-device.e2e.test.ts).

test.use(withFakeMedia(playsAtOnce));

const at = useSipPhones();
const { openPhone, talk } = at;

test("busy, nobody there and no such person are told apart", async ({ browser }) => {
  const ana = await openPhone(browser, "ana");
  for (const [to, why] of [
    ["busy", "busy"],
    ["nobody", "no-answer"],
    ["stranger", "failed"],
  ] as const) {
    await ana.evaluate((name) => window.phoneDevice.connect(name, "call-2"), to);
    await expectEvent(ana, `ended:${why}`);
  }
  expect(await ana.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
});

test("a declined and a withdrawn call end on both sides", async ({ browser }) => {
  const [ana, ben] = [await openPhone(browser, "ana"), await openPhone(browser, "ben")];
  await ana.evaluate(() => window.phoneDevice.connect("ben", "call-3"));
  await expectEvent(ben, "incoming:ana:call-3");
  await ben.evaluate(() => window.phoneDevice.reject());
  await expectEvent(ana, "ended:declined");
  await ana.evaluate(() => window.phoneDevice.connect("ben", "call-4"));
  await expectEvent(ben, "incoming:ana:call-4");
  await ana.evaluate(() => window.phoneDevice.hangUp());
  await expectEvent(ben, "gone:cancelled");
});

test("a caller who gives up while the microphone is asked for leaves none open", async ({ browser }) => {
  const [ana, ben] = [await openPhone(browser, "ana"), await openPhone(browser, "ben")];
  await ana.evaluate(() => window.phoneDevice.connect("ben", "call-5"));
  await expectEvent(ben, "incoming:ana:call-5");
  await ben.evaluate(() => window.phoneDevice.askForMicrophone());
  const accepted = ben.evaluate(() =>
    window.phoneDevice.accept().then(
      () => "in a call",
      () => "refused",
    ),
  );
  await ana.evaluate(() => window.phoneDevice.hangUp());
  await expectEvent(ben, "gone:cancelled");
  await ben.evaluate(() => window.phoneDevice.permitMicrophone());
  expect(await accepted).toBe("refused");
  expect(await ben.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
});

test("a warm transfer is asked first, and cancelled with the caller heard again", async ({ browser }) => {
  const [ana, ben] = await talk(browser, "ana", "ben");
  const max = await openPhone(browser, "max");
  await ana.evaluate(() => window.phoneDevice.transfer("max", "warm"));
  await expectEvent(max, "incoming");
  await max.evaluate(() => window.phoneDevice.reject());
  await expectEvent(ana, "transfer:cancelled");
  await expectSound(ben);
});

test("whoever is asked first hears nothing of somebody who is muted, and them when they are not", async ({
  browser,
}) => {
  const [, ben] = await talk(browser, "ana", "ben");
  const max = await openPhone(browser, "max");
  await ben.evaluate(() => window.phoneDevice.mute(true));
  await ben.evaluate(() => window.phoneDevice.transfer("max", "warm"));
  await expectEvent(max, "incoming");
  await max.evaluate(() => window.phoneDevice.accept());
  await expectEvent(ben, "transfer:answered");
  await expectSilence(max);
  await ben.evaluate(() => window.phoneDevice.mute(false));
  await expectSound(max);
});

test("keys reach also a telephone that takes no tones in the sound (SIP INFO)", async ({ browser }) => {
  const ana = await openPhone(browser, "ana");
  const keys: string[] = [];
  const ben = await openPhone(browser, "ben", at.exchange.server, (phone) => {
    hearMessages(phone, (message) => {
      const [, key] = /^INFO [^]*Signal=(.)/u.exec(message) ?? [];
      if (key !== undefined) keys.push(key);
    });
    return phone.addInitScript(takeNoTones);
  });
  await call(ana, ben, "ana", "ben");
  await ana.evaluate(() => window.phoneDevice.digits("42#"));
  await expect.poll(() => keys.join("")).toBe("42#");
  expect(await ana.evaluate(() => window.phoneDevice.playedTones())).toBe("");
});

/** Runs in the page: its offers and answers leave the tones out (RFC 4733). */
function takeNoTones(): void {
  const { addTrack } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addTrack = function (...given) {
    const sender = addTrack.apply(this, given);
    const codecs = RTCRtpReceiver.getCapabilities("audio")?.codecs ?? [];
    const spoken = codecs.filter(({ mimeType }) => mimeType !== "audio/telephone-event");
    for (const each of this.getTransceivers()) each.setCodecPreferences(spoken);
    return sender;
  };
}

/** Ben has given ana to max: they hear each other in the one call that each was in, and ben is out of it. */
async function expectPutThrough(ana: Page, ben: Page, max: Page): Promise<void> {
  await expectEvent(ben, "ended:completed");
  await expectSound(ana);
  await expectSound(max);
  for (const phone of [ana, max]) {
    expect(await endsOf(phone)).toEqual([]);
    await expect.poll(() => phone.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(1);
  }
  await expect.poll(() => ben.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
  await max.evaluate(() => window.phoneDevice.hangUp());
  await expectEvent(ana, "ended:completed");
  for (const phone of [ana, max])
    expect(await phone.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
}

/** @returns what the exchange has against it; undefined: it is done */
function give(phone: Page, to: string): Promise<string | undefined> {
  return phone.evaluate(
    (name) => window.phoneDevice.transfer(name, "blind")?.catch(({ message }: Error) => message),
    to,
  ) as Promise<string | undefined>;
}

test("whoever gives a call away and leaves at once does not end it", async ({ browser }) => {
  const [ana, ben] = await talk(browser, "ana", "ben");
  const max = await openPhone(browser, "max");
  const given = give(ben, "max");
  await expectEvent(max, "incoming");
  await ben.evaluate(() => window.phoneDevice.hangUp());
  await max.evaluate(() => window.phoneDevice.accept());
  await given;
  await expectPutThrough(ana, ben, max);
});

test("no caller has a desk call a number outside: whoever tries keeps them", async ({ browser }) => {
  const [ana, ben] = await talk(browser, "ana", "ben");
  expect(await give(ben, "+14155550199")).toMatch(/603/u);
  await expectSound(ana);
  await expectSound(ben);
});

test("a warm transfer puts both through, in the call that each is in", async ({ browser }) => {
  const [ana, ben] = await talk(browser, "ana", "ben");
  const max = await openPhone(browser, "max");
  await ben.evaluate(() => window.phoneDevice.transfer("max", "warm"));
  await expectEvent(max, "incoming");
  await max.evaluate(() => window.phoneDevice.accept());
  await expectEvent(ben, "transfer:answered");
  await ben.evaluate(() => window.phoneDevice.completeTransfer());
  await expectEvent(ana, "with:max");
  await expectEvent(max, "with:ana");
  await expectPutThrough(ana, ben, max);
  const rings = await max.evaluate(() => window.phoneDevice.events.filter((each) => each === "incoming"));
  expect(rings).toHaveLength(1);
});

test("an exchange that puts somebody through by itself says who it is, once", async ({ browser }) => {
  const [pat, ben] = await talk(browser, "pat", "ben");
  await pat.evaluate(() => window.phoneDevice.hold(true));
  await expectEvent(ben, "with:sam");
  await pat.evaluate(() => window.phoneDevice.hold(false));
  await expectSound(ben);
  expect(await othersOf(ben)).toEqual(["with:sam"]);
  expect(await othersOf(pat)).toEqual([]);
});

const hears = (phone: Page) => phone.evaluate(() => window.phoneDevice.hears());

test("a recording is heard instead of the microphone, and the call ends with it", async ({ browser }) => {
  const [ana, machine] = await talk(browser, "ana", "ben");
  await expectSound(machine);
  await ana.evaluate((sound) => window.phoneDevice.leaveMessage(sound), toneOf(1_700, 8));
  expect(await ana.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
  await expect.poll(() => hears(machine)).toBe(170);
  await expectEvent(machine, "ended:completed");
});

test("whoever leaves a recording is free meanwhile: they call the next, and both go on", async ({
  browser,
}) => {
  const [ana, machine] = await talk(browser, "ana", "ben");
  const max = await openPhone(browser, "max");
  await ana.evaluate(() => window.phoneDevice.hold(true));
  await ana.evaluate((sound) => window.phoneDevice.leaveMessage(sound), toneOf(1_700, 120));
  await expect.poll(() => hears(machine), "also where the call was on hold").toBe(170);
  await call(ana, max, "ana", "max");
  await expectSound(max);
  await expect.poll(() => hears(machine)).toBe(170);
  expect(await endsOf(machine)).toEqual([]);
  await machine.evaluate(() => window.phoneDevice.hangUp());
  await expectSound(max);
});

test("a resume that the exchange refuses is asked for until it is granted", async ({ browser }) => {
  const [kim, ben] = await talk(browser, "kim", "ben");
  const max = await openPhone(browser, "max");
  await kim.evaluate(() => window.phoneDevice.transfer("max", "warm"));
  await expectEvent(max, "incoming");
  await max.evaluate(() => window.phoneDevice.reject());
  await expectEvent(kim, "transfer:cancelled");
  await expectEvent(kim, "broken");
  await expectEvent(kim, "mended");
  await expectSound(ben);
});

test("a hold that the exchange would have elsewhere is refused, and the next one is granted", async ({
  browser,
}) => {
  const [lee, ben] = await talk(browser, "lee", "ben");
  const hold = (on: boolean) =>
    lee.evaluate((wanted) => window.phoneDevice.hold(wanted)?.catch(({ message }: Error) => message), on);
  expect(await hold(true)).toMatch(/^302 /u);
  await expectSound(ben);
  expect(await hold(true)).toBeUndefined();
  expect(await hold(false)).toBeUndefined();
  await expectSound(ben);
});

test("a call whose sound is asked for while the other side asks for something too stays up", async ({
  browser,
}) => {
  const way = await openCuttableWay(Number(new URL(at.exchange.server).port));
  const ben = await openPhone(browser, "ben");
  const jo = await openPhone(browser, "jo", `ws://127.0.0.1:${way.port}`);
  await call(jo, ben, "jo", "ben");
  way.cut();
  await expectEvent(jo, "broken");
  await expectEvent(jo, "mended");
  await expectSound(jo);
  expect(await jo.evaluate(() => window.phoneDevice.events)).not.toContain("ended:dropped");
  await way.close();
});

test("SIP socket reconnects and the audio does too (re-INVITE, SIP.js #1024, #1095)", async ({ browser }) => {
  const way = await openCuttableWay(Number(new URL(at.exchange.server).port));
  const ben = await openPhone(browser, "ben");
  const stillThere: string[] = [];
  const ana = await openPhone(browser, "ana", `ws://127.0.0.1:${way.port}`, (phone) =>
    hearMessages(phone, (message) => {
      const [, status] = /^SIP\/2\.0 (\d+) [^]*\nCSeq: \d+ OPTIONS/u.exec(message) ?? [];
      if (status !== undefined) stillThere.push(status);
    }),
  );
  await call(ana, ben, "ana", "ben");
  way.cut();
  await expectEvent(ana, "down");
  await expectEvent(ana, "broken");
  await expectEvent(ana, "mended");
  await expectSound(ana);
  await expectSound(ben);
  const invitations: string[] = [];
  const max = await openPhone(browser, "max", at.exchange.server, (phone) =>
    hearMessages(phone, (message) => {
      if (message.startsWith("INVITE ")) invitations.push(message);
    }),
  );
  await test.step("while a colleague is rung, who cannot be heard of any more: the caller is heard again", async () => {
    await ana.evaluate(() => window.phoneDevice.transfer("max", "warm"));
    await expectEvent(max, "incoming");
    way.cut();
    await expectEvent(ana, "transfer:cancelled");
    await expectEvent(max, "gone:cancelled");
    await expectSound(ben);
    await expect.poll(() => countOf(ana, "mended")).toBe(2);
  });
  await test.step("while a colleague is asked: they are heard again as well, and can be given the call", async () => {
    await ana.evaluate(() => window.phoneDevice.transfer("max", "warm"));
    await expect.poll(() => countOf(max, "incoming")).toBe(2);
    await max.evaluate(() => window.phoneDevice.accept());
    await expectEvent(ana, "transfer:answered");
    const before = invitations.length;
    way.cut();
    await expect.poll(() => countOf(ana, "mended")).toBe(3);
    expect(invitations.slice(before)).not.toEqual([]);
    await expectSound(max);
    await expect.poll(() => hears(ana)).toBeGreaterThan(0);
    await ana.evaluate(() => window.phoneDevice.completeTransfer());
    await expectPutThrough(ben, ana, max);
  });
  await test.step("while somebody is called, who cannot be heard of any more: that call is over, and says so", async () => {
    await ana.evaluate(() => window.phoneDevice.connect("ben", "call-2"));
    await expectEvent(ben, "incoming:ana:call-2");
    way.cut();
    await expectEvent(ana, "ended:failed");
    await expectEvent(ben, "gone:cancelled");
    expect(await ana.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
  });
  await test.step("while somebody rings here: who gives up meanwhile is gone, who holds out can be answered", async () => {
    await ben.evaluate(() => window.phoneDevice.connect("ana", "call-3"));
    await expectEvent(ana, "incoming:ben:call-3");
    await expectEvent(ben, "ringing");
    way.block(true);
    await expectEvent(ana, "down");
    await ben.evaluate(() => window.phoneDevice.hangUp());
    await expectEvent(ben, "ended:cancelled");
    way.block(false);
    await expect.poll(() => stillThere).toEqual(["481"]);
    await expectEvent(ana, "gone:cancelled");
    await ben.evaluate(() => window.phoneDevice.connect("ana", "call-4"));
    await expectEvent(ana, "incoming:ben:call-4");
    await expect.poll(() => countOf(ben, "ringing")).toBeGreaterThan(1);
    way.cut();
    await expect.poll(() => stillThere).toEqual(["481", "200"]);
    await ana.evaluate(() => window.phoneDevice.accept());
    await expectSound(ben);
  });
  await way.close();
});

test("a line that breaks again while it signs in is not kept waiting for the answer that got lost", async ({
  browser,
}) => {
  const way = await openCuttableWay(Number(new URL(at.exchange.server).port));
  const ana = await openPhone(browser, "ana", `ws://127.0.0.1:${way.port}`);
  way.swallow(true);
  way.cut();
  await expect.poll(() => way.swallowed()).toBeGreaterThan(0);
  way.swallow(false);
  way.cut();
  // SIP itself gives a request up after 32 seconds (RFC 3261, timer F).
  await expect.poll(() => countOf(ana, "up"), { timeout: 20_000 }).toBeGreaterThan(1);
  await way.close();
});

test("an exchange that was started anew is found again, and calls come in as before", async ({ browser }) => {
  const [ana, ben] = [await openPhone(browser, "ana"), await openPhone(browser, "ben")];
  await at.exchange.restart();
  for (const phone of [ana, ben]) await expect.poll(() => countOf(phone, "up")).toBeGreaterThan(1);
  await call(ana, ben, "ana", "ben");
  await expectSound(ben);
  await test.step("also while it rings: nobody could answer that call any more, and it rings no longer", async () => {
    await ben.evaluate(() => window.phoneDevice.hangUp());
    await expectEvent(ana, "ended:completed");
    await ana.evaluate(() => window.phoneDevice.connect("ben", "call-2"));
    await expectEvent(ben, "incoming:ana:call-2");
    await at.exchange.restart();
    await expectEvent(ana, "ended:failed");
    await expectEvent(ben, "gone:cancelled");
    expect(await ana.evaluate(() => window.phoneDevice.liveMicrophones())).toBe(0);
  });
});
