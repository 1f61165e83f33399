import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../testing/simulator/eventually.ts";
import { WebSocket } from "ws";
import {
  openBareDevice,
  type BareDevice,
  type BareDeviceOptions,
} from "../../../../testing/simulator/bare-device.ts";
import {
  makeToken,
  startTestSimulator,
  type TestSimulator,
} from "../../../../testing/simulator/start-test-simulator.ts";

let carrier: TestSimulator;
const devices: BareDevice[] = [];
beforeEach(async () => {
  carrier = await startTestSimulator();
});
afterEach(async () => {
  for (const device of devices.splice(0)) device.close();
  await carrier.close();
});

async function open(identity: string, ttlSeconds?: number, options?: BareDeviceOptions): Promise<BareDevice> {
  const device = await openBareDevice(carrier.signallingHost, makeToken(identity, ttlSeconds), options);
  devices.push(device);
  return device;
}

const ring = (identity: string) =>
  `<Response><Dial timeout="60" action="/dialled"><Client statusCallback="/client" statusCallbackEvent="ringing answered completed">${identity}</Client></Dial></Response>`;
const statuses = () => carrier.webhooks.of("/client").map((one) => one["CallStatus"]);

test("somebody who is not registered does not ring", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  await carrier.control("POST", "/calls", { script: "tone" });
  await eventually(() => carrier.webhooks.of("/dialled")).toMatchObject([{ DialCallStatus: "no-answer" }]);
});

test("a device that goes away while it rings leaves the call to the others", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  const [first, second] = [await open("ana"), await open("ana")];
  await carrier.control("POST", "/calls", { script: "tone" });
  await first.next("invite");
  const { payload } = await second.next("invite");
  first.close();
  second.answer(String(payload["callsid"]));
  await eventually(statuses).toContain("in-progress");
});

test("two answers at once: one has the call, the other is cancelled", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  const both = [await open("ana"), await open("ana")];
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  for (const device of both) await device.next("invite");
  for (const device of both) device.answer(String((await device.next("invite")).payload["callsid"]));
  await Promise.race(both.map((device) => device.next("cancel")));
  expect(both.filter((device) => device.frames.some((frame) => frame.type === "cancel"))).toHaveLength(1);
  await eventually(statuses).toEqual(["ringing", "in-progress"]);
});

test("the call of a device that vanishes ends when it does not come back", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  const ana = await open("ana");
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  ana.answer(String((await ana.next("invite")).payload["callsid"]));
  await eventually(statuses).toContain("in-progress");
  ana.close();
  await eventually(statuses).toContain("completed");
});

describe("a connection that is cut while a call rings", () => {
  const ringAna = async () => {
    carrier.webhooks.answers.set("/voice", () => ring("ana"));
    const ana = await open("ana", 3_600, { reconnectTimeout: 30 });
    await carrier.control("POST", "/calls", { script: "tone", stays: true });
    const { payload } = await ana.next("invite");
    await carrier.control("POST", "/devices/ana/cut");
    return { callsid: String(payload["callsid"]), reconnect: String(payload["reconnect"]) };
  };

  test("with the answer in it: the device comes back for the call and has it", async () => {
    const invite = await ringAna();
    const back = await open("ana", 3_600, { claim: invite });
    expect((await back.next("answer")).payload).toEqual(invite);
    await eventually(statuses).toEqual(["ringing", "in-progress"]);
    back.hangUp(invite.callsid);
    await eventually(statuses).toEqual(["ringing", "in-progress", "completed"]);
  });

  test("before it was answered: a device that is back without it rings no longer", async () => {
    await ringAna();
    await open("ana");
    await eventually(() => carrier.webhooks.of("/dialled")).toMatchObject([{ DialCallStatus: "no-answer" }]);
  });

  test("for good: the caller waits as long as the device has asked for, and not for ever", async () => {
    await carrier.close();
    carrier = await startTestSimulator({ steppedClock: true });
    await ringAna();
    await eventually(async () => (await carrier.control("GET", "/"))["devices"]).toEqual([]);
    await carrier.control("POST", "/clock", { stepMs: 29_000 });
    expect(carrier.webhooks.of("/dialled")).toEqual([]);
    await carrier.control("POST", "/clock", { stepMs: 1_000 });
    await eventually(() => carrier.webhooks.of("/dialled")).toMatchObject([{ DialCallStatus: "no-answer" }]);
  });
});

test("a device that hung up while it was cut off says so when it is back, and the caller need not wait", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  const ana = await open("ana", 3_600, { reconnectTimeout: 30 });
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  const callsid = String((await ana.next("invite")).payload["callsid"]);
  ana.answer(callsid);
  await eventually(statuses).toContain("in-progress");
  await carrier.control("POST", "/devices/ana/cut");
  await eventually(async () => (await carrier.control("GET", "/"))["devices"]).toEqual([]);
  (await open("somebody else")).hangUp(callsid);
  (await open("ana")).hangUp(callsid);
  await eventually(statuses).toContain("completed");
});

test("nobody takes over a call with a guessed token", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  const ana = await open("ana");
  await carrier.control("POST", "/calls", { script: "tone", stays: true });
  const callsid = String((await ana.next("invite")).payload["callsid"]);
  ana.answer(callsid);
  await eventually(statuses).toContain("in-progress");
  const thief = await open("thief");
  thief.send("invite", { callsid, sdp: "v=0\r\n", reconnect: "guessed" });
  expect((await thief.next("hangup")).payload).toMatchObject({ callsid, error: { code: 31_005 } });
  thief.hangUp(callsid);
  thief.send("dtmf", { callsid, dtmf: "1" });
  await thief.next("hangup");
  expect(statuses()).not.toContain("completed");
});

test("a token that has run out places no call", async () => {
  const ana = await open("ana", 1);
  await eventually(() => {
    ana.call({ To: "+14155550123" });
    return ana.frames.filter((frame) => frame.type === "error").map((frame) => frame.payload["error"]);
  }).toContainEqual({ code: 31_205, message: "AccessTokenExpired" });
  expect(carrier.webhooks.of("/outgoing").filter((one) => one["From"] !== "client:ana")).toEqual([]);
});

test("what the SDK would not send is an error or the end, never a crash", async () => {
  const socket = new WebSocket(`ws://${carrier.signallingHost}/signal`);
  const received: string[] = [];
  socket.on("message", (data) => received.push((data as Buffer).toString("utf8")));
  await new Promise((done) => socket.once("open", done));
  for (const frame of [
    "{",
    "null",
    '{"type":"__proto__","payload":{}}',
    '{"type":"register","payload":{"media":{"audio":true}}}',
  ]) {
    socket.send(frame);
  }
  await eventually(() => received.length).toBe(4);
  expect(received.map((text) => JSON.parse(text) as unknown)).toMatchObject([
    { type: "error", payload: { error: { code: 31_002 } } },
    { type: "error", payload: { error: { code: 31_002 } } },
    { type: "error", payload: { error: { code: 31_002 } } },
    { type: "error", payload: { error: { code: 31_204 } } },
  ]);
  const closed = new Promise((done) => socket.once("close", done));
  socket.on("error", () => undefined);
  socket.send("x".repeat(200_000));
  await closed;
  expect((await carrier.control("GET", "/"))["devices"]).toEqual([]);
});

test("WebRTC that makes no sense ends the call of whom it came from, and nobody else's", async () => {
  carrier.webhooks.answers.set("/voice", () => ring("ana"));
  carrier.webhooks.answers.set("/outgoing", () => "<Response><Say loop='0'>Hold</Say></Response>");
  const other = await open("other");
  other.call({});
  await other.next("answer");
  const ana = await open("ana", 3_600, { plugin: "rtc" });
  const invites = () => ana.frames.filter((frame) => frame.type === "invite");
  for (const sdp of ["nonsense", "v=0\r\n", `v=0\r\nm=audio ${"9".repeat(50)} x x\r\na=ice-ufrag:\r\n`]) {
    const before = invites().length;
    const { callSid } = await carrier.control("POST", "/calls", { script: "tone", stays: true });
    await eventually(() => invites().length).toBe(before + 1);
    const callsid = String(invites().at(-1)?.payload["callsid"]);
    for (const type of ["answer", "reinvite"]) ana.send(type, { callsid, sdp });
    ana.send("invite", { callsid: "TJ1", sdp });
    await carrier.control("POST", `/calls/${String(callSid)}/hang-up`);
    ana.hangUp("TJ1");
    await eventually(() => carrier.simulator.carrier.countLive()).toBe(1);
  }
  expect(other.frames.map((frame) => frame.type)).not.toContain("hangup");
});

test("two hundred agents without sound are all on the phone at once", { timeout: 120_000 }, async () => {
  carrier.webhooks.answers.set(
    "/voice",
    ({ From = "" }) => `<Response><Dial><Client>agent-${From.slice(-3)}</Client></Dial></Response>`,
  );
  const names = Array.from({ length: 200 }, (_, index) => String(index).padStart(3, "0"));
  const agents = await Promise.all(names.map((name) => open(`agent-${name}`)));
  for (const [index, agent] of agents.entries()) {
    await carrier.control("POST", "/calls", {
      script: "tone",
      from: `+14155550${names[index]}`,
      stays: true,
    });
    agent.answer(String((await agent.next("invite")).payload["callsid"]));
  }
  const { carrier: machine } = carrier.simulator;
  const talking = () =>
    [...machine.core.calls.values()].filter((call) => call.status === "in-progress").length;
  await eventually(talking).toBe(400);
  for (const agent of agents) agent.hangUp(String((await agent.next("invite")).payload["callsid"]));
  await eventually(machine.countLive).toBe(0);
});
