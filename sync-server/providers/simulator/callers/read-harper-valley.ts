import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { alignTiming } from "../../../../shared/coaching/text/align-words.ts";
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
  offset_ms: z.number(),
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
      return readWav(await readFile(join(folder, "audio", side, `${id}.wav`))) ?? new Int16Array(0);
    },
  };
}

// Turns stand on the clock that both channels share (offset_ms). The files begin on it within a few hundred
// milliseconds, except that an agent's may begin late: words of the agent are for robots of tests alone.
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
