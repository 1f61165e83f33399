import fc from "fast-check";
import { expect, test } from "vitest";
import { reportInput } from "../../../testing/coaching/some-report.ts";
import { someCall } from "../../../testing/coaching/some-call.ts";
import { says } from "../../../testing/coaching/talk.ts";
import { CallReport } from "../../entities/insight.ts";
import type { UserId } from "../../entities/id.ts";
import { measureCall } from "../metrics/live-metrics.ts";
import { makeReport } from "./make-report.ts";

const [ana, ben] = ["ana", "ben"] as UserId[];
const words = (count: number) => Array.from({ length: count }, () => "then").join(" ");

/** Ana talks for a minute and more, and gives the call to Ben, who lets the customer talk. */
const talk = [
  says("agent", 0, words(160)),
  says("customer", 81_000, words(10)),
  says("agent", 130_000, "Good morning, this is Ben, what can I do for you?"),
  says("customer", 136_000, words(80)),
  says("agent", 180_000, "I see, and what does that cost you today?"),
  says("customer", 186_000, words(40)),
];
const shifts = [
  { agentId: ana ?? null, fromMs: 0, toMs: 128_000 },
  { agentId: ben ?? null, fromMs: 128_000, toMs: Infinity },
];
const handedOver = {
  agentId: ben ?? null,
  shifts,
  apart: [{ fromMs: 90_000, toMs: 128_000 }],
  durationMs: 210_000,
};

test("who gave a call away is credited their own words, and whoever took it is not told of theirs", () => {
  const report = makeReport(reportInput(talk, handedOver));
  const [first, second] = report.parts;
  expect(report.parts.map(({ agentId, spans }) => [agentId, spans])).toEqual([
    [ana, [{ fromMs: 0, toMs: 128_000 }]],
    [ben, [{ fromMs: 128_000, toMs: null }]],
  ]);
  expect(first?.metrics).toMatchObject({ durationMs: 128_000, longestMonologueMs: 79_900, deadAirMs: 0 });
  expect(second?.metrics).toMatchObject({ durationMs: 82_000, questionsAsked: 2 });
  expect(second?.metrics["longestMonologueMs"]).toBeLessThan(10_000);
  expect(report.metrics["longestMonologueMs"]).toBe(79_900);
  const told = (points: readonly { text: string }[] = []) => points.map(({ text }) => text).join(" ");
  expect(told(first?.improvements)).toContain("94 % of the talking");
  expect(told(report.improvements)).not.toContain("94 % of the talking");
  expect(report.improvements).toEqual(second?.improvements);
});

test("of a call that one had there are no parts", () => {
  const alone = { ...handedOver, shifts: [{ agentId: ben ?? null, fromMs: 0, toMs: Infinity }] };
  expect(makeReport(reportInput(talk, alone)).parts).toEqual([]);
});

test("a call that ended while it waited for the next of us is nobody's, and its talk is theirs who gave it away", () => {
  const given = {
    ...handedOver,
    agentId: null,
    shifts: [{ agentId: ana ?? null, fromMs: 0, toMs: Infinity }],
  };
  const { parts, metrics } = makeReport(reportInput(talk, given));
  expect(parts).toMatchObject([{ agentId: ana, spans: [{ fromMs: 0, toMs: null }], metrics }]);
});

test("parts share the words of a call, whoever had it when: nothing is lost, nothing counts twice", () => {
  fc.assert(
    fc.property(
      someCall,
      fc.uniqueArray(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 5 }),
      (call, cuts) => {
        const times = [0, ...cuts.toSorted((a, b) => a - b)];
        const every = times.map((fromMs, at) => ({
          agentId: (at % 2 === 0 ? ana : ben) ?? null,
          fromMs,
          toMs: times[at + 1] ?? Infinity,
        }));
        const report = makeReport(reportInput(call, { shifts: every, durationMs: 40_000 }));
        const { parts } = JSON.parse(JSON.stringify(report)) as typeof report;
        expect(CallReport.shape.parts.parse(parts)).toEqual(parts);
        expect(parts).toHaveLength(2);
        const sum = (of: string) => parts.reduce((all, { metrics }) => all + (metrics[of] ?? 0), 0);
        expect(sum("durationMs")).toBeGreaterThanOrEqual(Math.min(40_000, report.metrics["durationMs"] ?? 0));
        // What somebody says across the moment at which the call went on counts for who began it.
        const whole = measureCall(
          call.filter(({ speaker }) => speaker === "agent"),
          { durationMs: 40_000 },
        );
        if (
          call.every((one) =>
            every.some(({ fromMs, toMs }) => one.startMs >= fromMs && one.endMs < toMs - 200),
          )
        )
          expect(sum("agentMs")).toBe(whole.agentMs ?? 0);
      },
    ),
    { numRuns: 200 },
  );
});
