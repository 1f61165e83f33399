import { expect, test } from "vitest";
import type { RecordId } from "../../entities/id.ts";
import type { Speaker, Utterance } from "../utterance.ts";
import { measureCall } from "./live-metrics.ts";

/** Words of 300 ms with 100 ms between them: `words` of them take 400 ms each, less the last pause. */
function say(speaker: Speaker, startMs: number, text: string): Utterance {
  const words = text.split(" ").length;
  const timing = Array.from({ length: words }, (_, at) => [at * 400, 300]).flat();
  const id = `${speaker}-${startMs}` as RecordId;
  return { id, speaker, startMs, endMs: startMs + words * 400 - 100, text, timing, revision: 0, final: true };
}

const call = [
  // 11 words, to 4,300; asks once.
  say("agent", 0, "Good morning, this is Ana. How can I help you today?"),
  // 13 words, to 10,100. Their "um" is none of the agent's.
  say("customer", 5_000, "Um, I want to move my office to the river next month, please."),
  // 12 words, to 16,000, 1,200 ms after the customer; asks once; "you know" and "basically" are fillers.
  say("agent", 11_300, "That is, you know, basically a good idea. What is your budget?"),
  // 3 words, to 18,600.
  say("customer", 17_500, "About fifty thousand."),
  // 9 words, to 30,100, 8,000 ms after the customer, of which 5,000 count.
  say("agent", 26_600, "Thank you, that is all I need for now."),
];

test("pace, patience, interactivity, questions and fillers are what a pencil gets from docs/metrics.md", () => {
  const metrics = measureCall(call, { durationMs: 60_000 });
  const agentMs = 4_300 + 4_700 + 3_500;
  const customerMs = 5_100 + 1_100;
  expect(metrics).toMatchObject({ agentMs, customerMs, turns: 5, questionsAsked: 2 });
  expect(metrics.patienceMs).toBeCloseTo((1_200 + 5_000) / 2);
  expect(metrics.interactivity).toBeCloseTo(4);
  expect(metrics.paceWpm).toBeCloseTo((11 + 12 + 9) / (agentMs / 60_000));
  expect(metrics.customerPaceWpm).toBeCloseTo((13 + 3) / (customerMs / 60_000));
  expect(metrics.fillersPerMinute).toBeCloseTo(2 / (agentMs / 60_000));
});

test("below five seconds of speech nobody has a pace, and the agent no rate of fillers", () => {
  const { paceWpm, customerPaceWpm, fillersPerMinute } = measureCall(call.slice(0, 1), {
    durationMs: 60_000,
  });
  expect([paceWpm, customerPaceWpm, fillersPerMinute]).toEqual([undefined, undefined, undefined]);
});
