import { expect, test } from "vitest";
import { err, ok } from "../../../shared/result/result.ts";
import type { AiFailure, Hearing } from "../../ai/index.ts";
import { meterSpeech, type BeginHearing } from "./meter-speech.ts";
import type { Heard, SpeechToText } from "./port.ts";

const frame = new Int16Array(160).fill(8_000);
const usedUp: AiFailure = { code: "limited", message: "The budget is used up." };
const words: Heard = { text: "So far.", final: true, startMs: 0, endMs: 20, timing: [] };

/** A provider that takes everything, and a bill that a test decides about. */
function stage() {
  const opened: { wanted: Parameters<SpeechToText["open"]>[0]; frames: number }[] = [];
  const bill = { usedMs: 0, ends: [] as string[], stop: (_why: AiFailure) => {} };
  const speech: SpeechToText = {
    name: "fake",
    open(wanted) {
      const one = { wanted, frames: 0 };
      opened.push(one);
      return {
        hear() {
          one.frames += 1;
          wanted.onSent(20);
        },
        close() {
          wanted.onHeard(words);
          wanted.onEnd("closed");
        },
      };
    },
  };
  const hearing: Hearing = {
    use: (ms) => (bill.usedMs += ms),
    end: async (outcome) => void bill.ends.push(outcome),
  };
  const heard: string[] = [];
  const ends: string[] = [];
  const open = (begin: BeginHearing) =>
    meterSpeech(speech, begin).open({
      ...{ sampleRate: 8_000, language: null },
      onHeard: ({ text }) => heard.push(text),
      onSent: () => {},
      onEnd: (why) => ends.push(why),
    });
  const begin: BeginHearing = async (onStop) => {
    bill.stop = onStop;
    return ok(hearing);
  };
  return { open, begin, opened, bill, heard, ends };
}
const settled = () => new Promise(setImmediate);

test("sound waits until the bill has room for it, is counted as it leaves, and ends on the bill once", async () => {
  const { open, begin, opened, bill, heard, ends } = stage();
  const session = open(begin);
  session.hear(frame);
  expect(opened).toEqual([]);
  await settled();
  session.hear(frame);
  expect([opened[0]?.frames, bill.usedMs]).toEqual([2, 40]);
  session.close();
  expect([heard, ends, bill.ends]).toEqual([["So far."], ["closed"], ["answered"]]);
});

test("where there is no room nothing is sent, and the session ends with the reason", async () => {
  const { open, opened, ends } = stage();
  const session = open(async () => err(usedUp));
  session.hear(frame);
  await settled();
  expect([opened, ends]).toEqual([[], ["The budget is used up."]]);
});

test("a bill that cannot be kept, or a leg that is nobody's, is not listened to", async () => {
  const { open, opened, ends } = stage();
  open(() => Promise.reject(new Error("postgresql://secret")));
  open(async () => null);
  await settled();
  expect(ends.toSorted()).toEqual([
    "the call is none of ours any more",
    "what it costs could not be written down",
  ]);
  expect(opened).toEqual([]);
});

test("when the room ends in the middle, what was understood until then is told, and then why it ended", async () => {
  const { open, begin, bill, heard, ends, opened } = stage();
  const session = open(begin);
  await settled();
  session.hear(frame);
  bill.stop(usedUp);
  session.hear(frame);
  expect([heard, ends, bill.ends]).toEqual([["So far."], ["The budget is used up."], ["answered"]]);
  expect(opened[0]?.frames).toBe(1);
});

test("the bill tells a provider that broke off from one that was never there", async () => {
  for (const [frames, outcome] of [
    [1, "cut-off"],
    [0, "unreachable"],
  ] as const) {
    const { open, begin, opened, bill, ends } = stage();
    const session = open(begin);
    await settled();
    for (let sent = 0; sent < frames; sent += 1) session.hear(frame);
    opened[0]?.wanted.onEnd("gone");
    expect([ends, bill.ends]).toEqual([["gone"], [outcome]]);
  }
});
