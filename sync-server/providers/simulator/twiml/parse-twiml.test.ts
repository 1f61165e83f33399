import fc from "fast-check";
import { expect, test } from "vitest";
import twilio from "twilio";
import { parseTwiml } from "./parse-twiml.ts";
import { parseXml } from "./parse-xml.ts";

function verbsOf(source: string) {
  const read = parseTwiml(source);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

test("reads what Twilio's own library writes", () => {
  const response = new twilio.twiml.VoiceResponse();
  response.say("Ten & more < twenty");
  const dial = response.dial({
    action: "/done",
    timeout: 20,
    answerOnBridge: true,
    callerId: "+14155550199",
  });
  const client = dial.client({ statusCallback: "/client", statusCallbackEvent: ["ringing", "answered"] });
  client.identity("ana");
  client.parameter({ name: "lead", value: 'a "quoted" one' });
  dial.number("+14155550100");
  response.enqueue({ waitUrl: "/wait", action: "/left" }, "support");
  response.hangup();
  const [say, dialled, enqueued, hangup] = verbsOf(response.toString());
  expect(say).toMatchObject({ verb: "say", text: "Ten & more < twenty" });
  expect(dialled).toMatchObject({
    verb: "dial",
    timeoutMs: 20_000,
    answerOnBridge: true,
    action: { url: "/done", method: "POST" },
    nouns: [
      {
        noun: "client",
        identity: "ana",
        parameters: { lead: 'a "quoted" one' },
        statusCallback: { url: "/client", events: ["ringing", "answered"] },
      },
      { noun: "number", number: "+14155550100" },
    ],
  });
  expect(enqueued).toMatchObject({ verb: "enqueue", queue: "support", waitUrl: "/wait" });
  expect(hangup).toEqual({ verb: "hangup" });
});

test("reads a conference with all that is asked of it", () => {
  const response = new twilio.twiml.VoiceResponse();
  response.dial().conference(
    {
      startConferenceOnEnter: false,
      endConferenceOnExit: true,
      muted: true,
      coach: `CA${"1".repeat(32)}`,
      beep: "onEnter",
      waitUrl: "",
      record: "record-from-start",
      participantLabel: "agent",
      statusCallback: "/conference",
      statusCallbackEvent: ["start", "join"],
    },
    "room 1",
  );
  expect(verbsOf(response.toString())[0]).toMatchObject({
    conference: {
      name: "room 1",
      startOnEnter: false,
      endOnExit: true,
      muted: true,
      coach: `CA${"1".repeat(32)}`,
      beep: "onEnter",
      waitUrl: "",
      record: true,
      label: "agent",
      statusCallback: { events: ["start", "join"] },
    },
  });
});

test("reads transcriptions and streams", () => {
  const verbs = verbsOf(`<Response>
    <Start><Transcription statusCallbackUrl="/said" track="both_tracks" partialResults="true"/></Start>
    <Start><Stream url="wss://example.com/x" name="s"><Parameter name="a" value="b"/></Stream></Start>
    <Stop><Stream name="s"/></Stop>
    <Connect action="/after"><Stream url="wss://example.com/y"/></Connect></Response>`);
  expect(verbs.map((one) => one.verb)).toEqual([
    "start-transcription",
    "start-stream",
    "stop-stream",
    "connect-stream",
  ]);
  expect(verbs[0]).toMatchObject({ partialResults: true, statusCallback: { url: "/said" } });
  expect(verbs[1]).toMatchObject({ parameters: { a: "b" }, track: "inbound_track" });
});

test.each([
  ["<Response><Foo/></Response>", "12200"],
  ["<Other/>", "12100"],
  ["<Response><Say>", "12100"],
  ["<Response></Say></Response>", "12100"],
  ["", "12100"],
  [`${"<Gather>".repeat(40)}`, "12100"],
])("refuses %s", (source, code) => {
  const read = parseTwiml(source);
  expect(read).toMatchObject({ ok: false, error: expect.stringContaining(code) });
});

test("any text is read or refused, never thrown at", () => {
  fc.assert(fc.property(fc.string(), (source) => void parseTwiml(source)));
});

test("text survives being written and read", () => {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = parseXml(`<a>${escape(text)}</a>`);
      expect(read).toMatchObject({ ok: true, value: { text: text.trim() } });
    }),
  );
});
