import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { newRecordId } from "../../shared/entities/id.ts";
import type { PhoneState } from "../../shared/calls/phone.ts";
import { makeToken, startTestSimulator, type TestSimulator } from "../simulator/start-test-simulator.ts";
import { createPhoneReplica, type PhoneReplica } from "../phone/phone-replica.ts";
import { openPhoneViewer, type PhoneViewer } from "../phone/phone-viewer.ts";
import { servePhonePage, type PhonePage } from "../phone/serve-phone-page.ts";

// The phone window as it is built, in a real browser with real sound, between a real hub and the simulated carrier.

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const media = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...media] });
  },
});

let page: PhonePage;
let carrier: TestSimulator;
let replica: PhoneReplica;
let desk: PhoneViewer;

test.beforeAll(async () => {
  page = await servePhonePage();
});
test.afterAll(() => page.close());
test.beforeEach(async () => {
  carrier = await startTestSimulator();
  replica = createPhoneReplica({
    access: async () => ({ ok: true, value: accessFor(3_600) }),
    permit: async (callId, to) => ({
      ok: true,
      value: { callId: callId as never, to, from: "+14155550199", announce: false },
    }),
    control: async () => ({ ok: true, value: {} }),
  });
  page.serve(replica.router);
  desk = await openPhoneViewer(page.url);
});
test.afterEach(async () => {
  desk.close();
  replica.close();
  await carrier.close();
});

function accessFor(ttlSeconds: number) {
  return {
    provider: "simulator" as const,
    token: makeToken("ana", ttlSeconds),
    expiresAt: new Date(Date.now() + ttlSeconds * 1_000).toISOString(),
    identity: "ana",
    signalling: `ws://${carrier.signallingHost}/signal`,
    edge: null,
  };
}

async function openPhone(context: BrowserContext): Promise<Page> {
  const phone = await context.newPage();
  await phone.goto(`${page.url}/phone.html`);
  await expect(phone.getByText("Ready for calls.")).toBeVisible();
  return phone;
}

/** Somebody calls Ana; answers the call's id. */
async function callAna(): Promise<string> {
  const callId = newRecordId();
  carrier.webhooks.answers.set(
    "/voice",
    () =>
      `<Response><Dial><Client><Identity>ana</Identity><Parameter name="callId" value="${callId}"/></Client></Dial></Response>`,
  );
  await carrier.control("POST", "/calls", { script: "tone", mode: "straight", stays: true });
  await desk.until(({ calls }) => calls.some((call) => call.callId === callId));
  return callId;
}

const phaseOf = (state: PhoneState, callId: string) =>
  state.calls.find((call) => call.callId === callId)?.call.phase.phase;

test("rings, is answered and hung up on through phone.do of another window", async ({ context }) => {
  const phone = await openPhone(context);
  const callId = await callAna();
  await expect(phone.getByText("calling you")).toBeVisible();
  expect(await desk.do({ do: "answer", callId })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "live");
  expect(replica.presence.mine().presence).toBe("busy");
  await desk.untilLevels(({ speaker }) => speaker > 0.02);
  await desk.untilLevels(({ microphone }) => microphone > 0.01);

  expect(await desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
  expect(replica.presence.mine().presence).toBe("wrap-up");
  expect(replica.reported.flatMap(({ events }) => events).map(({ type }) => type)).toEqual([
    "answered",
    "ended",
  ]);
  expect(await desk.do({ do: "wrapped-up", callId })).toEqual({ ok: true });
  await desk.until(({ calls }) => calls.length === 0);
  expect(replica.presence.mine().presence).toBe("available");
});
