import { expect, test } from "vitest";
import { readVtt } from "./read-vtt.ts";

test("who said what when, whatever else a file holds", () => {
  const read = readVtt(
    "WEBVTT - a call\r\n\r\nNOTE\r\nagent: ana@northgate.example\r\nStarted: 2026-10-01T09:00:00Z\r\n\r\n" +
      "STYLE\r\n::cue { color: red }\r\n\r\nNOTE only words\r\n\r\n1\r\n00:01.500 --> 00:02.000 align:start\r\n" +
      "<v Agent>Good morning &amp; <i>welcome</i></v>\r\nto us\r\n\r\n01:00:02.000 --> 01:00:03.250\r\n<v.loud Caller>Hello\r\n",
  );
  expect(read).toEqual({
    ok: true,
    value: {
      facts: new Map([["agent", "ana@northgate.example"], ["started", "2026-10-01T09:00:00Z"]]), // prettier-ignore
      utterances: [
        { speaker: "agent", startMs: 1_500, endMs: 2_000, text: "Good morning & welcome to us", timing: [] },
        { speaker: "customer", startMs: 3_602_000, endMs: 3_603_250, text: "Hello", timing: [] },
      ],
    },
  });
});

test.each([
  ["no WebVTT", "1\n00:01.000 --> 00:02.000\n<v Agent>Hi", "no WebVTT"],
  ["a cue without its voice", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi", "whether agent or customer"],
  ["somebody else's voice", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bob>Hi", "whether agent or customer"],
  ["a voice of another sense", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v constructor>Hi", "whether agent or customer"], // prettier-ignore
  ["a time days away", "WEBVTT\n\n00:01.000 --> 999:00:02.000\n<v Agent>Hi", "more than ten hours"],
  ["more than anybody says", `WEBVTT${"\n\n00:01.000 --> 00:02.000\n<v Agent>Hi".repeat(20_001)}`, "more than 20000"], // prettier-ignore
  ["a time that is none", "WEBVTT\n\n00:99.000 --> 00:02.000\n<v Agent>Hi", "cue without a time"],
  ["a cue without an arrow", "WEBVTT\n\n<v Agent>Hi", "cue without a time"],
])("%s is told", (_name, text, why) => {
  expect(readVtt(text)).toMatchObject({ ok: false, error: expect.stringContaining(why) });
});

test("text from people cannot hang the reader", () => {
  const facts = `NOTE\ntitle: a${" ".repeat(300_000)}b\n\n`;
  const nasty = `WEBVTT\n\n${facts}00:01.000 --> 00:02.000\n<v Agent>${"<".repeat(200_000)}${"&".repeat(200_000)}`;
  expect(readVtt(nasty).ok).toBe(true);
});
