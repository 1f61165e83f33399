import { expect, test } from "vitest";
import { identityOf, userIdOf } from "./identity.ts";
import { readWebhook } from "./read-webhook.ts";

const receivedAt = new Date("2026-11-21T09:00:07.400Z");
const callSid = "CA0123456789abcdef0123456789abcdef";

function read(hook: string, fields: Record<string, string>, query = "") {
  const request = {
    hook,
    pathAndQuery: `/${hook}${query}`,
    contentType: "",
    body: Buffer.alloc(0),
    headers: {},
  };
  return readWebhook({ ...request, receivedAt }, fields);
}

/** As Twilio sends them, without what we do not read. */
const recorded = {
  CallSid: callSid,
  AccountSid: "AC0123456789abcdef0123456789abcdef",
  ApiVersion: "2010-04-01",
  From: "+13125550147",
  To: "+13125550100",
  Direction: "inbound",
  StirVerstat: "TN-Validation-Passed-A",
};
const progress = {
  ...recorded,
  Direction: "outbound-api",
  CallbackSource: "call-progress-events",
  Timestamp: "Sat, 21 Nov 2026 09:00:06 +0000",
};

test("a call to one of our numbers", () => {
  expect(read("voice", { ...recorded, CallStatus: "ringing" })).toEqual({
    ok: true,
    value: {
      kind: "asks",
      call: {
        kind: "called",
        sid: callSid,
        from: "+13125550147",
        to: "+13125550100",
        at: receivedAt.toISOString(),
      },
    },
  });
});

test("a call that a desk places", () => {
  const fields = { ...recorded, From: `client:${identityOf("demo-ana")}`, To: "", callId: "0190-1" };
  expect(read("voice", fields)).toMatchObject({
    value: { kind: "asks", call: { kind: "dialled", userId: "demo-ana", callId: "0190-1" } },
  });
  expect(read("voice", { ...fields, From: "client:demo-ana" }), "a name that we have not made").toEqual({
    ok: false,
    error: "unreadable",
  });
});

test.each([
  ["initiated", "dialling"],
  ["ringing", "ringing"],
  ["in-progress", "answered"],
  ["completed", "completed"],
  ["busy", "busy"],
  ["no-answer", "no-answer"],
  ["canceled", "cancelled"],
  ["failed", "failed"],
])("a leg that is %s", (CallStatus, status) => {
  expect(read("status", { ...progress, CallStatus, SequenceNumber: "2" }, "?leg=leg-1")).toEqual({
    ok: true,
    value: {
      kind: "notice",
      identity: `${callSid}:2:${CallStatus}`,
      notice: {
        kind: "leg",
        legId: "leg-1",
        sid: callSid,
        status,
        seq: 2,
        at: "2026-11-21T09:00:06.000Z",
        machine: false,
      },
    },
  });
});

test("who picked up is told apart", () => {
  const fields = {
    ...progress,
    CallStatus: "in-progress",
    SequenceNumber: "2",
    AnsweredBy: "machine_end_beep",
  };
  expect(read("status", fields)).toMatchObject({ value: { notice: { machine: true } } });
});

test("two deliveries of one report have one identity, and another report of the same call another", () => {
  const identity = (fields: Record<string, string>) => {
    const said = read("status", { ...progress, ...fields });
    return said.ok && said.value.kind === "notice" ? said.value.identity : null;
  };
  const first = identity({ CallStatus: "ringing", SequenceNumber: "1" });
  expect(identity({ CallStatus: "ringing", SequenceNumber: "1", Extra: "1" })).toBe(first);
  expect(identity({ CallStatus: "in-progress", SequenceNumber: "2" })).not.toBe(first);
});

test("a finished recording, and a caller's message", () => {
  const fields = {
    ...recorded,
    RecordingSid: "RE0123456789abcdef0123456789abcdef",
    RecordingUrl: "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE",
    RecordingStatus: "completed",
    RecordingDuration: "34",
    RecordingChannels: "2",
    RecordingSource: "StartCallRecordingAPI",
  };
  expect(read("recording", fields, "?leg=leg-1")).toMatchObject({
    value: {
      identity: `${fields.RecordingSid}:completed`,
      notice: { kind: "recording", state: "ready", durationMs: 34_000, purpose: "call", legId: "leg-1" },
    },
  });
  expect(read("recording", fields, "?leg=leg-1&for=voicemail")).toMatchObject({
    value: { notice: { purpose: "voicemail" } },
  });
  expect(read("recording", { ...fields, RecordingStatus: "in-progress" })).toEqual({
    ok: true,
    value: { kind: "idle" },
  });
});

test("what was said, on the track of the leg that is listened to", () => {
  const fields = {
    AccountSid: recorded.AccountSid,
    CallSid: callSid,
    TranscriptionSid: "GT0123456789abcdef0123456789abcdef",
    TranscriptionEvent: "transcription-content",
    LanguageCode: "en-US",
    Track: "outbound_track",
    SequenceId: "12",
    Timestamp: "2026-11-21T09:00:05.123Z",
    Final: "true",
    TranscriptionData: '{"transcript":"Good morning, Northgate.","confidence":0.97}',
  };
  expect(read("transcription", fields, "?leg=leg-1")).toMatchObject({
    value: {
      notice: {
        kind: "transcript",
        track: "heard",
        seq: 12,
        final: true,
        text: "Good morning, Northgate.",
        at: "2026-11-21T09:00:05.123Z",
      },
    },
  });
  expect(read("transcription", { ...fields, Final: "false" })).toMatchObject({
    value: { notice: { final: false } },
  });
  expect(read("transcription", { ...fields, TranscriptionEvent: "transcription-started" })).toMatchObject({
    value: { kind: "idle" },
  });
  const timed = '{"transcript":"Hi","startedAt":"2026-11-21T09:00:04.900Z","timing":[0,200]}';
  expect(read("transcription", { ...fields, TranscriptionData: timed })).toMatchObject({
    value: { notice: { text: "Hi", startedAt: "2026-11-21T09:00:04.900Z", timing: [0, 200] } },
  });
  const odd = '{"transcript":"Hi","startedAt":"then","timing":[-1]}';
  expect(read("transcription", { ...fields, TranscriptionData: odd })).toMatchObject({
    value: { notice: { text: "Hi", startedAt: null, timing: [] } },
  });
});

test.each([
  ["transcription", { TranscriptionEvent: "transcription-stopped", TranscriptionSid: "GT1" }],
  ["transcription", { TranscriptionEvent: "transcription-error", TranscriptionSid: "GT1" }],
  ["stream", { StreamEvent: "stream-error", StreamSid: "MZ1" }],
  ["stream", { StreamEvent: "stream-stopped", StreamSid: "MZ1" }],
])("nothing is written down any more: %s %j", (hook, event) => {
  const fields = { ...event, CallSid: callSid, Timestamp: "2026-11-21T09:00:05.123Z" };
  expect(read(hook, fields, "?leg=leg-1")).toMatchObject({
    value: { notice: { kind: "transcript-stopped", legId: "leg-1", sid: callSid } },
  });
});

test.each([
  ["join", "joined", {}],
  ["leave", "left", { seq: 4 }],
])("somebody in the room: %s", (event, kind, also) => {
  const fields = {
    ConferenceSid: "CF0123456789abcdef0123456789abcdef",
    FriendlyName: "0190-1",
    StatusCallbackEvent: `participant-${event}`,
    SequenceNumber: "4",
    Timestamp: "Sat, 21 Nov 2026 09:00:06 +0000",
    CallSid: callSid,
  };
  expect(read("room", fields)).toMatchObject({ value: { notice: { kind, sid: callSid, ...also } } });
});

test.each([
  ["status", { ...progress, CallStatus: "ringing" }],
  ["status", { ...progress, CallStatus: "ringing", SequenceNumber: "-1" }],
  ["status", { ...progress, CallStatus: "ringing", SequenceNumber: "1", Timestamp: "yesterday" }],
  ["voice", {}],
  ["recording", {}],
  ["transcription", { TranscriptionEvent: "transcription-content", SequenceId: "1", TranscriptionData: "{" }],
  ["__proto__", {}],
  ["nothing", {}],
])("%s that says nothing is unreadable, whoever signed it", (hook, fields) => {
  expect(read(hook, fields as Record<string, string>)).toEqual({ ok: false, error: "unreadable" });
});

test("names of clients hold any user id and nothing that a carrier refuses", () => {
  for (const userId of ["demo-ana", "Ana_1", "ä@b.example", "💥", "_00002d"]) {
    expect(identityOf(userId)).toMatch(/^\w+$/u);
    expect(userIdOf(identityOf(userId))).toBe(userId);
  }
});

test.each([
  ["machine_end_beep", "machine"],
  ["machine_end_other", "machine"],
  ["machine_start", "machine"],
  ["human", "person"],
  ["fax", "person"],
  ["unknown", "person"],
])("what picked up: %s", (AnsweredBy, by) => {
  const told = {
    CallSid: callSid,
    AccountSid: recorded.AccountSid,
    AnsweredBy,
    MachineDetectionDuration: "7300",
  };
  const notice = { kind: "picked-up", legId: "leg-1", sid: callSid, by, at: receivedAt.toISOString() };
  expect(read("picked-up", told, "?leg=leg-1")).toEqual({
    ok: true,
    value: { kind: "notice", identity: `${callSid}:picked-up`, notice },
  });
  expect(read("picked-up", { CallSid: callSid })).toEqual({ ok: false, error: "unreadable" });
});
