import { expect, test } from "vitest";
import type { RecordId } from "../../entities/id.ts";
import type { Speaker, Utterance } from "../utterance.ts";
import { createLiveMetrics, measureCall } from "./live-metrics.ts";

let made = 0;

/** Words of 300 ms with 100 ms between them. */
function say(speaker: Speaker, startMs: number, text: string): Utterance {
  const count = text.split(" ").length;
  const timing = Array.from({ length: count }, (_, at) => [at * 400, 300]).flat();
  made += 1;
  return { id: `u${made}` as RecordId, speaker, startMs, endMs: startMs + count * 400 - 100, text, timing, revision: 0, final: true }; // prettier-ignore
}

test("who speaks for how long, and how long nobody does", () => {
  const metrics = measureCall(
    [say("agent", 1_000, "good morning how can i help"), say("customer", 4_000, "my card is lost")],
    { durationMs: 10_000 },
  );
  expect(metrics).toMatchObject({
    agentMs: 2_300,
    customerMs: 1_500,
    silenceMs: 6_200,
    turns: 2,
    talkShare: 0.23,
  });
  expect(metrics.talkShareOfSpeech).toBeCloseTo(2_300 / 3_800);
});

test("a backchannel takes no turn and is no overtalk; an answer of one word is a turn", () => {
  const story = say("customer", 0, "so then my card was declined in the shop and i had no cash at all");
  const nodding = measureCall([story, say("agent", 1_500, "mm-hm yeah")], { durationMs: 10_000 });
  expect(nodding).toMatchObject({ turns: 1, overtalkMs: 0, overlaps: 0, interruptionsByAgent: 0 });
  expect(nodding.silenceMs).toBe(10_000 - 6_300);
  const answered = measureCall([say("agent", 0, "is that right"), say("customer", 2_000, "yes")], { durationMs: 5_000 }); // prettier-ignore
  expect(answered.turns).toBe(2);
});

test("who takes the word amid the other's sentence interrupts, whoever stops first", () => {
  const story = say("customer", 0, "so then my card was declined in the shop and i had no cash at all");
  const cut = measureCall([story, say("agent", 1_500, "let me stop you there")], { durationMs: 10_000 });
  expect(cut).toMatchObject({ interruptionsByAgent: 1, interruptionsByCustomer: 0, overlaps: 1, turns: 3 });
  expect(cut.overtalkMs).toBe(1_900);
});

test("nothing said: no figure but the length", () => {
  expect(measureCall([], { durationMs: 60_000 })).toEqual({ durationMs: 60_000 });
  expect(createLiveMetrics().read(0)).toEqual({
    metrics: { durationMs: 0 },
    speaking: null,
    mood: null,
    quietSinceMs: null,
  });
});

test("who speaks now and since when; after a while nobody does", () => {
  const live = createLiveMetrics();
  live.hear(say("agent", 1_000, "good morning how can i help"));
  expect(live.read(3_200)).toMatchObject({
    speaking: { speaker: "agent", sinceMs: 1_000 },
    quietSinceMs: null,
  });
  expect(live.read(4_000)).toMatchObject({ speaking: { speaker: "agent" }, quietSinceMs: 3_300 });
  expect(live.read(9_000)).toMatchObject({ speaking: null, quietSinceMs: 3_300 });
});
