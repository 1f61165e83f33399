import { expect, test } from "vitest";
import { createTestCarrier } from "../../../../testing/simulator/test-carrier.ts";

test("verbs run in order, and the call ends with the last", () => {
  const world = createTestCarrier({
    "/voice": "<Response><Say>Hello</Say><Pause length='2'/><Play>/a.wav</Play></Response>",
  });
  const call = world.begin("/voice");
  world.played(call);
  expect(call.activity?.name).toBe("pause");
  world.step(2_000);
  expect(world.wiring(call)).toMatchObject({
    kind: "play",
    source: { what: "file", url: "http://app/a.wav" },
  });
  world.played(call);
  expect(call.status).toBe("completed");
});

test("a refused call is never answered", () => {
  const world = createTestCarrier({ "/voice": "<Response><Reject reason='busy'/></Response>" });
  const call = world.begin("/voice");
  expect([call.status, call.answeredAt]).toEqual(["busy", null]);
});

const gather = `<Response><Gather action="/menu" numDigits="2" timeout="3"><Say>Choose</Say></Gather><Hangup/></Response>`;

test("digits interrupt the prompt and go to the action", () => {
  const world = createTestCarrier({ "/voice": gather, "/menu": "<Response/>" });
  const call = world.begin("/voice");
  world.digits(call, "42");
  expect(world.fetches("/menu")).toMatchObject([{ Digits: "42" }]);
});

test("without digits the document goes on after the time-out", () => {
  const world = createTestCarrier({ "/voice": gather });
  const call = world.begin("/voice");
  world.played(call);
  world.step(2_999);
  expect(call.status).toBe("in-progress");
  world.step(1);
  expect(call.status).toBe("completed");
});

test("a message is recorded until the caller hangs up, and its address is told", () => {
  const world = createTestCarrier({
    "/voice": `<Response><Record action="/left" recordingStatusCallback="/recorded"/></Response>`,
    "/left": "<Response/>",
  });
  const call = world.begin("/voice");
  world.played(call);
  const [record] = world.all("record");
  world.step(5_000);
  world.event(call, "hung-up");
  expect(world.fetches("/left")[0]).toMatchObject({
    RecordingDuration: "5",
    RecordingSid: record?.recordingSid,
  });
  const recordingSid = record?.recordingSid ?? "";
  world.carrier.step({ event: "recorded", recordingSid, durationMs: 5_000, path: "/tmp/x.wav" });
  expect(world.callbacks("/recorded")).toMatchObject([
    { RecordingStatus: "completed", RecordingDuration: "5" },
  ]);
});

test("relative addresses are meant from the document", () => {
  const world = createTestCarrier({
    "/a/voice": "<Response><Redirect>other?x=1</Redirect></Response>",
    "/a/other": "<Response><Pause length='9'/></Response>",
  });
  expect(world.begin("/a/voice").status).toBe("ringing");
  expect(world.fetches("/a/other")).toHaveLength(1);
});
