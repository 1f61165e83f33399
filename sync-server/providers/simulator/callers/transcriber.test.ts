import { expect, test } from "vitest";
import type { TranscriptionVerb } from "../twiml/verbs.ts";
import type { Speech } from "./script.ts";
import { createTranscriber } from "./transcriber.ts";

const verb: TranscriptionVerb = {
  verb: "start-transcription",
  name: null,
  statusCallback: { url: "http://127.0.0.1:1/transcription", method: "POST", events: [] },
  track: "both_tracks",
  inboundTrackLabel: null,
  outboundTrackLabel: null,
  partialResults: true,
  languageCode: "en-US",
};
const said = (text: string, final: boolean): Speech => {
  return { turn: 0, text, final, beganMsAgo: 400, timing: [0, 400] };
};

function transcribe(of: TranscriptionVerb) {
  const told: Record<string, string>[] = [];
  let nowMs = Date.UTC(2026, 10, 21);
  const transcriber = createTranscriber({
    accountSid: "AC1",
    clock: { now: () => nowMs },
    engine: { listenersOf: () => [] },
    tell: (_target, params) => told.push(params),
  });
  transcriber.start({ effect: "transcribe", transcriptionSid: "GT1", callSid: "CA1", verb: of });
  const contents = () =>
    told
      .filter(({ TranscriptionEvent }) => TranscriptionEvent === "transcription-content")
      .map(({ TranscriptionData = "", Final }) => ({ ...JSON.parse(TranscriptionData), final: Final }));
  return { transcriber, told, contents, pass: (ms: number) => (nowMs += ms) };
}

test.each([true, false])(
  "a sentence that the end cuts off is told as final (guesses wanted: %s)",
  (partialResults) => {
    const { transcriber, told, contents, pass } = transcribe({ ...verb, partialResults });
    transcriber.spoke("CA1", said("I look", false), "it");
    const startedAt = "2026-11-20T23:59:59.600Z";
    pass(2_000);
    transcriber.stop("GT1");
    expect(contents().at(-1)).toMatchObject({ transcript: "I look", final: "true", startedAt });
    expect(told.at(-1)).toMatchObject({ TranscriptionEvent: "transcription-stopped" });
    expect(contents()).toHaveLength(partialResults ? 2 : 1);
  },
);

test("what was final already is not told again at the end", () => {
  const { transcriber, contents } = transcribe(verb);
  transcriber.spoke("CA1", said("I look", false), "it");
  transcriber.spoke("CA1", said("I look for a desk.", true), "it");
  transcriber.stop("GT1");
  expect(contents().map(({ final }) => final)).toEqual(["false", "true"]);
});
