import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  compareRecordings,
  recordingsFolder,
  tableOf,
} from "../../../testing/coaching/compare-recordings.ts";
import { readRecordedCalls } from "../../../testing/coaching/harper-valley.ts";
import { measureCall } from "./live-metrics.ts";

const isThere = existsSync(join(recordingsFolder, "transcript"));

describe.skipIf(!isThere)("calls that people once had (skipped: ../shared/data is absent)", async () => {
  const comparisons = isThere ? await compareRecordings(recordingsFolder) : [];

  test("each figure is that of every millisecond of the word timings", () => {
    process.stdout.write(`${tableOf(comparisons).join("\n")}\n`);
    expect(comparisons.length).toBeGreaterThan(0);
    for (const { id, metrics, slowly, durationMs } of comparisons) {
      expect(metrics, id).toMatchObject(slowly);
      const { agentMs, customerMs } = slowly;
      expect(metrics.talkShare, id).toBe(agentMs / durationMs);
      expect(metrics.talkShareOfSpeech, id).toBe(agentMs / (agentMs + customerMs));
    }
  });

  test("in each call speech and silence by words are those of the sound, within 5 %", () => {
    for (const { id, words, sound } of comparisons)
      for (const what of ["speech", "silence"] as const) {
        const off = words[what] / sound[what] - 1;
        expect(Math.abs(off), `${what} of ${id}: ${(off * 100).toFixed(1)} %`).toBeLessThan(0.05);
      }
  });

  test("read on each channel's own clock, a call whose agent's file begins late is another call", async () => {
    const late = (await readRecordedCalls(recordingsFolder)).filter(
      ({ channels }) => channels.agent.shiftMs > 500,
    );
    for (const { id, utterances, durationMs, channels } of late) {
      const apart = utterances.map((one) => (one.speaker === "agent" ? { ...one, startMs: one.startMs - channels.agent.shiftMs, endMs: one.endMs - channels.agent.shiftMs } : one)); // prettier-ignore
      const [right, wrong] = [utterances, apart].map((told) => measureCall(told, { durationMs }));
      expect(wrong?.patienceMs, id).toBeLessThan((right?.patienceMs ?? 0) - 500);
    }
  });
});
