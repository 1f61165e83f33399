import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { newRecordId } from "../../shared/entities/id.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { foldCall } from "../../shared/calls/fold-call.ts";
import type { PhoneState } from "../../shared/calls/phone.ts";
import {
  makeToken,
  ownNumber,
  startTestSimulator,
  type TestSimulator,
} from "../simulator/start-test-simulator.ts";
import { createPhoneReplica, type PhoneReplica } from "../phone/phone-replica.ts";
import { openPhoneViewer, type PhoneViewer } from "../phone/phone-viewer.ts";
import { servePhonePage, type PhonePage } from "../phone/serve-phone-page.ts";
import { withFakeMedia } from "./fake-media.ts";

// The phone window as it is built, in a real browser with real sound, between a real hub and the simulated carrier.

test.use(withFakeMedia());

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
    access: async () => ({ ok: true, value: carrier.accessOf("ana") }),
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

/** What the server makes of a dial once the other side has picked up. */
function tellAnswered(callId: string, to: string): void {
  const at = (seq: number) => ({
    source: "server:test",
    key: `${callId}:${seq}`,
    seq,
    at: new Date().toISOString(),
  });
  const both = { from: ownNumber, to, provider: "simulator", leadId: null };
  const events = [
    CallEvent.parse({ ...at(0), type: "requested", ...both, agentId: "ana" }),
    CallEvent.parse({ ...at(1), type: "answered", agentId: "ana" }),
  ];
  replica.receive({ [callId]: { line: foldCall(events, callRules) } });
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

test("dials, hears the other side, mutes, sends digits and hangs up", async ({ context }) => {
  await openPhone(context);
  const to = "+14155550123";
  carrier.webhooks.answers.set(
    "/outgoing",
    () => `<Response><Dial answerOnBridge="true" callerId="${ownNumber}">${to}</Dial></Response>`,
  );
  await carrier.control("PUT", `/outcomes/${to}`, {
    kind: "answers",
    afterMs: 500,
    script: "tone",
    mode: "straight",
  });
  const callId = newRecordId();
  expect(await desk.do({ do: "dial", callId, to, leadId: null })).toEqual({ ok: true });
  await desk.untilLevels(({ speaker }) => speaker > 0.02);
  // Their ringing is heard: the record may be ahead of the device, which can send no digits yet.
  tellAnswered(callId, to);
  await desk.until((state) => phaseOf(state, callId) === "live");
  await desk.until(({ calls: [call] }) => call?.can.includes("dtmf") === true);
  expect(carrier.webhooks.of("/outgoing")[0]).toMatchObject({ From: "client:ana", callId });

  expect(await desk.do({ do: "mute", callId, on: true })).toEqual({ ok: true });
  await desk.untilLevels(({ microphone }) => microphone === 0);
  expect(await desk.do({ do: "mute", callId, on: false })).toEqual({ ok: true });
  await desk.untilLevels(({ microphone }) => microphone > 0.01);
  expect(await desk.do({ do: "dtmf", callId, digits: "75#" })).toEqual({ ok: true });
  expect(await desk.do({ do: "hold", callId, on: true })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "held");
  expect(replica.controlled).toEqual([{ callId, control: { do: "hold", on: true } }]);
  expect(await desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
  expect(replica.reported.map(({ events: [event] }) => event?.type)).toEqual(["requested", "ended"]);
});

test("pain: the microphone stays open after hang-up: no track of this page is live", async ({ context }) => {
  const phone = await context.newPage();
  await phone.addInitScript(countMicrophones);
  await phone.goto(`${page.url}/phone.html`);
  await expect(phone.getByText("Ready for calls.")).toBeVisible();
  const live = () => phone.evaluate(() => (window as unknown as { liveTracks(): number }).liveTracks());
  expect(await live()).toBe(0);
  const callId = await callAna();
  await desk.do({ do: "answer", callId });
  await desk.until((state) => phaseOf(state, callId) === "live");
  expect(await live()).toBeGreaterThan(0);
  await desk.do({ do: "hang-up", callId });
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
  await expect.poll(live).toBe(0);
});

/** Keeps every track that getUserMedia gives, so that the test sees which are still recording. */
function countMicrophones(): void {
  const tracks: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  Object.assign(window, {
    liveTracks: () => tracks.filter(({ readyState }) => readyState === "live").length,
  });
}

test("the caller hangs up: the call ends here too", async ({ context }) => {
  await openPhone(context);
  const callId = await callAna();
  await desk.do({ do: "answer", callId });
  await desk.until((state) => phaseOf(state, callId) === "live");
  await carrier.control("POST", `/calls/${carrier.webhooks.of("/voice")[0]?.["CallSid"]}/hang-up`);
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
});

test("a caller who gives up while it rings is gone at once", async ({ context }) => {
  await openPhone(context);
  const callId = await callAna();
  await carrier.control("POST", `/calls/${carrier.webhooks.of("/voice")[0]?.["CallSid"]}/hang-up`);
  await desk.until(({ calls }) => calls[0]?.warning === "The caller hung up.");
  expect(await desk.do({ do: "answer", callId })).toMatchObject({ error: { code: "not-possible" } });
});

test("pain: other agents keep ringing: of two desks one answers, the other says it was answered elsewhere", async ({
  context,
  browser,
}) => {
  await openPhone(context);
  const others = createPhoneReplica(replica.server);
  const otherPage = await servePhonePage();
  otherPage.serve(others.router);
  const other = await openPhoneViewer(otherPage.url);
  try {
    const second = await (await browser.newContext()).newPage();
    await second.goto(`${otherPage.url}/phone.html`);
    await expect(second.getByText("Ready for calls.")).toBeVisible();
    const callId = await callAna();
    await other.until((state) => state.calls.some((call) => call.callId === callId));
    expect(await desk.do({ do: "answer", callId })).toEqual({ ok: true });
    await other.until(({ calls }) => calls[0]?.can.length === 0);
    expect(await other.do({ do: "answer", callId })).toMatchObject({
      ok: false,
      error: { code: "not-possible" },
    });
  } finally {
    other.close();
    others.close();
    await otherPage.close();
  }
});

test("call waiting: the second is answered, the first is held and not hung up, and a third is dialled beside them", async ({
  context,
}) => {
  await openPhone(context);
  const first = await callAna();
  await desk.do({ do: "answer", callId: first });
  await desk.until((state) => phaseOf(state, first) === "live");
  const second = await callAna();
  expect(await desk.do({ do: "answer", callId: second })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, first) === "held" && phaseOf(state, second) === "live");
  await desk.untilLevels(({ speaker }) => speaker > 0.02);
  expect(await desk.do({ do: "hold", callId: second, on: true })).toEqual({ ok: true });

  const third = newRecordId();
  const to = "+14155550124";
  carrier.webhooks.answers.set(
    "/outgoing",
    () => `<Response><Dial answerOnBridge="true">${to}</Dial></Response>`,
  );
  await carrier.control("PUT", `/outcomes/${to}`, {
    kind: "answers",
    afterMs: 100,
    script: "tone",
    mode: "straight",
  });
  expect(await desk.do({ do: "dial", callId: third, to, leadId: null })).toEqual({ ok: true });
  tellAnswered(third, to);
  await desk.until((state) => phaseOf(state, third) === "live");
  await desk.do({ do: "hang-up", callId: third });
  await desk.until((state) => phaseOf(state, third) === "wrap-up");

  expect(await desk.do({ do: "hold", callId: first, on: false })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, first) === "live" && phaseOf(state, second) === "held");
  await desk.untilLevels(({ speaker, microphone }) => speaker > 0.02 && microphone > 0.01);
  await desk.do({ do: "hang-up", callId: second });
  await desk.until((state) => phaseOf(state, second) === "wrap-up");
  expect(phaseOf(desk.state(), first)).toBe("live");
});

test("a replica that begins anew leaves the call up, and hears of it again", async ({ context }) => {
  await openPhone(context);
  const callId = await callAna();
  await desk.do({ do: "answer", callId });
  await desk.until((state) => phaseOf(state, callId) === "live");
  const next = createPhoneReplica(replica.server);
  page.serve(next.router);
  replica.close();
  replica = next;
  desk.close();
  desk = await openPhoneViewer(page.url);
  await desk.until((state) => phaseOf(state, callId) === "live");
  await desk.untilLevels(({ speaker }) => speaker > 0.02);
  expect(await desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
});

test("a second phone window stands by and takes over when the first one goes", async ({ context }) => {
  const first = await openPhone(context);
  const second = await context.newPage();
  await second.goto(`${page.url}/phone.html`);
  await expect(second.getByText("Another window of this desk is the phone.")).toBeVisible();
  await first.close();
  await expect(second.getByText("Ready for calls.")).toBeVisible();
  await desk.until(({ line }) => line.state === "ready");
});

test("the phone window goes in mid-call: its state is off at once", async ({ context }) => {
  const phone = await openPhone(context);
  const callId = await callAna();
  await desk.do({ do: "answer", callId });
  await desk.until((state) => phaseOf(state, callId) === "live");
  await phone.close();
  await desk.until(({ line, calls }) => line.state === "off" && calls.length === 0);
  expect(await desk.do({ do: "hang-up", callId })).toMatchObject({ error: { code: "no-phone" } });
});

test("pain: a token that has expired: fresh access is asked for once, and the line comes up", async ({
  context,
}) => {
  let asked = 0;
  replica.server.access = async () => {
    asked += 1;
    return {
      ok: true,
      value: { ...carrier.accessOf("ana"), ...(asked === 1 ? { token: makeToken("ana", -60) } : {}) },
    };
  };
  await openPhone(context);
  expect(asked).toBe(2);
});

test("pain: the signalling is cut in mid-call: sound goes on, the line registers again, and the call is taken up", async ({
  context,
}) => {
  await openPhone(context);
  const connection = await connectionOfAna();
  const callId = await callAna();
  await desk.do({ do: "answer", callId });
  // Cut at once: the carrier may or may not have the answer by then.
  await desk.until((state) => phaseOf(state, callId) === "live");
  await carrier.control("POST", "/devices/ana/cut");
  const heard = desk.untilLevels(({ speaker }) => speaker > 0.02);
  await expect.poll(async () => (await connectionOfAna()) ?? connection).not.toBe(connection);
  await heard;
  await desk.until(({ line, calls }) => line.state === "ready" && calls[0]?.warning === null);
  expect(phaseOf(desk.state(), callId)).toBe("live");
  expect(await desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await desk.until((state) => phaseOf(state, callId) === "wrap-up");
});

/** Name of the connection over which she signals; another one each time. */
async function connectionOfAna(): Promise<string | undefined> {
  const { devices } = await carrier.control("GET", "/");
  return (devices as { identity: string; id: string }[]).find(({ identity }) => identity === "ana")?.id;
}

test("the microphone is refused: the caller keeps ringing, and the person reads why", async ({ context }) => {
  const phone = await context.newPage();
  await phone.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
  });
  await phone.goto(`${page.url}/phone.html`);
  await desk.until(({ microphone, line }) => microphone === "denied" && line.state === "ready");
  const callId = await callAna();
  expect(await desk.do({ do: "answer", callId })).toMatchObject({ error: { code: "no-microphone" } });
  expect(desk.state().calls[0]?.can).toEqual(["answer", "decline"]);
  expect(await desk.do({ do: "decline", callId })).toEqual({ ok: true });
  await desk.until(({ calls }) => calls.length === 0);
});

test("the pre-call test says in words what a call would be like", async ({ context }) => {
  await openPhone(context);
  expect(await desk.do({ do: "test" })).toEqual({ ok: true });
  const { test: result } = await desk.until(({ test: state }) => state?.state === "done");
  expect(result).toMatchObject({ state: "done", verdict: expect.stringMatching(/good|fair/u) });
  expect(result?.state === "done" && result.findings.length).toBeGreaterThan(0);
});
