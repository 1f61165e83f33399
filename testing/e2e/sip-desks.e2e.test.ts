import { expect, test, type Browser } from "@playwright/test";
import { otherNumber } from "../../shared/calls/call.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import { isSameParty } from "../../shared/calls/same-party.ts";
import { newRecordId, type RecordId, type UserId } from "../../shared/entities/id.ts";
import { turnOf } from "../../sync-server/telephony/unclaimed-calls.ts";
import { createPhoneReplica } from "../phone/phone-replica.ts";
import { openPhoneViewer } from "../phone/phone-viewer.ts";
import { servePhonePage } from "../phone/serve-phone-page.ts";
import { expectEvent, expectSound, useSipPhones } from "../sip/use-sip-phones.ts";
import { playsAtOnce, withFakeMedia } from "./fake-media.ts";

// Two desks at a company's own exchange that makes another call of one that is handed on (docs/decisions/0037).

test.use(withFakeMedia(playsAtOnce));

const at = useSipPhones();
const caller = "13125550147";
const never = async () => ({ ok: false, error: { code: "failed", message: "" }, blocked: null }) as const;

/** The phone window of a desk, as it is built, with a line at the exchange. */
async function openDesk(browser: Browser, name: string) {
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
type Desk = Awaited<ReturnType<typeof openDesk>>;

async function untilRings(desk: Desk): Promise<RecordId> {
  const { calls } = await desk.until((state) => state.calls.some(({ can }) => can.includes("answer")));
  return calls.find(({ can }) => can.includes("answer"))?.callId as RecordId;
}

test("a call that is handed on is another one at the desk that has it now, and both tell what the server ends the first by", async ({
  browser,
}) => {
  const [ben, max] = [await openDesk(browser, "ben"), await openDesk(browser, "max")];
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
    expect([theirs, now && isSameParty(otherNumber(now), theirs)]).toEqual([caller, true]);

    await customer.evaluate(() => window.phoneDevice.hangUp());
    await expect.poll(talk).toMatchObject({ phase: { phase: "wrap-up", why: "completed" } });
    expect(ben.toldOf(second)).toEqual([]);
    expect(max.toldOf(first)).toEqual([]);
  } finally {
    await ben.close();
    await max.close();
  }
});
