import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readWav } from "../media/wav.ts";
import type { CallScript, ScriptTurn } from "./script.ts";

const Metadata = z.object({
  caller: z.object({ metadata: z.object({ "first and last name": z.string().max(200) }) }),
  tasks: z.array(z.object({ task_type: z.string().max(200), phone: z.string().optional() })).min(1),
});

const Transcript = z.array(
  z.object({
    speaker_role: z.enum(["agent", "caller"]),
    human_transcript: z.string().max(5_000),
    offset_ms: z.number(),
    duration_ms: z.number(),
    word_offsets_ms: z.array(z.number()),
    word_durations_ms: z.array(z.number()),
  }),
);

/** Reads calls in the layout of the Harper Valley corpus: audio/{agent,caller}, metadata and transcript by name. */
export async function readHarperValley(folder: string): Promise<CallScript[]> {
  const names = await readdir(join(folder, "transcript")).catch(() => []);
  return Promise.all(names.toSorted().map((name) => readCall(folder, name.replace(/\.json$/, ""))));
}

async function readCall(folder: string, id: string): Promise<CallScript> {
  const metadata = Metadata.parse(await readJson(join(folder, "metadata", `${id}.json`)));
  const transcript = Transcript.parse(await readJson(join(folder, "transcript", `${id}.json`)));
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
function toTurn(entry: z.infer<typeof Transcript>[number]): ScriptTurn {
  const words = entry.human_transcript.split(/\s+/).filter(Boolean);
  return {
    speaker: entry.speaker_role === "caller" ? "customer" : "agent",
    startMs: entry.offset_ms,
    endMs: entry.offset_ms + entry.duration_ms,
    text: entry.human_transcript,
    words: words.map((text, index) => placeWord(entry, text, index, words.length)),
  };
}

// The timings belong to the machine's words. Where people typed another number of words, they are spread evenly.
function placeWord(entry: z.infer<typeof Transcript>[number], text: string, index: number, count: number) {
  const matched = entry.word_offsets_ms.length === count;
  const offset = matched ? (entry.word_offsets_ms[index] ?? 0) : (entry.duration_ms * index) / count;
  const length = matched ? (entry.word_durations_ms[index] ?? 0) : entry.duration_ms / count;
  const startMs = entry.offset_ms + offset;
  return { text, startMs, endMs: startMs + length };
}

function toPhone(digits: string | undefined): string {
  const ten = (digits ?? "").replaceAll(/\D/g, "");
  return ten.length === 10 ? `+1${ten}` : "+14155550132";
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}
