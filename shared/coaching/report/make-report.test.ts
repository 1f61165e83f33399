import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { someCall } from "../../../testing/coaching/some-call.ts";
import {
  callDay,
  demoTalk,
  livePlaybook,
  liveScorecard,
  reportInput,
} from "../../../testing/coaching/some-report.ts";
import { says } from "../../../testing/coaching/talk.ts";
import type { RecordId } from "../../entities/id.ts";
import { CallReport } from "../../entities/insight.ts";
import { makeReport } from "./make-report.ts";
import type { FoundReport } from "./report-input.ts";

function stored(report: FoundReport): CallReport {
  return CallReport.parse({
    ...report,
    id: "report:call",
    rev: 1,
    createdAt: callDay,
    updatedAt: callDay,
    kept: [],
  });
}

test.each(readdirSync("resources/demo/calls"))(
  "the report of the demo call %s can be kept, and is the same each time",
  (name) => {
    const utterances = demoTalk(name);
    const input = {
      ...reportInput(utterances),
      playbook: livePlaybook("discovery"),
      scorecard: liveScorecard,
    };
    const report = stored(makeReport(input));
    expect(stored(makeReport({ ...input, utterances: utterances.toReversed() }))).toEqual(report);
    expect(report.keyPoints.length).toBeGreaterThan(2);
    expect(report.summary).toContain("Ana did ");
    expect(report.score).toBeGreaterThan(0);
    const said = utterances.map(({ text }) => text).join(" ");
    for (const point of report.keyPoints) expect(said).toContain(/“(.{10,40}?)[\s…”]/u.exec(point)?.[1]);
  },
);

test("a sales call: what was objected, what is done, what was agreed", () => {
  const input = { ...reportInput(demoTalk("all-in-price")), playbook: livePlaybook("discovery") };
  const report = makeReport(input);
  expect(report.items.every(({ atMs }) => atMs !== null)).toBe(true);
  expect(report.objections.map(({ text }) => text.split(":")[0])).toContain("Price against current lease");
  expect(report.objections.every(({ answered }) => answered)).toBe(true);
  expect(report.strengths[0]?.text).toBe("You covered all 6 points of the playbook.");
  expect(report.followUp).toContain("Tomorrow at nine thirty");
});

test("nothing was heard: it says so, and nothing else", () => {
  const report = stored(makeReport({ ...reportInput([], { durationMs: 65_000 }), playbook: livePlaybook("discovery"), scorecard: liveScorecard })); // prettier-ignore
  expect(report.summary).toBe("A call to Maria of 65 seconds. No word of it was heard, so there is nothing more to say about it."); // prettier-ignore
  expect(report).toMatchObject({ metrics: { durationMs: 65_000 }, keyPoints: [], actions: [], objections: [], strengths: [], improvements: [], moments: [], mood: [], sentiment: "", followUp: "", score: null }); // prettier-ignore
});

test("a transcript that stops: it says where, and judges nothing by the rest of the call", () => {
  const talk = [
    says("agent", 0, "good morning this is ana from northgate how can i help you today"),
    says("customer", 8_000, "i need a bigger office for my team because we are growing fast this year"),
    says("agent", 17_000, "thank you for telling me that and let me see what we have for you there"),
  ];
  const report = makeReport(reportInput(talk, { durationMs: 600_000 }));
  expect(report.summary).toContain("The transcript ends at 0:24, 10 minutes before the call did");
  expect(report.summary).not.toContain("%");
  expect(report.metrics).toMatchObject({ durationMs: 24_900, silenceMs: 24_900 - 6_400 - 7_400 - 7_900 });
  expect(report.improvements).toEqual([]);
  expect(report.strengths).toEqual([]);
});

test("one who talks without end is told so, where it was, and what to do instead", () => {
  const speech = Array.from({ length: 220 }, () => "and").join(" ");
  const talk = [
    says("agent", 0, "hello maria is now a good time"),
    says("customer", 5_000, "yes go ahead please i am listening to you"),
    says("agent", 12_000, speech),
    says("customer", 124_000, "that was a lot to take in at once"),
  ];
  const { improvements, moments } = makeReport(reportInput(talk, { durationMs: 130_000 }));
  const monologue = improvements.find(({ text }) => text === "You talked for 2 minutes without a break.");
  expect(monologue).toMatchObject({ atMs: 12_000, advice: expect.stringContaining("Stop after a minute") });
  expect(moments).toContainEqual(expect.objectContaining({ kind: "monologue", good: false, atMs: 12_000 }));
});

test("other scripts are quoted apart, and no rule of English claims anything of them", () => {
  const talk = [
    says("agent", 0, "صباح الخير كيف يمكنني مساعدتك اليوم؟"),
    says("customer", 6_000, "أريد تغيير موعدي من 12 إلى 14 لأنني مسافر"),
  ];
  const report = stored(makeReport(reportInput(talk)));
  expect(report.keyPoints).toEqual([expect.stringContaining("\u2068“أريد تغيير موعدي")]);
  expect(report.metrics).toMatchObject({ questionsAsked: 1, customerSentiment: 0 });
  expect(report.objections).toEqual([]);
});

test("any call, told in any order: the same report, which can be kept, and points into the call", () => {
  const told = someCall.chain((call) =>
    fc.tuple(fc.constant(call), fc.shuffledSubarray([...call, ...call], { minLength: call.length * 2 })),
  );
  const [playbook, scorecard] = [livePlaybook("support"), liveScorecard];
  fc.assert(
    fc.property(told, ([call, shuffled]) => {
      const input = { ...reportInput(call), playbook, scorecard };
      const report = stored(makeReport(input));
      expect(makeReport({ ...input, utterances: shuffled })).toEqual(makeReport(input));
      const endMs = report.metrics["durationMs"] ?? 0;
      const points = [...report.moments, ...report.actions, ...report.objections, ...report.strengths, ...report.improvements]; // prettier-ignore
      for (const { atMs } of points) expect(atMs ?? 0).toBeLessThanOrEqual(endMs);
      for (const { atMs, endMs: until } of report.moments) expect(until).toBeGreaterThanOrEqual(atMs);
    }),
  );
});

test("names as long as a line fit into lines", () => {
  const names = { agent: "Ana ".repeat(120), customer: "Maria ".repeat(80) };
  const report = makeReport({ ...reportInput(demoTalk("cheaper-offer")), names });
  expect(stored(report).actions[0]?.text).toMatch(/^Send Maria /u);
});

test("four hours: a report of the same size", () => {
  const hour = demoTalk("cold-floor");
  const lengthMs = 120_000;
  const talk = Array.from(
    { length: 120 },
    (_, round) =>
    hour.map((one, at) => ({ ...one, id: `u-${round}-${at}` as RecordId, startMs: one.startMs + round * lengthMs, endMs: one.endMs + round * lengthMs })), // prettier-ignore
  ).flat();
  const report = stored(makeReport({ ...reportInput(talk), playbook: livePlaybook("support") }));
  expect(report.metrics["durationMs"]).toBeGreaterThan(14_000_000);
  expect(report.mood.length).toBe(240);
  expect(report.moments.length).toBe(60);
});
