import { expect, test } from "@playwright/test";
import { newRecordId, type RecordId } from "../../shared/entities/id.ts";
import { makeToken } from "../simulator/start-test-simulator.ts";
import { createPhoneReplica } from "../phone/phone-replica.ts";
import { openPhoneViewer } from "../phone/phone-viewer.ts";
import { servePhonePage } from "../phone/serve-phone-page.ts";
import { usePhoneStage } from "../phone/use-phone-stage.ts";
import { withFakeMedia } from "./fake-media.ts";

// The phone window as it is built, in a real browser with real sound, between a real hub and the simulated carrier.

test.use(withFakeMedia());

const at = usePhoneStage();

test("rings, is answered and hung up on through phone.do of another window", async ({ context }) => {
  const page = await context.newPage();
  await page.addInitScript(playOnceClicked);
  const phone = await at.openPhone(page);
  const callId = await at.callAna();
  await expect(phone.getByText("calling you")).toBeVisible();
  await test.step("pain: autoplay blocks the ring: the window says so, and one click ends that", async () => {
    const hear = phone.getByRole("button", { name: "Click to hear the ring" });
    await hear.click();
    await expect(hear).toBeHidden();
  });
  expect(await at.desk.do({ do: "answer", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "live");
  expect(at.replica.presence.mine().presence).toBe("busy");
  await at.desk.untilLevels(({ speaker }) => speaker > 0.02);
  await at.desk.untilLevels(({ microphone }) => microphone > 0.01);

  expect(await at.desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "wrap-up");
  expect(at.replica.presence.mine().presence).toBe("wrap-up");
  expect(at.replica.reported.flatMap(({ events }) => events).map(({ type }) => type)).toEqual([
    "answered",
    "ended",
  ]);
  expect(await at.desk.do({ do: "wrapped-up", callId })).toEqual({ ok: true });
  await at.desk.until(({ calls }) => calls.length === 0);
  expect(at.replica.presence.mine().presence).toBe("available");
});

/**
 * Runs in the page: sounds that are no voice of a call are heard once somebody has clicked, as browsers have it. They take
 * whatever a test looks at for a click of a person's.
 */
function playOnceClicked(): void {
  let clicked = false;
  addEventListener("click", () => (clicked = true), { capture: true });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    const isRefused = this.srcObject === null && !clicked;
    return isRefused ? Promise.reject(new DOMException("Click first.", "NotAllowedError")) : play.call(this);
  };
}

test("dials, hears the other side, mutes, sends digits and hangs up", async ({ context }) => {
  await at.openPhone(await context.newPage());
  const to = "+14155550123";
  await at.letDial(to, 500);
  const callId = newRecordId();
  expect(await at.desk.do({ do: "dial", callId, to, leadId: null })).toEqual({ ok: true });
  await at.desk.untilLevels(({ speaker }) => speaker > 0.02);
  // Their ringing is heard: the record may be ahead of the device, which can send no digits yet.
  at.tellAnswered(callId, to);
  await at.untilPhase(callId, "live");
  await at.desk.until(({ calls: [call] }) => call?.can.includes("dtmf") === true);
  expect(at.carrier.webhooks.of("/outgoing")[0]).toMatchObject({ From: "client:ana", callId });

  expect(await at.desk.do({ do: "mute", callId, on: true })).toEqual({ ok: true });
  await at.desk.untilLevels(({ microphone }) => microphone === 0);
  expect(await at.desk.do({ do: "mute", callId, on: false })).toEqual({ ok: true });
  await at.desk.untilLevels(({ microphone }) => microphone > 0.01);
  expect(await at.desk.do({ do: "dtmf", callId, digits: "75#" })).toEqual({ ok: true });
  expect(await at.desk.do({ do: "hold", callId, on: true })).toEqual({ ok: true });
  await at.untilPhase(callId, "held");
  expect(at.replica.controlled).toEqual([{ callId, control: { do: "hold", on: true } }]);
  expect(await at.desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "wrap-up");
  expect(at.replica.reported.map(({ events: [event] }) => event?.type)).toEqual(["requested", "ended"]);
});

test("a dial that the server takes its time over is shown, ended from another window, and never placed", async ({
  context,
}) => {
  await at.openPhone(await context.newPage());
  const to = "+14155550123";
  const { permit } = at.replica.server;
  const answers = Promise.withResolvers<void>();
  at.replica.server.permit = async (...asked) => {
    await answers.promise;
    return permit(...asked);
  };
  const callId = newRecordId();
  const dialled = at.desk.do({ do: "dial", callId, to, leadId: null });
  await at.untilPhase(callId, "new");
  expect(at.desk.state().calls).toMatchObject([{ number: to, can: ["hang-up"] }]);
  expect(await at.desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  expect(await dialled).toEqual({ ok: true });
  await at.desk.until(({ calls }) => calls.length === 0);
  answers.resolve();
  const reported = () => at.replica.reported.flatMap(({ events }) => events).map(({ type }) => type);
  await expect.poll(reported).toEqual(["requested", "ended", "wrapped-up"]);
  expect(at.desk.state().calls).toEqual([]);
  expect(at.carrier.webhooks.of("/outgoing")).toEqual([]);
});

test("the caller hangs up: the call ends here too", async ({ context }) => {
  await at.openPhone(await context.newPage());
  const callId = await at.callAna();
  await at.desk.do({ do: "answer", callId });
  await at.untilPhase(callId, "live");
  await at.carrier.control("POST", `/calls/${at.carrier.webhooks.of("/voice")[0]?.["CallSid"]}/hang-up`);
  await at.untilPhase(callId, "wrap-up");
});

test("a caller who gives up while it rings is gone at once", async ({ context }) => {
  await at.openPhone(await context.newPage());
  const callId = await at.callAna();
  await at.carrier.control("POST", `/calls/${at.carrier.webhooks.of("/voice")[0]?.["CallSid"]}/hang-up`);
  await at.desk.until(({ calls }) => calls[0]?.warning === "The caller hung up.");
  expect(await at.desk.do({ do: "answer", callId })).toMatchObject({ error: { code: "not-possible" } });
});

test("pain: other agents keep ringing: of two desks one answers, the other says it was answered elsewhere", async ({
  context,
  browser,
}) => {
  await at.openPhone(await context.newPage());
  const others = createPhoneReplica(at.replica.server);
  const otherPage = await servePhonePage();
  otherPage.serve(others.router);
  const other = await openPhoneViewer(otherPage.url);
  try {
    const second = await (await browser.newContext()).newPage();
    await second.goto(`${otherPage.url}/phone.html`);
    await expect(second.getByText("Ready for calls.")).toBeVisible();
    const callId = await at.callAna();
    await other.until((state) => state.calls.some((call) => call.callId === callId));
    expect(await at.desk.do({ do: "answer", callId })).toEqual({ ok: true });
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
  const page = await context.newPage();
  await page.addInitScript(keepVoices);
  await at.openPhone(page);
  const first = await at.callAna();
  await at.desk.do({ do: "answer", callId: first });
  await at.untilPhase(first, "live");
  const second = await at.callAna();
  expect(await at.desk.do({ do: "answer", callId: second })).toEqual({ ok: true });
  await at.untilPhase(first, "held");
  await at.untilPhase(second, "live");
  await at.desk.untilLevels(({ speaker }) => speaker > 0.02);
  expect(await at.desk.do({ do: "hold", callId: second, on: true })).toEqual({ ok: true });

  const third = newRecordId();
  const to = "+14155550124";
  await at.letDial(to, 100);
  expect(await at.desk.do({ do: "dial", callId: third, to, leadId: null })).toEqual({ ok: true });
  at.tellAnswered(third, to);
  await at.untilPhase(third, "live");
  await test.step("another speaker is that of all three", async () => {
    const deviceId = await page.evaluate(findOtherSpeaker);
    expect(await at.desk.do({ do: "choose-device", kind: "speaker", deviceId })).toEqual({ ok: true });
    await expect.poll(() => page.evaluate(speakersOfVoices)).toEqual([deviceId]);
  });
  await at.desk.do({ do: "hang-up", callId: third });
  await at.untilPhase(third, "wrap-up");

  expect(await at.desk.do({ do: "hold", callId: first, on: false })).toEqual({ ok: true });
  await at.untilPhase(first, "live");
  await at.untilPhase(second, "held");
  await at.desk.untilLevels(({ speaker, microphone }) => speaker > 0.02 && microphone > 0.01);
  await at.desk.do({ do: "hang-up", callId: second });
  await at.untilPhase(second, "wrap-up");
  expect(at.phaseOf(first)).toBe("live");
});

type WithVoices = { voices: Set<HTMLMediaElement> };

/** Runs in the page: what plays the other side of a call is in no document. */
function keepVoices(): void {
  const voices = new Set<HTMLMediaElement>();
  Object.assign(window, { voices } satisfies WithVoices);
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (this.srcObject !== null) voices.add(this);
    return play.call(this);
  };
}
function speakersOfVoices(): string[] {
  const { voices } = window as unknown as WithVoices;
  const heard = [...voices].filter(({ srcObject }) => srcObject instanceof MediaStream && srcObject.active);
  return [...new Set(heard.map(({ sinkId }) => sinkId))];
}
async function findOtherSpeaker(): Promise<string> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return (
    all.findLast(({ kind, deviceId }) => kind === "audiooutput" && deviceId !== "default")?.deviceId ?? ""
  );
}

test("a replica that begins anew leaves the call up, and hears of it again", async ({ context }) => {
  await at.openPhone(await context.newPage());
  const callId = await at.callAna();
  await at.desk.do({ do: "answer", callId });
  await at.untilPhase(callId, "live");
  const next = createPhoneReplica(at.replica.server);
  at.page.serve(next.router);
  at.replica.close();
  at.replica = next;
  at.desk.close();
  at.desk = await openPhoneViewer(at.page.url);
  await at.untilPhase(callId, "live");
  await at.desk.untilLevels(({ speaker }) => speaker > 0.02);
  expect(await at.desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "wrap-up");
});

test("a second phone window stands by and takes over when the first one goes", async ({ context }) => {
  const first = await at.openPhone(await context.newPage());
  const second = await context.newPage();
  await second.goto(`${at.page.url}/phone.html`);
  await expect(second.getByText("Another window of this desk is the phone.")).toBeVisible();
  await first.close();
  await expect(second.getByText("Ready for calls.")).toBeVisible();
  await at.desk.until(({ line }) => line.state === "ready");
});

test("the phone window goes in mid-call: its state is off at once", async ({ context }) => {
  const phone = await at.openPhone(await context.newPage());
  const callId = await at.callAna();
  await at.desk.do({ do: "answer", callId });
  await at.untilPhase(callId, "live");
  await phone.close();
  await at.desk.until(({ line, calls }) => line.state === "off" && calls.length === 0);
  expect(await at.desk.do({ do: "hang-up", callId })).toMatchObject({ error: { code: "no-phone" } });
});

test("pain: a token that has expired: fresh access is asked for once, and the line comes up", async ({
  context,
}) => {
  let asked = 0;
  at.replica.server.access = async () => {
    asked += 1;
    return {
      ok: true,
      value: { ...at.carrier.accessOf("ana"), ...(asked === 1 ? { token: makeToken("ana", -60) } : {}) },
    };
  };
  await at.openPhone(await context.newPage());
  expect(asked).toBe(2);
});

test("pain: a machine that wakes up: whatever tells of it, the line is looked for again at once", async ({
  context,
}) => {
  let asked = 0;
  let isServerThere = false;
  at.replica.server.access = async () => {
    asked += 1;
    if (isServerThere) return { ok: true, value: at.carrier.accessOf("ana") };
    return { ok: false, error: { code: "offline", message: "No server." }, blocked: null };
  };
  const phone = await context.newPage();
  await phone.addInitScript(stopWaiting);
  await phone.goto(`${at.page.url}/phone.html`);
  await expect(phone.getByText("No server.")).toBeVisible();
  const wakes = [
    () => phone.evaluate(() => window.dispatchEvent(new Event("online"))),
    () => phone.evaluate(() => document.dispatchEvent(new Event("resume"))),
    () => phone.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
    () => at.replica.tellPower("resume"),
  ];
  for (const [index, wake] of wakes.entries()) {
    isServerThere = index === wakes.length - 1;
    await wake();
    await expect.poll(() => asked).toBe(index + 2);
    await expect(phone.getByText(isServerThere ? "Ready for calls." : "No server.")).toBeVisible();
  }
});

/** Runs in the page: what would be tried again after a while never is, as in a machine that sleeps. */
function stopWaiting(): void {
  const { setTimeout: wait } = window;
  window.setTimeout = ((work: () => void, ms = 0) => (ms < 500 ? wait(work, ms) : 0)) as typeof setTimeout;
}

test("pain: the signalling is cut in mid-call: sound goes on, the line registers again, and the call is taken up", async ({
  context,
}) => {
  await at.openPhone(await context.newPage());
  const connection = await connectionOfAna();
  const callId = await at.callAna();
  await at.desk.do({ do: "answer", callId });
  // Cut at once: the carrier may or may not have the answer by then.
  await at.untilPhase(callId, "live");
  await at.carrier.control("POST", "/devices/ana/cut");
  const heard = at.desk.untilLevels(({ speaker }) => speaker > 0.02);
  await expect.poll(async () => (await connectionOfAna()) ?? connection).not.toBe(connection);
  await heard;
  await at.desk.until(({ line, calls }) => line.state === "ready" && calls[0]?.warning === null);
  expect(at.phaseOf(callId)).toBe("live");
  expect(await at.desk.do({ do: "hang-up", callId })).toEqual({ ok: true });
  await at.untilPhase(callId, "wrap-up");
});

/** Name of the connection over which she signals; another one each time. */
async function connectionOfAna(): Promise<string | undefined> {
  const { devices } = await at.carrier.control("GET", "/");
  return (devices as { identity: string; id: string }[]).find(({ identity }) => identity === "ana")?.id;
}

test("the microphone is refused: the caller keeps ringing, and the person reads why", async ({ context }) => {
  const phone = await context.newPage();
  await phone.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
  });
  await phone.goto(`${at.page.url}/phone.html`);
  await at.desk.until(({ microphone, line }) => microphone === "denied" && line.state === "ready");
  const callId = await at.callAna();
  expect(await at.desk.do({ do: "answer", callId })).toMatchObject({ error: { code: "no-microphone" } });
  expect(at.desk.state().calls[0]?.can).toEqual(["answer", "decline"]);
  expect(await at.desk.do({ do: "decline", callId })).toEqual({ ok: true });
  await at.desk.until(({ calls }) => calls.length === 0);
});

test("pain: a microphone that failed once blocks the phone: each answer and dial looks again, and so does whatever is plugged in", async ({
  context,
}) => {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const { getUserMedia } = MediaDevices.prototype;
    localStorage["trouble"] ??= "NotFoundError";
    MediaDevices.prototype.getUserMedia = function (constraints) {
      const trouble = localStorage["trouble"];
      return trouble
        ? Promise.reject(new DOMException(trouble, trouble))
        : getUserMedia.call(this, constraints);
    };
  });
  const set = (trouble: string) => page.evaluate((now) => (localStorage["trouble"] = now), trouble);
  const refused = { error: { code: "no-microphone" } };
  const hangUp = async (callId: RecordId) => {
    await at.desk.do({ do: "hang-up", callId });
    await at.untilPhase(callId, "wrap-up");
    await at.desk.do({ do: "wrapped-up", callId });
    await at.desk.until(({ calls }) => calls.length === 0);
  };
  const to = "+14155550123";
  await at.letDial(to, 500);
  const dial = () => ({ do: "dial" as const, callId: newRecordId(), to, leadId: null });
  const permitted: string[] = [];
  const { permit } = at.replica.server;
  at.replica.server.permit = (callId, number) => {
    permitted.push(callId);
    return permit(callId, number);
  };
  await page.goto(`${at.page.url}/phone.html`);
  await at.desk.until(({ microphone, line }) => microphone === "missing" && line.state === "ready");

  const caller = await at.callAna();
  expect(await at.desk.do({ do: "answer", callId: caller })).toMatchObject(refused);
  await set("");
  expect(await at.desk.do({ do: "answer", callId: caller })).toEqual({ ok: true });
  await at.untilPhase(caller, "live");
  await hangUp(caller);

  for (const [trouble, state] of [
    ["NotAllowedError", "denied"],
    ["NotReadableError", "missing"],
  ] as const) {
    await set(trouble);
    expect(await at.desk.do({ do: "retry" })).toMatchObject(refused);
    await at.desk.until(({ microphone }) => microphone === state);
    const silent = dial();
    expect(await at.desk.do(silent)).toMatchObject(refused);
    await set("");
    const again = dial();
    expect(await at.desk.do(again)).toEqual({ ok: true });
    expect(permitted, "who cannot be heard is given no permit").not.toContain(silent.callId);
    await at.desk.until(({ microphone }) => microphone === "granted");
    await hangUp(again.callId);
  }

  await set("NotFoundError");
  expect(await at.desk.do({ do: "retry" })).toMatchObject(refused);
  await set("");
  await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event("devicechange")));
  await at.desk.until(({ microphone }) => microphone === "granted");
});

test("the pre-call test says in words what a call would be like", async ({ context }) => {
  await at.openPhone(await context.newPage());
  expect(await at.desk.do({ do: "test" })).toEqual({ ok: true });
  const { test: result } = await at.desk.until(({ test: state }) => state?.state === "done");
  expect(result).toMatchObject({ state: "done", verdict: expect.stringMatching(/good|fair/u) });
  expect(result?.state === "done" && result.findings.length).toBeGreaterThan(0);
});
