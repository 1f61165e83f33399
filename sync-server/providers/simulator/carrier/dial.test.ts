import { expect, test } from "vitest";
import { createTestCarrier } from "../../../../testing/simulator/test-carrier.ts";

const dialBoth = `<Response><Dial action="/done" timeout="20" answerOnBridge="true">
  <Client statusCallback="/ana" statusCallbackEvent="initiated ringing answered completed">ana</Client>
  <Client>ben</Client></Dial></Response>`;
const documents = { "/both": dialBoth, "/done": "<Response><Hangup/></Response>" };

function ringBoth() {
  const world = createTestCarrier(documents);
  const caller = world.begin("/both");
  const [ana, ben] = world.all("ring").map((effect) => effect.call);
  if (!ana || !ben) throw new Error("two should ring");
  return { ...world, caller, ana, ben };
}

test("all ring, the first answer wins, the others are cancelled", () => {
  const { caller, ana, ben, event, wiring } = ringBoth();
  expect(caller.status).toBe("ringing");
  event(ana, "answered");
  expect([caller.status, ana.status, ben.status]).toEqual(["in-progress", "in-progress", "canceled"]);
  expect(wiring(caller)).toEqual(wiring(ana));
  event(ben, "answered");
  expect(ben.status).toBe("canceled");
});

test("callbacks are numbered from 0, one for each event", () => {
  const { ana, event, callbacks } = ringBoth();
  event(ana, "ringing");
  event(ana, "answered");
  event(ana, "hung-up");
  const told = callbacks("/ana");
  expect(told.map((one) => one["CallStatus"])).toEqual(["initiated", "ringing", "in-progress", "completed"]);
  expect(told.map((one) => one["SequenceNumber"])).toEqual(["0", "1", "2", "3"]);
});

test("when the dialled leg hangs up, the action is asked with how it went", () => {
  const { caller, ana, event, step, fetches } = ringBoth();
  event(ana, "answered");
  step(7_000);
  event(ana, "hung-up");
  expect(fetches("/done")[0]).toMatchObject({
    DialCallStatus: "completed",
    DialCallSid: ana.sid,
    DialCallDuration: "7",
    DialBridged: "true",
  });
  expect(caller.status).toBe("completed");
});

test("when the caller hangs up while it rings, nobody goes on ringing", () => {
  const { caller, ana, ben, event, fetches } = ringBoth();
  event(caller, "hung-up");
  expect([caller.status, ana.status, ben.status]).toEqual(["canceled", "canceled", "canceled"]);
  expect(fetches("/done")[0]).toMatchObject({ DialCallStatus: "canceled" });
});

test("nobody answers in time", () => {
  const { ana, step, fetches } = ringBoth();
  step(20_000);
  expect(ana.status).toBe("no-answer");
  expect(fetches("/done")[0]).toMatchObject({ DialCallStatus: "no-answer" });
});

test("a dialled leg that is sent elsewhere goes on; its dialler takes up its action", () => {
  const { carrier, caller, ana, event, fetches } = ringBoth();
  event(ana, "answered");
  carrier.core.program.replace(ana, "<Response><Pause length='60'/></Response>", "");
  expect(ana.status).toBe("in-progress");
  expect(fetches("/done")).toHaveLength(1);
  expect(caller.activity?.name).not.toBe("dial");
});

test("a caller who is sent elsewhere leaves nobody behind", () => {
  const { carrier, caller, ana, event } = ringBoth();
  event(ana, "answered");
  carrier.core.program.replace(caller, "<Response><Pause length='60'/></Response>", "");
  expect(ana.status).toBe("completed");
  expect(caller.status).toBe("in-progress");
});

test("the whisper is heard by the agent alone before the bridge", () => {
  const world = createTestCarrier({
    "/voice": `<Response><Dial><Number url="/whisper">+14155550111</Number></Dial></Response>`,
    "/whisper": "<Response><Say>A caller from the site</Say></Response>",
  });
  const caller = world.begin("/voice");
  const agent = world.rung();
  world.event(agent, "answered");
  expect(world.wiring(agent)).toMatchObject({ kind: "play" });
  expect(world.wiring(caller)).toEqual({ kind: "ringback" });
  world.played(agent);
  expect(world.wiring(agent)).toEqual(world.wiring(caller));
});

test("a document that cannot be had fails the call", () => {
  const world = createTestCarrier({});
  const call = world.begin("/nowhere");
  expect(call.status).toBe("failed");
  expect(world.callbacks("/parent")[0]).toMatchObject({ CallStatus: "failed" });
});

test("a document that sends itself round and round ends", () => {
  const world = createTestCarrier({ "/round": "<Response><Redirect>/round</Redirect></Response>" });
  expect(world.begin("/round").status).toBe("failed");
});
