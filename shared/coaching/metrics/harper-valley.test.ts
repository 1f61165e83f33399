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

/**
 * Worked out by hand from the word timings in the corpus' files, ms on the shared clock (offset_ms + word_offsets_ms).
 * A spurt is told by its length; a plus parts one from the next, where the pause is longer than 200 ms. The call ends
 * with the longer sound file: samples ÷ 8, and the agent's offset_ms − start_ms where that one begins late.
 */
const byHand = [
  {
    id: "01cefd6f5c044a6f",
    // 504,000 samples, and the agent's file 1 ms late.
    durationMs: 63_001,
    // 2290–6160: 3870. "okay" 330 + 18490–20290: 1800 (210 ms between). 1380 + 1710 + 1770. "okay" 210 + 900.
    agentMs: 11_970,
    // 360 + 1710 + 1920 + 2760 + 1500 + 1410. 36880–38230: 1350 + 270 + 570. 2130 + 390. "alright" 240 + "bye" 300.
    customerMs: 14_910,
    // 63,001 − (11,970 + 14,910 − 60): the "okay" of 55490–55700 and the "bye" of 55640–55940 share 60 ms.
    silenceMs: 36_181,
    // That "okay" is nothing but a backchannel.
    overlaps: 0,
    overtalkMs: 0,
    // A 2290, C 9020, A 18490 (the "okay" before it is a backchannel), C 22760, A, C, A, C, A, C 55640, A 56420.
    turns: 11,
    interruptionsByAgent: 0,
    // "bye" begins amid an "okay" of the agent's, which does not have the floor.
    interruptionsByCustomer: 0,
    // "okay thank you … day" and, 2810 later, "okay", 50910–55700: the "alright" between them takes no turn.
    longestMonologueMs: 4_790,
    // The number in three parts, 32220–39550, pauses of 870 and 880 within it.
    longestCustomerMs: 7_330,
  },
  {
    id: "3a20358e1bfc4a17",
    // 482,800 samples; no file begins late.
    durationMs: 60_350,
    // 2940 + 1080 + 990 + 840 + "okay" 420 + 4770. "okay" 450 + 47919–49179: 1260 (210 ms between). 300.
    agentMs: 13_050,
    // 1830 + 2910 + 1380 + 870.
    customerMs: 6_990,
    // 60,350 − (13,050 + 6,990): nobody speaks at once.
    silenceMs: 40_310,
    overlaps: 0,
    overtalkMs: 0,
    // A 3419, C 11119, A 21419, C 43589, A 47919, C 50919, A 53619.
    turns: 7,
    interruptionsByAgent: 0,
    interruptionsByCustomer: 0,
    // "okay … you have a new credit card … for ya", 35219–42029; the 9.7 s of silence before it end a stretch.
    longestMonologueMs: 6_810,
    // "hi my name … a new one", 11119–17399, with a pause of 1540.
    longestCustomerMs: 6_280,
  },
  {
    id: "eb82ec7b5f0944ca",
    // 425,520 samples of the customer's; the agent's 409,280 begin 2,030 ms late and end at the same time.
    durationMs: 53_190,
    // 2400 + 990 + "okay" 540 + 390 + 2010. 35780–37790: 2010 + 38510–40730: 2220 (720 ms between). 1110 + 1830.
    agentMs: 13_500,
    // 3870 + 1170 + 2070 + 840.
    customerMs: 7_950,
    // 53,190 − (13,500 + 7,950): nobody speaks at once.
    silenceMs: 31_740,
    overlaps: 0,
    overtalkMs: 0,
    // A 5720, C 10820, A 22220 (the "okay" of 17220 is a backchannel), C 28720, A, C, A, C.
    turns: 8,
    interruptionsByAgent: 0,
    interruptionsByCustomer: 0,
    // "okay your checking account … with", 35780–43280, pauses of 720 and 1440 within it.
    longestMonologueMs: 7_500,
    // "hi my name … balance", 10820–14690.
    longestCustomerMs: 3_870,
  },
];

test.for(byHand)("what a pencil gets of $id", async (wanted, { skip }) => {
  skip(!isThere, "Harper Valley is not in ../shared/data");
  const { id, durationMs, ...figures } = wanted;
  const call = (await readRecordedCalls(recordingsFolder)).find((one) => one.id === id);
  expect(call?.durationMs).toBe(durationMs);
  const metrics = measureCall(call?.utterances ?? [], { durationMs });
  expect(metrics).toMatchObject(figures);
  const { agentMs, customerMs } = figures;
  expect(metrics.talkShare).toBe(agentMs / durationMs);
  expect(metrics.talkShareOfSpeech).toBe(agentMs / (agentMs + customerMs));
});

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
