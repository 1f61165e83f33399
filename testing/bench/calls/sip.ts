import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { phoneState } from "../../../shared/rpc/contract/phone.ts";
import { ana } from "../../../sync-server/demo/people.ts";
import { signInAdmin } from "../../e2e/admin-api.ts";
import { until } from "../../processes/desk.ts";
import { serveTestPage } from "../../serve-test-page.ts";
import { kamailio, startKamailio, type Exchange } from "../../sip/start-kamailio.ts";
import { testAccountId } from "../../telephony/test-account.ts";
import { median, quantile } from "../measurement.ts";
import type { CallStage } from "./call-stage.ts";
import { whenShown } from "./page-clock.ts";

// Over a real exchange on this machine. Null where none is installed.

export type SipTimes = { p95: number; median: number };
type Lines = { exchange: Exchange; openLine(name: string): Promise<Page> };

/** From asking for a call, microphone included, to the called line's ringing: two lines without a desk. */
export function measureSipDialling(browser: Browser, runs: number): Promise<SipTimes | null> {
  return atExchange(browser, async ({ openLine }) => {
    const [caller, called] = [await openLine("ana"), await openLine("ben")];
    return timesOf(runs, (index) => dialOnce(caller, called, index));
  });
}

/**
 * From the INVITE's leaving a caller's page, with its password, to their name on the desk, whose line is at the exchange
 * meanwhile.
 */
export function measureSipRinging(stage: CallStage, runs: number): Promise<SipTimes | null> {
  return atExchange(stage.browser, async (lines) => {
    const admin = await signInAdmin(stage);
    const { server, domain, password } = lines.exchange;
    const config = { server, domain, agents: [{ userId: ana, username: extension }] };
    const account = {
      provider: "sip",
      label: "Exchange",
      config,
      credentials: { [`agent:${ana}`]: password },
    };
    const { id } = await admin.ask<{ id: string }>("POST", "/telephony/accounts", account);
    const useLine = async (accountId: string, provider: string) => {
      await admin.ask("PUT", "/telephony/line", { accountId });
      await stage.phone.reload();
      const isUp = (line: { state: string; provider?: string }) =>
        line.state === "ready" && line.provider === provider;
      await until(stage.client, phoneState, {}, ({ line }) => isUp(line));
    };
    await useLine(id, "sip");
    try {
      return await timesOf(runs, (index) => ringOnce(stage, lines, index));
    } finally {
      await useLine(testAccountId, "simulator");
    }
  });
}

const extension = "101";

async function atExchange<T>(browser: Browser, work: (lines: Lines) => Promise<T>): Promise<T | null> {
  if (kamailio === null) return null;
  const page = await serveTestPage(join(import.meta.dirname, "../../device-page"));
  const exchange = await startKamailio();
  const context = await browser.newContext();
  await context.addInitScript(noteInvites);
  const openLine = async (name: string) => {
    const line = await context.newPage();
    await line.goto(page.url);
    const state = await line.evaluate((access) => window.phoneDevice.open(access), exchange.accessOf(name));
    if (state !== "up") throw new Error(`the line of ${name} is ${state}`);
    return line;
  };
  try {
    return await work({ exchange, openLine });
  } finally {
    await context.close();
    await exchange.close();
    await page.close();
  }
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

/** The first is not counted. @param once answers how long it took, in ms */
async function timesOf(runs: number, once: (index: number) => Promise<number>): Promise<SipTimes> {
  const taken: number[] = [];
  for (let index = 0; index <= runs; index++) {
    const tookMs = await once(index);
    if (index > 0) taken.push(tookMs);
  }
  return { p95: quantile(taken, 0.95), median: median(taken) };
}

async function dialOnce(caller: Page, called: Page, index: number): Promise<number> {
  const callId = `call-${index}`;
  const rings = called.evaluate(
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
  const dialledAt = await caller.evaluate((id) => {
    const at = performance.timeOrigin + performance.now();
    void window.phoneDevice.connect("ben", id);
    return at;
  }, callId);
  const rangAt = await rings;
  await caller.evaluate(() => window.phoneDevice.hangUp());
  await called.waitForFunction((ended) => window.phoneDevice.events.filter((event) => event.startsWith("gone:")).length > ended, index); // prettier-ignore
  return rangAt - dialledAt;
}

async function ringOnce(
  { desk, callers, settle }: CallStage,
  { openLine }: Lines,
  index: number,
): Promise<number> {
  const caller = callers[index % callers.length];
  if (!caller) throw new Error("nobody can call");
  const line = await openLine(caller.phone);
  const shown = await whenShown(desk, { selector: "[role=alertdialog] h2", text: caller.name });
  await line.evaluate((to) => window.phoneDevice.connect(to), extension);
  const shownAt = await shown.at;
  const invitedAt = await line.evaluate(() => (globalThis as unknown as { invitedAt: number }).invitedAt);
  await line.evaluate(() => window.phoneDevice.hangUp());
  await line.waitForFunction(() => window.phoneDevice.events.some((event) => event.startsWith("ended:")));
  await line.close();
  await settle();
  return shownAt - invitedAt;
}
