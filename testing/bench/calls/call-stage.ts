import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { usualPhoneRules } from "../../../shared/calls/phone-rules.ts";
import type { PhoneState } from "../../../shared/calls/phone.ts";
import type { Client } from "../../../shared/rpc/client.ts";
import type { InputOf } from "../../../shared/rpc/define.ts";
import { listLeads } from "../../../shared/rpc/contract/leads.ts";
import { doOnPhone, listCalls, phoneState } from "../../../shared/rpc/contract/phone.ts";
import { inTenant, schema, type Database } from "../../../sync-server/database/index.ts";
import { demoTenant, generateLeads } from "../../../sync-server/demo/index.ts";
import { ana } from "../../../sync-server/demo/people.ts";
import { saveRecords } from "../../../sync-server/sync/index.ts";
import { findChromium } from "../../../tools/chromium.ts";
import { until } from "../../processes/desk.ts";
import { addTestAccount, testAccountId } from "../../telephony/test-account.ts";
import { addBenchPlaybook } from "../coaching/bench-playbook.ts";
import { openLab, untilLive } from "../lab.ts";
import { chromiumArgs } from "../window-blocks.ts";
import { openCarrierDoor, type CarrierDoor } from "./carrier-door.ts";
import { eventually } from "./eventually.ts";
import { watchClicks } from "./page-clock.ts";
import { voiceFile } from "./voice.ts";

const leads = 50_000;
export const anasNumber = "+19295550101";

/** Ana at her desk with 50,000 leads: server, carrier and replica are processes, desk and phone pages of Chromium. */
export type CallStage = {
  browser: Browser;
  desk: Page;
  phone: Page;
  /** Another window of hers, without a page. */
  client: Client;
  door: CarrierDoor;
  serverUrl: string;
  serverPid(): number;
  /** People whose number nobody else has. */
  callers: readonly Caller[];
  /** Opens the desk's page again, where it has crashed. */
  openDeskPage(): Promise<Page>;
  /** Wraps up what is over, and waits until nobody has a line to anybody and the server knows it. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

const everybody: InputOf<typeof listLeads> = {
  filters: [],
  sort: { field: "score", direction: "desc" },
  search: "",
  offset: 0,
  limit: 1,
};

export type Caller = { name: string; phone: string };

/** @param fill adds what a bench needs besides; the folder must be its own then */
export async function openCallStage(
  folder: string,
  log: (line: string) => void,
  fill: (db: Database) => Promise<void> = async () => {},
): Promise<CallStage> {
  const lab = await openLab(folder, leads, log, async (db, dataDir) => {
    await prepareTenant(db, dataDir);
    await fill(db);
  });
  const closers: (() => unknown)[] = [() => lab.close()];
  try {
    const running = await lab.openDesk(join(folder, "call-desk"));
    closers.push(() => running.close());
    const client = await running.openWindow();
    closers.push(() => client.close());
    const browser = await launch(folder);
    closers.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(keepConnections);
    const openDeskPage = async () => {
      const page = await context.newPage();
      await watchClicks(page);
      await page.goto(running.address);
      return page;
    };
    const desk = await openDeskPage();
    await untilLive(client);
    await until(client, listLeads, everybody, ({ total }) => total >= leads);
    const phone = await turnPhoneOn(desk);
    await until(client, phoneState, {}, ({ line }) => line.state === "ready");
    const door = await openCarrierDoor(join(folder, "lab"), testAccountId);
    closers.push(() => door.close());
    log("the phone is ready");
    return {
      ...{ browser, desk, phone, client, door, openDeskPage, serverUrl: lab.serverUrl },
      serverPid: () => lab.serverPid(),
      callers: chooseCallers(),
      settle: () => settle(client, door),
      close: () => closeAll(closers),
    };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

async function prepareTenant(db: Database, dataDir: string): Promise<void> {
  await addAnasLine(db, dataDir);
  await letDialAtAnyHour(db);
  await addBenchPlaybook(db);
}

async function addAnasLine(db: Database, dataDir: string): Promise<void> {
  await addTestAccount(db, dataDir);
  await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    tx.insert(schema.telephonyNumbers).values({
      ...{ tenantId: demoTenant.id, accountId: testAccountId, number: anasNumber },
      ...{ agentId: ana, alwaysOpen: true, label: "Direct" },
    }),
  );
}

/** A bench is run at every hour. */
async function letDialAtAnyHour(db: Database): Promise<void> {
  const days = Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]);
  const windows = [{ where: "US", days, onHolidays: "open", source: "a bench" }];
  const rules = { id: "phone-rules", kind: "phone-rules", order: 0, ...usualPhoneRules, windows };
  await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    saveRecords(tx, demoTenant.id, "settings", [rules], { now: new Date().toISOString() }),
  );
}

async function launch(folder: string): Promise<Browser> {
  const voice = join(folder, "voice.wav");
  await writeFile(voice, voiceFile(10));
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...chromiumArgs,
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${voice}`,
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

/** In a window of its own, as people do: a page behind another one is painted once a second. */
async function turnPhoneOn(desk: Page): Promise<Page> {
  const opened = desk.context().waitForEvent("page");
  await desk.getByRole("button", { name: "Turn the phone on" }).click();
  return opened;
}

/** So that what a call's connections have received can be asked. */
function keepConnections(): void {
  const connections: RTCPeerConnection[] = [];
  Object.assign(globalThis, {
    connections,
    RTCPeerConnection: class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    },
  });
}

/** Out of the whole tenant, so that no list or cache has them by chance. */
function chooseCallers(): Caller[] {
  const people = generateLeads({ seed: 7, count: leads });
  const holders = new Map<string, number>();
  for (const { phone, phoneSecond } of people)
    for (const number of [phone, phoneSecond]) holders.set(number, (holders.get(number) ?? 0) + 1);
  return people
    .filter(({ phone }, index) => index % 397 === 11 && phone.startsWith("+") && holders.get(phone) === 1)
    .map(({ name, phone }) => ({ name, phone }));
}

async function settle(client: Client, door: CarrierDoor): Promise<void> {
  const { calls } = await until(client, phoneState, {}, isOver);
  for (const { callId, call } of calls)
    if (call.phase.phase === "wrap-up") await client.call(doOnPhone, { do: "wrapped-up", callId });
  await eventually(async () => ((await door.countCalls()) === 0 ? true : undefined));
  const newest = { scope: "all", agent: null, search: "", offset: 0, limit: 1 } as const;
  await until(client, listCalls, newest, ({ rows }) => rows.every(({ endedAt, line }) => endedAt !== null && line?.phase.phase === "ended")); // prettier-ignore
}

function isOver({ calls }: PhoneState): boolean {
  return calls.every(({ call }) => ["wrap-up", "ended"].includes(call.phase.phase));
}

async function closeAll(closers: readonly (() => unknown)[]): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
