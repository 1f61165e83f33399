import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Speaker, Utterance } from "../../shared/coaching/utterance.ts";
import { RecordId } from "../../shared/entities/id.ts";
import { readWav } from "../../sync-server/providers/simulator/media/wav.ts";

const Entry = z.object({
  speaker_role: z.enum(["agent", "caller"]),
  index: z.number(),
  /** What the recogniser heard; the timings are of its words. */
  transcript: z.string(),
  /** On the clock that both channels share, and in the channel's own file. */
  offset_ms: z.number(),
  start_ms: z.number(),
  duration_ms: z.number(),
  word_offsets_ms: z.array(z.number()),
  word_durations_ms: z.array(z.number()),
});
type Entry = z.infer<typeof Entry>;

/** 8,000 samples a second, and where on the shared clock the file begins. */
export type Channel = { samples: Int16Array; shiftMs: number };

/** A recorded call on the clock that both channels share. */
export type RecordedCall = {
  id: string;
  utterances: Utterance[];
  /** To the end of the longer file, or of the last word. */
  durationMs: number;
  channels: Record<Speaker, Channel>;
};

/** All calls of a folder in the corpus' layout: transcript/ID.json, audio/agent/ID.wav, audio/caller/ID.wav. */
export async function readRecordedCalls(folder: string): Promise<RecordedCall[]> {
  const names = existsSync(join(folder, "transcript")) ? await readdir(join(folder, "transcript")) : [];
  const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
  return Promise.all(ids.toSorted().map((id) => readCall(folder, id)));
}

async function readCall(folder: string, id: string): Promise<RecordedCall> {
  const file = await readFile(join(folder, "transcript", `${id}.json`), "utf8");
  const entries = z.array(Entry).parse(JSON.parse(file));
  const readSide = async (side: Entry["speaker_role"]): Promise<Channel> => ({
    samples: await readSound(join(folder, "audio", side, `${id}.wav`)),
    shiftMs: shiftOf(entries.filter(({ speaker_role: role }) => role === side)),
  });
  const channels = { agent: await readSide("agent"), customer: await readSide("caller") };
  const sounds = Object.values(channels).map(({ samples, shiftMs }) => samples.length / 8 + shiftMs);
  const words = entries.map(({ offset_ms: offset, duration_ms: duration }) => offset + duration);
  return {
    id,
    channels,
    durationMs: Math.round(Math.max(...sounds, ...words)),
    utterances: entries.map((entry) => toUtterance(id, entry)),
  };
}

/** Empty where there is none: a transcript alone has figures too. */
async function readSound(file: string): Promise<Int16Array> {
  return (existsSync(file) ? readWav(await readFile(file)) : null) ?? new Int16Array();
}

/** A file that begins late holds everything that much earlier than the shared clock says. */
function shiftOf(entries: readonly Entry[]): number {
  const shifts = entries
    .map(({ offset_ms: offset, start_ms: start }) => offset - start)
    .sort((a, b) => a - b);
  return Math.max(0, shifts[Math.floor(shifts.length / 2)] ?? 0);
}

function toUtterance(call: string, entry: Entry): Utterance {
  return {
    id: RecordId.parse(`${call}-${entry.index}`),
    speaker: entry.speaker_role === "agent" ? "agent" : "customer",
    startMs: entry.offset_ms,
    endMs: entry.offset_ms + entry.duration_ms,
    text: entry.transcript,
    timing: entry.word_offsets_ms.flatMap((offset, at) => [offset, entry.word_durations_ms[at] ?? 0]),
    revision: 0,
    final: true,
  };
}
