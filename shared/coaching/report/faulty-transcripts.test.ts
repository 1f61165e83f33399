import { expect, test } from "vitest";
import {
  callDay,
  demoTalk,
  livePlaybook,
  liveScorecard,
  reportInput,
} from "../../../testing/coaching/some-report.ts";
import { says, wordByWord } from "../../../testing/coaching/talk.ts";
import { CallReport } from "../../entities/insight.ts";
import { createLiveMetrics } from "../metrics/live-metrics.ts";
import { compilePlaybook } from "../playbook/compile-playbook.ts";
import { startMatching } from "../playbook/start-matching.ts";
import type { Utterance } from "../utterance.ts";
import { makeReport } from "./make-report.ts";

// Everything that recognisers, carriers and networks do to a transcript: whatever comes, in whatever order, the overlay and
// the report end up with what was said, and with the same figures.

type Fault = { told: readonly Utterance[]; said: readonly Utterance[] };

const talk = demoTalk("cheaper-offer");
const half = Math.floor(talk.length / 2);
const swapped = ({ speaker, ...rest }: Utterance): Utterance => ({ ...rest, speaker: speaker === "agent" ? "customer" : "agent" }); // prettier-ignore
const moved = (ms: number) => (one: Utterance) => ({ ...one, startMs: one.startMs + ms, endMs: one.endMs + ms }); // prettier-ignore
const again = (one: Utterance): Utterance => ({ ...one, revision: one.revision + 1 });
const noWords = { text: " ", timing: [] };
const arabic = [
  says("agent", 0, "صباح الخير كيف يمكنني مساعدتك اليوم؟"),
  says("customer", 6_000, "أريد تغيير موعدي من 12 إلى 14 لأنني مسافر"),
];
const otherScripts = [
  says("agent", 0, "您好 请问 有 什么 可以 帮 您"),
  says("customer", 5_000, "Это слишком дорого для нас"),
  says("agent", 9_000, "ठीक है मैं देखता हूँ"),
];
/** Every other one comes 1.5 s early, into what was said before it. */
const overlapping = talk.map((one, at) => moved(at % 2 === 0 ? 0 : -1_500)(one));

const faults: Record<string, Fault> = {
  "comes late": { told: [...talk.slice(half), ...talk.slice(0, half)], said: talk },
  "comes doubled": { told: talk.flatMap((one) => [one, one]), said: talk },
  "has both speak at once, guessed by turns": { told: overlapping.flatMap(wordByWord).toSorted((a, b) => a.endMs - b.endMs), said: overlapping }, // prettier-ignore
  "comes in another order": { told: talk.toReversed(), said: talk },
  "is empty here and there": {
    told: [...talk, { ...says("agent", 3_000, ""), ...noWords }, { ...says("customer", 9_000, ""), ...noWords }], // prettier-ignore
    said: talk,
  },
  "is guessed word by word": { told: talk.flatMap((one) => wordByWord(one)), said: talk },
  "is in other scripts": { told: otherScripts.flatMap(wordByWord), said: otherScripts },
  "is written from right to left": { told: arabic.flatMap(wordByWord), said: arabic },
  "has its speakers swapped, and corrected": { told: [...talk.map(swapped), ...talk.map(again)], said: talk.map(again) }, // prettier-ignore
  "is told by two clocks, and put on one": {
    told: [...talk.map((one) => (one.speaker === "agent" ? moved(2_000)(one) : one)), ...talk.map(again)],
    said: talk.map(again),
  },
};

test.each(Object.entries(faults))("a transcript that %s", (_, { told, said }) => {
  const playbook = livePlaybook("discovery");
  const input = { ...reportInput(said), playbook, scorecard: liveScorecard };
  const report = makeReport({ ...input, utterances: told });
  const kept = { id: "report:call", rev: 1, createdAt: callDay, updatedAt: callDay, kept: [] };
  expect(() => CallReport.parse({ ...report, ...kept })).not.toThrow();
  expect(report).toEqual(makeReport(input));

  const live = createLiveMetrics();
  for (const one of told) live.hear(one);
  expect(live.read(input.call.durationMs).metrics).toEqual(report.metrics);

  const matching = startMatching(compilePlaybook(playbook));
  const fired = told.flatMap((one) => matching.hear(one)).concat(matching.tick(Infinity, { metrics: {}, quietSinceMs: null })); // prettier-ignore
  const ticked = new Set(fired.filter(({ target }) => target === "item").map(({ key }) => key));
  const done = report.items.filter(({ atMs }) => atMs !== null).map(({ key }) => key);
  expect(
    done.filter((key) => !ticked.has(key)),
    "the overlay had ticked what the report has",
  ).toEqual([]);
});
