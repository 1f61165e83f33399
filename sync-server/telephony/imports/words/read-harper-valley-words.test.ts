import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureCall } from "../../../../shared/coaching/metrics/live-metrics.ts";
import type { Utterance } from "../../../../shared/coaching/utterance.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { ImportedUtterance } from "../imported-call.ts";
import { readHarperValleyWords } from "./read-harper-valley-words.ts";

const agentLateMs = 2_000;

/** A word each 400 ms, of 300 ms. @param startMs on the clock that both share; the agent's file begins 2 s late */
function turn(role: "agent" | "caller", startMs: number, text: string) {
  const words = text.split(" ");
  return {
    ...{ speaker_role: role, human_transcript: text, transcript: text },
    ...{ offset_ms: startMs, start_ms: role === "agent" ? startMs - agentLateMs : startMs },
    duration_ms: words.length * 400 - 100,
    word_offsets_ms: words.map((_, at) => at * 400),
    word_durations_ms: words.map(() => 300),
  };
}

const turns = [
  turn("agent", 2_000, "hello this is ana"),
  // To 6,800.
  turn("caller", 4_500, "our lift is out of order"),
  turn("agent", 8_000, "we will call them now"),
];

test("two channels of which one begins 2 s late stand on one clock: nobody interrupts who never did", async () => {
  const told = await read(turns);
  expect(told).toMatchObject({ agentMs: agentLateMs, customerMs: 0 });
  expect(figuresOf(told.call.utterances)).toMatchObject({ overlaps: 0, interruptionsByAgent: 0, patienceMs: 1_200 }); // prettier-ignore
  const ownClocks = await read(turns.map((one) => ({ ...one, offset_ms: one.start_ms })));
  expect(figuresOf(ownClocks.call.utterances), "on the wrong clocks").toMatchObject({ overlaps: 1, interruptionsByAgent: 1 }); // prettier-ignore
});

async function read(content: unknown) {
  const folder = await mkdtemp(join(tmpdir(), "ringside-words-"));
  const [transcript, metadata] = [join(folder, "transcript.json"), join(folder, "metadata.json")];
  try {
    await writeFile(transcript, JSON.stringify(content));
    await writeFile(metadata, JSON.stringify({ start_time_ms: Date.parse("2026-10-01T09:00:00Z") }));
    const told = await readHarperValleyWords(transcript, metadata);
    if (!told.ok) throw new Error(told.error);
    return told.value;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figuresOf(utterances: readonly ImportedUtterance[]) {
  const said = utterances.map((one, at): Utterance => ({ ...one, id: `u-${at}` as RecordId, revision: 0, final: true })); // prettier-ignore
  return measureCall(said, { durationMs: 12_000 });
}
