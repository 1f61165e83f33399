import { makeReport } from "../../../shared/coaching/report/make-report.ts";
import type { ReportInput } from "../../../shared/coaching/report/report-input.ts";
import { splitWords } from "../../../shared/coaching/text/words.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import { RecordId } from "../../../shared/entities/id.ts";
import { compareRecordings, recordingsFolder, tableOf } from "../../coaching/compare-recordings.ts";
import { livePlaybook, liveScorecard, reportInput } from "../../coaching/some-report.ts";
import { readDemoCalls } from "./demo-turns.ts";
import { median, withFloor, type Bench, type Measurement } from "../measurement.ts";

const hourMs = 3_600_000;

/** The rules' report of an hour's call, against parsing the same transcript and looking at each of its words. */
export const hourReport: Bench = {
  ids: ["report.hour-call"],
  async run({ runs, log }): Promise<Measurement[]> {
    for (const line of tableOf(await compareRecordings(recordingsFolder))) log(line);
    const input = hourOfTalk();
    const transcript = JSON.stringify(input.utterances);
    let words = 0;
    const value = median(Array.from({ length: runs }, () => timeOf(() => makeReport(input))));
    const floor = median(Array.from({ length: runs }, () => timeOf(() => (words = countWords(transcript)))));
    const { moments, actions, items } = makeReport(input);
    const note = `${input.utterances.length} utterances, ${words} words; ${moments.length} moments, ${actions.length} actions, ${items.length} items`; // prettier-ignore
    return [withFloor({ id: "report.hour-call", value, unit: "ms", reach: "< 1000", runs, note }, floor)];
  },
};

function timeOf(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function countWords(transcript: string): number {
  const utterances = JSON.parse(transcript) as Utterance[];
  return utterances.reduce((sum, { text }) => sum + splitWords(text).length, 0);
}

/** The demo calls one behind the other, again and again, as one call of an hour with a playbook of the demo's. */
function hourOfTalk(): ReportInput {
  const input = reportInput(utterancesUntil(hourMs), { durationMs: hourMs, timeZone: "Europe/Berlin" });
  return { ...input, playbook: livePlaybook("discovery"), scorecard: liveScorecard };
}

function utterancesUntil(endMs: number): Utterance[] {
  const calls = readDemoCalls();
  const utterances: Utterance[] = [];
  for (let fromMs = 0, next = 0; fromMs < endMs; next += 1) {
    const call = calls[next % calls.length];
    if (call === undefined) return utterances;
    for (const { words, speaker, startMs, endMs: until, text } of call.turns) {
      const timing = words.flatMap((word) => [word.startMs - startMs, word.endMs - word.startMs]);
      const times = { startMs: fromMs + startMs, endMs: fromMs + until };
      if (times.endMs > endMs) return utterances;
      utterances.push({ id: RecordId.parse(`u-${utterances.length}`), speaker, ...times, text, timing, revision: 1, final: true }); // prettier-ignore
    }
    fromMs += call.durationMs;
  }
  return utterances;
}
