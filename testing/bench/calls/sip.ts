import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { serveTestPage } from "../../serve-test-page.ts";
import { kamailio, startKamailio, type Exchange } from "../../sip/start-kamailio.ts";
import { median, quantile } from "../measurement.ts";

type Times = { p95: number; median: number };
export type SipTimes = {
  /** From asking for the call, microphone included, to the called desk's ringing. */
  dial: Times;
  /** From the INVITE's leaving the caller's page, with its password, to the called desk's ringing. */
  ring: Times;
};

/** Two desks' lines over a real exchange on this machine; null where none is installed. */
export async function measureSip(browser: Browser, runs: number): Promise<SipTimes | null> {
  if (kamailio === null) return null;
  const page = await serveTestPage(join(import.meta.dirname, "../../device-page"));
  const exchange = await startKamailio();
  const context = await browser.newContext();
  try {
    const ana = await openLine(await context.newPage(), page.url, exchange, "ana");
    const ben = await openLine(await context.newPage(), page.url, exchange, "ben");
    const dials: number[] = [];
    const rings: number[] = [];
    for (let index = 0; index <= runs; index++) {
      const { dialledAt, invitedAt, rangAt } = await callOnce(ana, ben, index);
      if (index === 0) continue;
      dials.push(rangAt - dialledAt);
      rings.push(rangAt - invitedAt);
    }
    return { dial: timesOf(dials), ring: timesOf(rings) };
  } finally {
    await context.close();
    await exchange.close();
    await page.close();
  }
}

async function openLine(page: Page, url: string, exchange: Exchange, name: string): Promise<Page> {
  await page.addInitScript(noteInvites);
  await page.goto(url);
  const state = await page.evaluate((access) => window.phoneDevice.open(access), exchange.accessOf(name));
  if (state !== "up") throw new Error(`the line of ${name} is ${state}`);
  return page;
}

/** When the last INVITE left this page: the exchange asks for the password, and it is sent a second time. */
function noteInvites(): void {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (typeof data === "string" && data.startsWith("INVITE "))
      Object.assign(globalThis, { invitedAt: performance.timeOrigin + performance.now() });
    send.call(this, data);
  };
}

async function callOnce(
  ana: Page,
  ben: Page,
  index: number,
): Promise<{ dialledAt: number; invitedAt: number; rangAt: number }> {
  const callId = `call-${index}`;
  const rings = ben.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!window.phoneDevice.events.some((event) => event === `incoming:ana:${id}`))
            return setTimeout(look, 1);
          return resolve(performance.timeOrigin + performance.now());
        };
        look();
      }),
    callId,
  );
  const dialledAt = await ana.evaluate((id) => {
    const at = performance.timeOrigin + performance.now();
    void window.phoneDevice.connect("ben", id);
    return at;
  }, callId);
  const rangAt = await rings;
  const invitedAt = await ana.evaluate(() => (globalThis as unknown as { invitedAt: number }).invitedAt);
  await ana.evaluate(() => window.phoneDevice.hangUp());
  await ben.waitForFunction((ended) => window.phoneDevice.events.filter((event) => event.startsWith("gone:")).length > ended, index); // prettier-ignore
  return { dialledAt, invitedAt, rangAt };
}

function timesOf(taken: readonly number[]): Times {
  return { p95: quantile(taken, 0.95), median: median(taken) };
}
