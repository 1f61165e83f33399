import type { Browser, Page } from "@playwright/test";
import { otherNumber, type CallState } from "../../shared/calls/call.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import { isSameParty } from "../../shared/calls/same-party.ts";
import { newRecordId, type RecordId, type UserId } from "../../shared/entities/id.ts";
import { turnOf } from "../../sync-server/telephony/unclaimed-calls.ts";
import { ana } from "../../sync-server/demo/people.ts";
import { createPhoneReplica } from "../phone/phone-replica.ts";
import { openPhoneViewer } from "../phone/phone-viewer.ts";
import { servePhonePage } from "../phone/serve-phone-page.ts";
import { pullAll, signInDevice } from "../processes/bare-device.ts";
import type { Stage } from "../processes/stage.ts";
import {
  countOf,
  endsOf,
  expectEvent,
  expectSilence,
  expectSound,
  useSipPhones,
} from "../sip/use-sip-phones.ts";
import { signInAdmin, type Admin } from "./admin-api.ts";
import {
  callButton,
  currentCall,
  customer as prospect,
  dial,
  dialAtAnyHour,
  expectHeard,
  expectLoud,
  turnPhoneOn,
} from "./at-the-phone.ts";
import { openDesk } from "./desk-page.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";
import { expect, test } from "./stage.ts";

// Desks at a company's own exchange, which makes another call of one that is handed on (docs/decisions/0037).

test.use(withFakeMedia(playsAtOnce));

const at = useSipPhones();
const caller = "13125550147";
const never = async () => ({ ok: false, error: { code: "failed", message: "" }, blocked: null }) as const;

/** The phone window of a desk, as it is built, with a line at the exchange. */
async function openPhoneOf(browser: Browser, name: string) {
  const access = async () => ({ ok: true, value: at.exchange.accessOf(name) }) as const;
  const replica = createPhoneReplica({ access, permit: never, control: never }, name as UserId);
  const page = await servePhonePage();
  page.serve(replica.router);
  const viewer = await openPhoneViewer(page.url);
  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${page.url}/phone.html`);
  await expect(phone.getByText("Ready for calls.")).toBeVisible();
  return {
    ...viewer,
    /** What it has told of a call so far. */
    toldOf: (callId: RecordId) =>
      replica.reported.flatMap((report) => (report.callId === callId ? report.events : [])),
    async close() {
      viewer.close();
      replica.close();
      await page.close();
    },
  };
}
type Desk = Awaited<ReturnType<typeof openPhoneOf>>;

async function untilRings(desk: Desk): Promise<RecordId> {
  const { calls } = await desk.until((state) => state.calls.some(({ can }) => can.includes("answer")));
  return calls.find(({ can }) => can.includes("answer"))?.callId as RecordId;
}

test("a call that is handed on is another one at the desk that has it now, and both tell what the server ends the first by", async ({
  browser,
}) => {
  const [ben, max] = [await openPhoneOf(browser, "ben"), await openPhoneOf(browser, "max")];
  try {
    const customer = await at.openPhone(browser, caller);
    const first = newRecordId();
    await customer.evaluate((callId) => window.phoneDevice.connect("ben", callId), first);
    expect(await untilRings(ben)).toBe(first);
    expect(await ben.do({ do: "answer", callId: first })).toEqual({ ok: true });
    await expectEvent(customer, "answered");
    await ben.until(({ calls }) => calls[0]?.call.phase.phase === "live");

    const target = { kind: "agent", userId: "max" as UserId } as const;
    const given = ben.do({ do: "transfer", callId: first, target, mode: "blind" });
    const second = await untilRings(max);
    expect(second).not.toBe(first);
    expect(await max.do({ do: "answer", callId: second })).toEqual({ ok: true });
    // On a laden machine nobody waits for that long enough; what it comes to is told all the same.
    await given;
    await ben.until(({ calls }) => calls.length === 0);
    await max.until(({ calls }) => calls[0]?.call.phase.phase === "live");
    await expectSound(customer);

    const turn = () => turnOf(ben.toldOf(first));
    await expect.poll(turn).toMatchObject({ agentId: "max", isClaimed: false });
    const talk = () => foldCall(max.toldOf(second), callRules);
    await expect.poll(talk).toMatchObject({ agentId: "max", provider: "sip", phase: { phase: "live" } });
    const [theirs, now] = [turn()?.otherNumber ?? "", talk()];
    expect([theirs, now && isSameParty(otherNumber(now), theirs)]).toEqual([`+${caller}`, true]);

    await customer.evaluate(() => window.phoneDevice.hangUp());
    await expect.poll(talk).toMatchObject({ phase: { phase: "wrap-up", why: "completed" } });
    expect(ben.toldOf(second)).toEqual([]);
    expect(max.toldOf(first)).toEqual([]);
  } finally {
    await ben.close();
    await max.close();
  }
});

const extension = "101";
const reception = "103";

test("Ana's desk is rung by a lead at the company's exchange, who is held, handed to an extension and written down; what she dials is permitted first", async ({
  stage,
  browser,
}) => {
  const admin = await signInAdmin(stage);
  await connectExchange(admin);
  await dialAtAnyHour(stage, "US");
  const { page } = await openDesk(stage, browser);
  await turnPhoneOn(page);

  const maria = await at.openPhone(browser, caller);
  await test.step("the card says whose lead it is; both are heard once she answers", () =>
    beRung(page, maria));
  await test.step("on hold nobody is heard, and both are when they are taken back", () => hold(page, maria));
  await test.step("handed over at once, they are with the extension, and in no call of hers", async () => {
    const desk = await at.openPhone(browser, reception);
    await handOver(page, reception);
    await expectEvent(desk, "incoming");
    await desk.evaluate(() => window.phoneDevice.accept());
    await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeVisible();
    await expectSound(desk);
    await expectSound(maria);
    expect(await endsOf(maria)).toEqual([]);
  });
  await test.step("written down, the server has it with its lead and its lengths, and nothing that was said", async () => {
    await page.getByRole("textbox", { name: "Notes of this call" }).fill("Wants the fourth floor");
    await wrapUp(page, "Tour booked");
    await expectKept(stage);
  });
  await test.step("a number that must not be called is refused with its reason; permitted, the exchange rings it", () =>
    dialOut(page, browser, admin));
});

/** As the console's page of the line does. */
async function connectExchange(admin: Admin): Promise<void> {
  const { server, domain, password } = at.exchange;
  const config = { server, domain, agents: [{ userId: ana, username: extension }] };
  const credentials = { [`agent:${ana}`]: password };
  await admin.ask("POST", "/telephony/accounts", { provider: "sip", label: "Office", config, credentials });
  // No clock runs out on a slow machine.
  await admin.ask("PATCH", "/phone/rules", { wrapUpSeconds: 3_600 });
}

async function beRung(page: Page, maria: Page): Promise<void> {
  await maria.evaluate((to) => window.phoneDevice.connect(to), extension);
  const ringing = page.getByRole("alertdialog", { name: "Call from Maria Kowalski" });
  await expect(ringing).toContainText("Halden Logistics");
  await ringing.getByRole("button", { name: "Answer" }).click();
  await expectEvent(maria, "answered");
  await expectHeard(page);
  await expectLoud(page, "you");
  await expectSound(maria);
  await expect(currentCall(page)).toContainText("Maria Kowalski");
  await expect(callButton(page, "Add")).toBeDisabled();
}

async function hold(page: Page, maria: Page): Promise<void> {
  await callButton(page, "Hold").click();
  await expect(currentCall(page)).toContainText("On hold");
  await expectSilence(maria);
  await callButton(page, "Resume").click();
  await expect(callButton(page, "Hold")).toBeEnabled();
  await expectSound(maria);
  await expectHeard(page);
}

async function handOver(page: Page, to: string): Promise<void> {
  await callButton(page, "Transfer").click();
  await page.getByRole("textbox", { name: "Hand over to" }).fill(to);
  await page.getByRole("button", { name: "Hand over now" }).click();
}

async function wrapUp(page: Page, ending: string): Promise<void> {
  await page.getByRole("radio", { name: ending }).click();
  await page.getByRole("button", { name: "Finish wrap-up" }).click();
  await expect(page.getByRole("heading", { name: "Wrap-up" })).toBeHidden();
}

async function expectKept(stage: Stage): Promise<void> {
  const device = await signInDevice(stage.serverUrl, `reader-${newRecordId()}`);
  const leads = await pullAll(stage.serverUrl, device, "leads");
  const maria = leads.find(({ name }) => name === "Maria Kowalski");
  const ofExchange = async () => {
    const calls = await pullAll(stage.serverUrl, device, "calls");
    return calls.filter(({ line }) => (line as CallState | null)?.provider === "sip");
  };
  const wholeTalk = { agentId: ana, from: expect.any(String), to: expect.any(String) };
  await expect.poll(ofExchange).toMatchObject([
    {
      ...{ direction: "inbound", agentId: ana, leadId: maria?.id, endReason: "transferred" },
      ...{ disposition: "tour-booked", notes: "Wants the fourth floor", recording: "" },
      ...{ answeredAt: expect.any(String), endedAt: expect.any(String) },
      line: {
        from: `+${caller}`,
        recording: "off",
        consent: "none",
        talks: [wholeTalk, wholeTalk],
        phase: { phase: "ended" },
      },
    },
  ]);
  const [call] = await ofExchange();
  const line = call?.["line"] as CallState | undefined;
  expect(line?.holdMs).toBeGreaterThan(0);
  const said = await pullAll(stage.serverUrl, device, "segments");
  expect(said.filter(({ callId }) => callId === call?.id)).toEqual([]);
}

async function dialOut(page: Page, browser: Browser, admin: Admin): Promise<void> {
  const theirs = await at.openPhone(browser, prospect);
  await admin.ask("POST", "/do-not-call", { number: prospect, reason: "Asked by mail" });
  await dial(page, prospect);
  const reason = /^This number stands in the do-not-call list “In-house” since /u;
  await expect(page.getByText(reason)).toBeVisible();
  await expect(currentCall(page)).toBeHidden();
  expect(await countOf(theirs, "incoming")).toBe(0);

  await admin.ask("DELETE", `/do-not-call/${encodeURIComponent(prospect)}`);
  await dial(page, prospect);
  await expectEvent(theirs, "incoming");
  await theirs.evaluate(() => window.phoneDevice.accept());
  await expectHeard(page);
  await expectSound(theirs);
  await callButton(page, "End").click();
  await expectEvent(theirs, "ended:completed");
  await wrapUp(page, "Not a fit");
}
