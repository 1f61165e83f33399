import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { alignTiming } from "../../../../shared/coaching/text/align-words.ts";
import { sampleRate } from "../../../../shared/calls/mulaw.ts";
import { readWav } from "../media/wav.ts";
import type { CallScript, ScriptTurn } from "./script.ts";

const Metadata = z.object({
  caller: z.object({ metadata: z.object({ "first and last name": z.string().max(200) }) }),
  tasks: z.array(z.object({ task_type: z.string().max(200), phone: z.string().optional() })).min(1),
});

const Entry = z.object({
  speaker_role: z.enum(["agent", "caller"]),
  human_transcript: z.string().max(5_000),
  /** What a machine heard; the times are of its words. */
  transcript: z.string().max(5_000),
  /** On the clock that both channels share. */
  offset_ms: z.number(),
  /** In its own channel's file. */
  start_ms: z.number(),
  duration_ms: z.number(),
  word_offsets_ms: z.array(z.number()),
  word_durations_ms: z.array(z.number()),
});
type Entry = z.infer<typeof Entry>;

/** Reads calls in the layout of the Harper Valley corpus: audio/{agent,caller}, metadata and transcript by name. */
export async function readHarperValley(folder: string): Promise<CallScript[]> {
  const names = await readdir(join(folder, "transcript")).catch(() => []);
  return Promise.all(names.toSorted().map((name) => readCall(folder, name.replace(/\.json$/, ""))));
}

async function readCall(folder: string, id: string): Promise<CallScript> {
  const metadata = Metadata.parse(await readJson(join(folder, "metadata", `${id}.json`)));
  const transcript = z.array(Entry).parse(await readJson(join(folder, "transcript", `${id}.json`)));
  const [task] = metadata.tasks;
  return {
    id: `harper-valley-${id}`,
    title: task?.task_type ?? id,
    customer: {
      name: metadata.caller.metadata["first and last name"],
      phone: toPhone(task?.phone),
      company: "",
    },
    turns: transcript.map(toTurn),
    load: async (speaker) => {
      const side = speaker === "customer" ? "caller" : "agent";
      const file = readWav(await readFile(join(folder, "audio", side, `${id}.wav`)));
      return file ? beginAt(startOf(side, transcript), file) : new Int16Array(0);
    },
  };
}

/** Where on the shared clock a channel's file begins, in ms: an agent's may begin two seconds late. */
function startOf(side: Entry["speaker_role"], transcript: readonly Entry[]): number {
  const starts = transcript
    .filter((one) => one.speaker_role === side)
    .map((one) => one.offset_ms - one.start_ms);
  // In the middle of what its entries say: some are off.
  return starts.toSorted((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0;
}

/** The same sound on the shared clock. */
function beginAt(startMs: number, file: Int16Array): Int16Array {
  const late = Math.round((startMs * sampleRate) / 1000);
  if (late <= 0) return file.subarray(-late);
  const sound = new Int16Array(late + file.length);
  sound.set(file, late);
  return sound;
}

function toTurn(entry: Entry): ScriptTurn {
  return {
    speaker: entry.speaker_role === "caller" ? "customer" : "agent",
    startMs: entry.offset_ms,
    endMs: entry.offset_ms + entry.duration_ms,
    text: entry.human_transcript,
    words: placeWords(entry),
  };
}

/** The words that people typed, at the times of those that the machine heard; evenly where it told none. */
function placeWords(entry: Entry): ScriptTurn["words"] {
  const typed = wordsIn(entry.human_transcript);
  const heard = entry.word_offsets_ms.flatMap((offset, at) => [offset, entry.word_durations_ms[at] ?? 0]);
  const times = alignTiming(typed, wordsIn(entry.transcript), heard);
  const evenMs = entry.duration_ms / typed.length;
  return typed.map((text, at) => {
    const startMs = entry.offset_ms + (times[at * 2] ?? at * evenMs);
    return { text, startMs, endMs: startMs + (times[at * 2 + 1] ?? evenMs) };
  });
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean);
}

function toPhone(digits: string | undefined): string {
  const ten = (digits ?? "").replaceAll(/\D/g, "");
  return ten.length === 10 ? `+1${ten}` : "+14155550132";
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}
