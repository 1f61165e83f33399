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

/** Two that speak at once. */
const lively = [
  // 7 words, to 2,700.
  say("agent", 0, "Hello, this is Ana from Northgate Offices."),
  // 6 words, to 4,300: 700 ms at once, an interruption. "Terrible" is worth -2, "slow" -1.
  say("customer", 2_000, "Our lift is terrible and slow."),
  // 5 words, to 6,100: 100 ms at once, which is how turns change hands. "Fixed" is worth 1.
  say("agent", 4_200, "That must get fixed today."),
  // 6 words, to 9,400. "Great" and "good" are worth 2 each.
  say("customer", 7_100, "Great, and the heating is good."),
  // 6 words, to 12,700, 1,000 ms after the customer.
  say("agent", 10_400, "We will write to you tomorrow."),
];

test("shares, rates and moods have the denominators of docs/metrics.md", () => {
  const metrics = measureCall(lively, { durationMs: 20_000 });
  const [agentMs, customerMs, overtalkMs] = [2_700 + 1_900 + 2_300, 2_300 + 2_300, 700 + 100];
  const silenceMs = 20_000 - (agentMs + customerMs - overtalkMs);
  expect(metrics).toMatchObject({ agentMs, customerMs, overtalkMs, silenceMs, overlaps: 2, turns: 5 });
  expect(metrics.silenceShare).toBeCloseTo(9_300 / 20_000);
  expect(metrics.overtalkShare).toBeCloseTo(800 / 20_000);
  expect(metrics.talkShare).toBeCloseTo(6_900 / 20_000);
  expect(metrics.talkShareOfSpeech).toBeCloseTo(6_900 / 11_500);
  expect(metrics).toMatchObject({ interruptionsByAgent: 0, interruptionsByCustomer: 1 });
  expect(metrics.interruptionRate).toBeCloseTo(1 / 5);
  expect(metrics.customerSentiment).toBeCloseTo((-2 - 1 + 2 + 2) / (2 + 1 + 2 + 2 + 3));
  expect(metrics.sentiment).toBeCloseTo((-2 - 1 + 1 + 2 + 2) / (2 + 1 + 1 + 2 + 2 + 3));
});

test("who begins while the customer speaks has waited 0 ms; who talks on until they stop counts nowhere", () => {
  expect(measureCall(lively, { durationMs: 20_000 }).patienceMs).toBeCloseTo((0 + 1_000) / 2);
  const talkedOn = [
    // 10 words, to 3,900: the turn is theirs again with the word at 2,400, 300 ms after the customer.
    say("agent", 0, "We can send you the papers on Monday or Tuesday."),
    say("customer", 1_000, "Monday is fine."),
  ];
  expect(measureCall(talkedOn, { durationMs: 20_000 })).toMatchObject({ turns: 3, interruptionsByAgent: 0 });
  expect(measureCall(talkedOn, { durationMs: 20_000 }).patienceMs).toBeUndefined();
  // To 5,200; then 1,200 ms.
  const went = [...talkedOn, say("customer", 4_900, "Good."), say("agent", 6_400, "Until then.")];
  expect(measureCall(went, { durationMs: 20_000 }).patienceMs).toBeCloseTo(1_200);
});

test("below five seconds of speech nobody has a pace, and the agent no rate of fillers", () => {
  const { paceWpm, customerPaceWpm, fillersPerMinute } = measureCall(call.slice(0, 1), {
    durationMs: 60_000,
  });
  expect([paceWpm, customerPaceWpm, fillersPerMinute]).toEqual([undefined, undefined, undefined]);
});
