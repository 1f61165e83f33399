import { z } from "zod";
import { alignTiming } from "../../../../shared/coaching/text/align-words.ts";
import { ok, type Result } from "../../../../shared/result/result.ts";
import {
  cleanText,
  latestMs,
  latestStartMs,
  mostUtterances,
  tidyUtterances,
  timingOf,
  type ImportedUtterance,
} from "../imported-call.ts";
import { readJson } from "./read-json.ts";
import type { Told } from "./told.ts";

const ms = z.number().min(-60_000).max(latestMs);
const Turns = z
  .array(
    z.object({
      speaker_role: z.enum(["agent", "caller"]),
      human_transcript: z.string().max(100_000),
      /** What a machine heard; the times are of its words. */
      transcript: z.string().max(100_000).default(""),
      /** On the clock that both channels share. */
      offset_ms: ms,
      /** In this channel's own file, which may begin late. */
      start_ms: ms,
      duration_ms: ms,
      word_offsets_ms: z.array(ms).max(20_000),
      word_durations_ms: z.array(ms).max(20_000),
    }),
  )
  .max(mostUtterances);
type Turn = z.infer<typeof Turns>[number];

const Metadata = z.object({
  start_time_ms: z.number().min(0).max(latestStartMs),
  tasks: z.array(z.object({ task_type: z.string().max(200) })).default([]),
});

/** A transcript of the Harper Valley corpus with the metadata of its call. */
export async function readHarperValleyWords(
  transcript: string,
  metadata: string,
): Promise<Result<Told, string>> {
  const told = await readJson(transcript, Turns);
  if (!told.ok) return told;
  const facts = await readJson(metadata, Metadata, "file of metadata");
  if (!facts.ok) return facts;
  const call = {
    startedAt: new Date(facts.value.start_time_ms).toISOString(),
    direction: "inbound" as const,
    agent: "",
    customerPhone: "",
    note: cleanText(facts.value.tasks.map(({ task_type }) => task_type).join(", ")),
    utterances: tidyUtterances(told.value.map(toUtterance)),
  };
  return ok({ call, agentMs: startOf("agent", told.value), customerMs: startOf("caller", told.value) });
}

/** Where on the shared clock a channel's file begins: in the middle of what its utterances say, because some are off. */
function startOf(role: Turn["speaker_role"], turns: readonly Turn[]): number {
  const starts = turns.filter(({ speaker_role }) => speaker_role === role).map(({ offset_ms, start_ms }) => offset_ms - start_ms); // prettier-ignore
  return starts.sort((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0;
}

/** What a listener wrote where nothing was said. */
const sounds = /\[\w+\]/gu;

function toUtterance(turn: Turn): ImportedUtterance {
  const { speaker_role, human_transcript, offset_ms, duration_ms } = turn;
  const text = human_transcript.replace(sounds, "").replace(/\s+/gu, " ").trim();
  return {
    speaker: speaker_role === "caller" ? "customer" : "agent",
    startMs: offset_ms,
    endMs: offset_ms + duration_ms,
    text,
    timing: timesOf(text, turn),
  };
}

/** The times are the machine's, whose words may be other ones than people have typed. */
function timesOf(text: string, { transcript, word_offsets_ms, word_durations_ms }: Turn): number[] {
  const heard = word_offsets_ms.flatMap((offset, at) => [offset, word_durations_ms[at] ?? 0]);
  const times = alignTiming(wordsIn(text), wordsIn(transcript), heard);
  const [offsets, lengths] = [0, 1].map((which) => times.filter((_, at) => at % 2 === which));
  return timingOf(text, offsets ?? [], lengths ?? []);
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean);
}
