import { join } from "node:path";
import { measureCall } from "../../shared/coaching/metrics/live-metrics.ts";
import type { CallMetrics } from "../../shared/coaching/metrics/catalogue.ts";
import { readRecordedCalls, type RecordedCall } from "./harper-valley.ts";
import { countSharedRuns, measureSlowly } from "./measure-slowly.ts";
import { hearVoices } from "./voice-activity.ts";

/** Where the recorded calls are, beside the project; they are no part of it. */
export const recordingsFolder = join(import.meta.dirname, "../../../shared/data/harper-valley");

export type Comparison = {
  id: string;
  metrics: CallMetrics;
  slowly: ReturnType<typeof measureSlowly>;
  durationMs: number;
  /** Overlaps with those in which one of the two only listens. */
  allOverlaps: number;
  /** In ms, by word timings and by the power of the sound. */
  words: { speech: number; silence: number };
  sound: { speech: number; silence: number };
};

/** Figures of recorded calls from the clock that both channels share, beside those of a slow way and of the sound. */
export async function compareRecordings(folder: string): Promise<Comparison[]> {
  return (await readRecordedCalls(folder)).map(compare);
}

function compare({ id, utterances, durationMs, channels }: RecordedCall): Comparison {
  const metrics = measureCall(utterances, { durationMs });
  const { silenceMs: silence = 0 } = metrics;
  return {
    ...{ id, metrics, durationMs },
    slowly: measureSlowly(utterances, durationMs),
    allOverlaps: countSharedRuns(utterances, durationMs),
    words: { speech: durationMs - silence, silence },
    sound: hearVoices(channels, durationMs),
  };
}

/** A table of them, line by line. */
export function tableOf(comparisons: readonly Comparison[]): string[] {
  return [
    "| call | length | talk share | of speech | overlaps (with backchannels) | interruptions (agent, customer) | longest monologue (agent, customer) | speech by words, by sound | silence by words, by sound |", // prettier-ignore
    "|---|---|---|---|---|---|---|---|---|",
    ...comparisons.map(rowOf),
  ];
}

function rowOf({ id, metrics, durationMs, allOverlaps, words, sound }: Comparison): string {
  const { talkShare, talkShareOfSpeech, overlaps, interruptionsByAgent, interruptionsByCustomer } = metrics;
  const cells = [
    ...[id, seconds(durationMs), percent(talkShare), percent(talkShareOfSpeech)],
    `${overlaps} (${allOverlaps})`,
    `${interruptionsByAgent}, ${interruptionsByCustomer}`,
    `${seconds(metrics.longestMonologueMs)}, ${seconds(metrics.longestCustomerMs)}`,
    ...(["speech", "silence"] as const).map((what) => besides(words[what], sound[what], sound.speech > 0)),
  ];
  return `| ${cells.join(" | ")} |`;
}

function besides(words: number, sound: number, isHeard: boolean): string {
  if (!isHeard) return seconds(words);
  const off = (words / sound - 1) * 100;
  return `${seconds(words)}, ${seconds(sound)} (${off < 0 ? "−" : "+"}${Math.abs(off).toFixed(1)} %)`;
}

function seconds(ms = 0): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function percent(share = 0): string {
  return `${(share * 100).toFixed(1)} %`;
}
