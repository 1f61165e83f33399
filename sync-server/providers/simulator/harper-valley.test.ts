import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/simulator/eventually.ts";
import { startTestSimulator, type TestSimulator } from "../../../testing/simulator/start-test-simulator.ts";
import { sampleRate } from "../../../shared/calls/mulaw.ts";
import { readHarperValley } from "./callers/read-harper-valley.ts";
import type { CallScript } from "./callers/script.ts";

const harperValleyDir = fileURLToPath(new URL("../../../../shared/data/harper-valley", import.meta.url));
const id = "01cefd6f5c044a6f";
const untilMs = 30_000;

describe.skipIf(!existsSync(harperValleyDir))(
  "a call that people once had (skipped: ../shared/data is absent)",
  () => {
    let carrier: TestSimulator;
    beforeEach(async () => {
      carrier = await startTestSimulator({ steppedClock: true, seed: 7, harperValleyDir });
    });
    afterEach(() => carrier.close());

    test("sounds where its words stand, on both sides, also where a side's file begins late", async () => {
      const scripts = await readHarperValley(harperValleyDir);
      expect(scripts.length).toBeGreaterThan(2);
      for (const script of scripts)
        for (const speaker of ["agent", "customer"] as const) {
          const sound = await script.load(speaker);
          const turns = script.turns.filter((turn) => turn.speaker === speaker);
          const spoken = energyOf(sound, (ms) =>
            turns.some(({ startMs, endMs }) => ms >= startMs && ms < endMs),
          );
          expect(spoken / energyOf(sound, () => true), `${script.id}, ${speaker}`).toBeGreaterThan(0.8);
        }
    });

    test("is played live by both who call: what each says is heard on the other side, written down, and recorded", async () => {
      const script = (await readHarperValley(harperValleyDir)).find((one) => one.id.endsWith(id));
      if (!script) throw new Error("there is no such call");
      const url = `${carrier.webhooks.url}/said`;
      const room = `<Dial><Conference beep="false" endConferenceOnExit="true" record="record-from-start" recordingStatusCallback="/recorded">room</Conference></Dial>`;
      carrier.webhooks.answers.set("/voice", ({ From }) =>
        From === "+14155550177"
          ? `<Response><Start><Transcription statusCallbackUrl="${url}"/></Start>${room}</Response>`
          : `<Response>${room}</Response>`,
      );
      const live = { script: script.id, mode: "straight", stays: true };
      await carrier.control("POST", "/calls", { ...live, speaker: "agent", from: "+14155550177" });
      const customer = await carrier.control("POST", "/calls", { ...live, speaker: "customer" });
      await eventually(async () => (await carrier.control("GET", "/"))["calls"]).toMatchObject([
        { doing: "conference" },
        { doing: "conference" },
      ]);
      // In small steps: the sound of each side is read from its file while the call already stands.
      for (let atMs = 0; atMs < untilMs; atMs += 1_000)
        await carrier.control("POST", "/clock", { stepMs: 1_000 });

      for (const [track, speaker] of [
        ["inbound_track", "agent"],
        ["outbound_track", "customer"],
      ] as const) {
        const spoken = script.turns.filter(
          (turn) => turn.speaker === speaker && turn.endMs < untilMs - 5_000,
        );
        expect(spoken.length).toBeGreaterThan(1);
        await eventually(() => said(track).slice(0, spoken.length)).toEqual(spoken.map(({ text }) => text));
      }
      // Each begins when their sound was read; from then on their words stand where the recording's shared clock has
      // them, to the length of a frame.
      for (const begins of zerosBySpeaker(script)) {
        expect(begins.length).toBeGreaterThan(1);
        expect(Math.max(...begins) - Math.min(...begins)).toBeLessThanOrEqual(20);
      }
      await carrier.control("POST", `/calls/${String(customer["callSid"])}/hang-up`);
      await eventually(() => carrier.webhooks.of("/recorded")).toMatchObject([
        { RecordingStatus: "completed" },
      ]);
    });

    /** When the recording's clock was at 0, as each thing that was told has it. */
    function zerosBySpeaker(script: CallScript): number[][] {
      const told = carrier.webhooks.of("/said").flatMap((one) => {
        if (one["TranscriptionEvent"] !== "transcription-content") return [];
        const speaker = one["Track"] === "inbound_track" ? "agent" : "customer";
        const { transcript, startedAt } = JSON.parse(one["TranscriptionData"] ?? "") as Record<
          string,
          string
        >;
        const turns = script.turns.filter((each) => each.speaker === speaker && each.text === transcript);
        const [word] = turns[0]?.words ?? [];
        // What is said twice in the same words proves nothing.
        return turns.length === 1 && word
          ? [{ speaker, zero: Date.parse(startedAt ?? "") - word.startMs }]
          : [];
      });
      return [...Map.groupBy(told, ({ speaker }) => speaker).values()].map((each) =>
        each.map(({ zero }) => zero),
      );
    }

    function said(track: string): string[] {
      return carrier.webhooks
        .of("/said")
        .filter((one) => one["TranscriptionEvent"] === "transcription-content" && one["Track"] === track)
        .toSorted((a, b) => Number(a["SequenceId"]) - Number(b["SequenceId"]))
        .map((one) => (JSON.parse(one["TranscriptionData"] ?? "") as { transcript: string }).transcript);
    }
  },
);

function energyOf(sound: Int16Array, isMeant: (ms: number) => boolean): number {
  let energy = 0;
  for (const [at, sample] of sound.entries()) if (isMeant((at * 1000) / sampleRate)) energy += sample ** 2;
  return energy;
}
