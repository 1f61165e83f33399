import fc from "fast-check";
import { expect, test } from "vitest";
import { measureSlowly } from "../../../testing/coaching/measure-slowly.ts";
import { someApart, someCall } from "../../../testing/coaching/some-call.ts";
import type { RecordId } from "../../entities/id.ts";
import { moodByMinute, sentimentOf } from "../report/mood-by-minute.ts";
import { emptyTranscript, hear, utterancesOf } from "../transcript/transcript.ts";
import type { Utterance } from "../utterance.ts";
import type { SpokenWord } from "../text/words.ts";
import type { Apart } from "./apart.ts";
import { callStart, readCall, stepCall, type CallState } from "./call-fold.ts";
import { metricNames, metricUnits, type CallMetrics } from "./catalogue.ts";
import { createLiveMetrics, measureCall } from "./live-metrics.ts";

const runs = { numRuns: 300 };

test("the same as looking at every millisecond of the call", () => {
  fc.assert(
    fc.property(someCall, someApart, (call, apart) => {
      const slowly = measureSlowly(call, 20_000, apart);
      const spoken = call.some(({ text }) => /[\p{L}\p{N}]/u.test(text.replaceAll("[noise]", "")));
      if (spoken) expect(measureCall(call, { durationMs: 20_000, apart })).toMatchObject(slowly);
    }),
    runs,
  );
});

test("streamed is batch: any order, twice, guesses first, another speaker at first, read in between", () => {
  fc.assert(
    fc.property(someCall.chain(someTellings), ({ call, tellings }) => {
      const live = createLiveMetrics();
      for (const [at, telling] of tellings.entries()) {
        live.hear(telling);
        if (at % 3 === 0) live.read(30_000);
      }
      expect(live.read(30_000).metrics).toEqual(measureCall(call, { durationMs: 30_000 }));
    }),
    runs,
  );
});

test("the customer's mood is the report's while the call goes on, also minute by minute", () => {
  const moods = new Set<string>();
  const moody = someCall.map((call) => call.map(withFeeling));
  fc.assert(
    fc.property(moody.chain(someTellings), fc.nat(20_000), ({ call, tellings }, untilMs) => {
      const live = createLiveMetrics();
      for (const telling of tellings) live.hear(telling);
      const { mood } = live.read(30_000);
      moods.add(mood ?? "");
      expect(mood ?? "").toBe(sentimentOf(call));
      const heard = utterancesOf(tellings.reduce(hear, emptyTranscript));
      // Minutes of three seconds each, so that a call of the test has several.
      const stretched = heard.map((one) => stretch(one, 20));
      const whole = moodByMinute(stretched, 400_000);
      expect(whole).toEqual(moodByMinute(call.map((one) => stretch(one, 20)), 400_000)); // prettier-ignore
      const over = Math.floor((untilMs * 20) / 60_000);
      const soFar = stretched.filter(({ startMs }) => startMs < over * 60_000);
      expect(moodByMinute(soFar, 400_000).slice(0, over)).toEqual(whole.slice(0, over));
    }),
    runs,
  );
  expect([...moods]).toEqual(expect.arrayContaining(["", "neutral", "negative", "positive"]));
});

test("streamed is batch with holds too: told as they begin and end, before and behind the words in them", () => {
  fc.assert(
    fc.property(someCall.chain(someTellings), someApart, fc.nat(20), ({ call, tellings }, apart, every) => {
      const live = createLiveMetrics();
      for (const [at, telling] of tellings.entries()) {
        if (at % (every + 1) === 0) live.part(asKnown(apart, at));
        live.hear(telling);
        if (at % 3 === 0) live.read(30_000);
      }
      live.part(apart);
      expect(live.read(30_000).metrics).toEqual(measureCall(call, { durationMs: 30_000, apart }));
    }),
    runs,
  );
});

test("a hold is no dead air, and takes nothing from any other figure of who spoke", () => {
  fc.assert(
    fc.property(someCall, someApart, (call, apart) => {
      const [held, whole] = [apart, []].map((spans) =>
        measureCall(call, { durationMs: 30_000, apart: spans }),
      );
      expect(held?.deadAirMs ?? 0).toBeLessThanOrEqual(whole?.deadAirMs ?? 0);
      expect(held?.longestMonologueMs ?? 0).toBeLessThanOrEqual(whole?.longestMonologueMs ?? 0);
      expect(held?.patienceMs ?? 0).toBeLessThanOrEqual(whole?.patienceMs ?? 0);
      expect({ ...whole, ...held }).toMatchObject(withoutPauses(whole ?? {}));
    }),
    runs,
  );
});

test("a guess that is taken back leaves nothing behind", () => {
  fc.assert(
    fc.property(someCall, fc.string(), (call, text) => {
      const live = createLiveMetrics();
      const guess: Utterance = { id: "guess" as RecordId, speaker: "agent", startMs: 900, endMs: 2_500, text, timing: [], revision: 1, final: false }; // prettier-ignore
      for (const utterance of [guess, ...call, { ...guess, text: "", revision: 2 }]) live.hear(utterance);
      expect(live.read(30_000).metrics).toEqual(measureCall(call, { durationMs: 30_000 }));
    }),
    runs,
  );
});

test("moved in time, a call has the same figures but for the silence before it", () => {
  fc.assert(
    fc.property(someCall, fc.integer({ min: 1, max: 100_000 }), (call, byMs) => {
      const moved = call.map((one) => ({ ...one, startMs: one.startMs + byMs, endMs: one.endMs + byMs }));
      const {
        silenceMs = byMs,
        durationMs = byMs,
        ...rest
      } = measureCall(moved, { durationMs: 60_000 + byMs });
      const before = measureCall(call, { durationMs: 60_000 });
      expect(durationMs).toBe((before.durationMs ?? 0) + byMs);
      expect(silenceMs).toBe((before.silenceMs ?? 0) + byMs);
      expect(absolute(rest)).toEqual(absolute(before));
    }),
    runs,
  );
});

test("an utterance with word times told in two has the same figures", () => {
  fc.assert(
    fc.property(someCall, fc.nat(11), (call, after) => {
      const split = call.flatMap((utterance) => splitUtterance(utterance, after));
      expect(measureCall(split, { durationMs: 30_000 })).toEqual(measureCall(call, { durationMs: 30_000 }));
    }),
    runs,
  );
});

test("every figure keeps its bounds", () => {
  fc.assert(
    fc.property(someCall, fc.nat(60_000), (call, givenMs) => {
      const metrics = measureCall(call, { durationMs: givenMs });
      const { durationMs = 0, agentMs = 0, customerMs = 0, silenceMs = 0, overtalkMs = 0 } = metrics;
      for (const name of metricNames) {
        const value = metrics[name];
        if (value === undefined) continue;
        expect(Number.isFinite(value), name).toBe(true);
        expect(value, name).toBeGreaterThanOrEqual(metricUnits[name] === "score" ? -1 : 0);
        if (["share", "score"].includes(metricUnits[name])) expect(value, name).toBeLessThanOrEqual(1);
      }
      for (const ms of [agentMs, customerMs, silenceMs]) expect(ms).toBeLessThanOrEqual(durationMs);
      expect(overtalkMs).toBeLessThanOrEqual(Math.min(agentMs, customerMs));
      expect(durationMs).toBeGreaterThanOrEqual(givenMs);
    }),
    runs,
  );
});

test("a call of four hours costs no more for a word at its end than at its start", () => {
  let steps = 0;
  const live = createLiveMetrics((state, word, apart) => {
    steps += 1;
    return stepCall(state, word, apart);
  });
  const costs: number[] = [];
  for (let at = 0; at < 4 * 60 * 12; at += 1) {
    for (const telling of guessesOf(at)) {
      const before = steps;
      live.hear(telling);
      live.read(telling.endMs);
      costs.push(steps - before);
    }
  }
  const hour = costs.length / 4;
  const [first = 0, last = 0] = [costs.slice(0, hour), costs.slice(-hour)].map((part) =>
    part.reduce((a, b) => a + b),
  );
  expect(last).toBe(first);
  expect(first).toBeGreaterThan(720 * 10);
  // Two new words, and the one before them, of which the guess had not known the end.
  expect(Math.max(...costs)).toBeLessThanOrEqual(4);
});

test("what is kept from word to word does not grow", () => {
  const words = Array.from({ length: 5_000 }, (_, at) => ({ text: "so", startMs: at * 400, endMs: at * 400 + 300, ends: "" as const, speaker: at % 7 < 4 ? ("agent" as const) : ("customer" as const) })); // prettier-ignore
  const sizes = [100, 5_000].map((count) => JSON.stringify(words.slice(0, count).reduce(stepTogether, callStart)).length); // prettier-ignore
  expect((sizes[1] ?? 0) - (sizes[0] ?? 0)).toBeLessThan(120);
  expect(readCall(words.reduce(stepTogether, callStart), 0).durationMs).toBe(4_999 * 400 + 300);
});

function stepTogether(state: CallState, word: SpokenWord): CallState {
  return stepCall(state, word, []);
}

/** The first so many holds; of these the last one has just begun. */
function asKnown(apart: Apart, count: number): Apart {
  const known = apart.slice(0, count % (apart.length + 1));
  return known.map((span, at) => (at === known.length - 1 ? { ...span, toMs: Infinity } : span));
}

/** Figures that no hold can change. */
function withoutPauses(metrics: CallMetrics): CallMetrics {
  const paused = ["deadAirMs", "deadAirCount", "longestMonologueMs", "longestCustomerMs", "patienceMs"];
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => !paused.includes(name)));
}

/** Every five seconds somebody says ten words, told as five guesses of two words more each and a last telling. */
function guessesOf(at: number): Utterance[] {
  const texts = "well the thing is that we need it before next".split(" ");
  const speaker = at % 3 === 0 ? "customer" : "agent";
  const timing = texts.flatMap((_, word) => [word * 350, 300]);
  return [2, 4, 6, 8, 10, 10].map((count, revision) => ({
    id: `u-${at}` as RecordId,
    speaker,
    startMs: at * 5_000,
    endMs: at * 5_000 + count * 350,
    // A guess does not know the end of its last word.
    text: texts
      .slice(0, count)
      .join(" ")
      .slice(0, revision === 5 ? undefined : -1),
    timing: timing.slice(0, count * 2),
    revision,
    final: revision === 5,
  }));
}

/** As somebody says it who is glad, cross, or neither. */
function withFeeling(one: Utterance, at: number): Utterance {
  const feelings = ["great", "terrible", "not happy", "wonderful", "awful", "table"];
  const texts = one.text
    .split(" ")
    .map((word, index) => ((index + at) % 3 === 0 ? word : feelings[(at + one.startMs) % 6]));
  return { ...one, text: texts.join(" "), timing: [] };
}

function stretch(one: Utterance, by: number): Utterance {
  return {
    ...one,
    startMs: one.startMs * by,
    endMs: one.endMs * by,
    timing: one.timing.map((ms) => ms * by),
  };
}

/** Guesses, wrong speakers and doubles besides the real tellings, in any order. */
function someTellings(call: Utterance[]): fc.Arbitrary<{ call: Utterance[]; tellings: Utterance[] }> {
  const tellings = call.flatMap((one) => [
    one,
    one,
    { ...one, revision: 0, speaker: "agent" as const },
    { ...one, revision: 7, final: false, text: one.text.slice(0, one.text.length / 2), timing: [] },
    { ...one, revision: 2, final: false, startMs: one.startMs + 40, endMs: one.endMs + 700 },
  ]);
  const shuffled = fc.shuffledSubarray(tellings, { minLength: tellings.length });
  return shuffled.map((told) => ({ call, tellings: told }));
}

function splitUtterance(utterance: Utterance, after: number): Utterance[] {
  const words = utterance.text.split(" ");
  if (utterance.timing.length === 0 || words.length <= after) return [utterance];
  const startMs = utterance.startMs + (utterance.timing[after * 2] ?? 0);
  const { text: _, ...rest } = utterance;
  return [
    {
      ...rest,
      text: words.slice(0, after).join(" "),
      endMs: startMs,
      timing: utterance.timing.slice(0, after * 2),
    },
    {
      ...rest,
      id: `${utterance.id}-b` as RecordId,
      startMs,
      text: words.slice(after).join(" "),
      timing: utterance.timing
        .slice(after * 2)
        .map((ms, at) => (at % 2 === 0 ? ms + utterance.startMs - startMs : ms)),
    },
  ];
}

/** What is not divided by the length of the call. */
function absolute(metrics: CallMetrics): CallMetrics {
  const relative = ["durationMs", "silenceMs", "talkShare", "silenceShare", "overtalkShare", "interactivity"];
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => !relative.includes(name)));
}
