import { expect, test } from "vitest";
import { startFakeDeepgram, startFakeOpenAi } from "../../../testing/speech/fake-provider.ts";
import { speechContract } from "../../../testing/speech/speech-contract.ts";
import type { Heard } from "../../coaching/speech/index.ts";
import { createDeepgram } from "./deepgram.ts";
import { createOpenAiSpeech } from "./openai.ts";
import { followTurns } from "./turns.ts";

speechContract("OpenAI's realtime transcription", startFakeOpenAi, createOpenAiSpeech);
speechContract("Deepgram's live form", startFakeDeepgram, createDeepgram);

function listen() {
  const heard: Heard[] = [];
  const turns = followTurns((one) => heard.push(one));
  return { turns, told: () => heard.map(({ text, final, startMs }) => [text, final, startMs]) };
}

test("turns that are understood in another order are told in theirs", () => {
  const { turns, told } = listen();
  for (const startMs of [0, 2_000]) {
    turns.begin(startMs);
    turns.reach(startMs + 1_000);
    turns.end();
  }
  turns.name("a");
  turns.name("b");
  turns.add("b", "second");
  turns.finish("b", "Second.");
  turns.add("a", "first");
  turns.finish("a", "First.");
  expect(told()).toEqual([["first", false, 0], ["First.", true, 0], ["Second.", true, 2_000]]); // prettier-ignore
});

test("a turn that is never understood holds nothing up, and what comes of it late is not the next one's", () => {
  const { turns, told } = listen();
  for (const startMs of [0, 2_000]) {
    turns.begin(startMs);
    turns.reach(startMs + 1_000);
    turns.end();
  }
  turns.add("a", "half of");
  expect(turns.isLost(15_000)).toBe(false);
  expect(turns.isLost(16_100)).toBe(false);
  turns.finish("a", "Half of it.");
  turns.finish("b", "Second.");
  expect(told()).toEqual([["half of", false, 0], ["half of", true, 0], ["Second.", true, 2_000]]); // prettier-ignore
});

test("a provider that does not even name a turn is lost", () => {
  const { turns } = listen();
  turns.begin(0);
  turns.reach(1_000);
  turns.end();
  expect([turns.isLost(10_000), turns.isLost(20_000)]).toEqual([false, true]);
});
