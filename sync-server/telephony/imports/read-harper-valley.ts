import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { alignTiming } from "../../../shared/coaching/text/align-words.ts";
import {
  cleanText,
  tidyUtterances,
  timingOf,
  type FoundRecording,
  type ImportedUtterance,
} from "./imported-call.ts";
import { readJson } from "./read-json.ts";
import { openSound } from "./sound/open-sound.ts";
import { telephoneChannel } from "./sound/to-telephone.ts";
import type { Side } from "./sound/write-recording.ts";

const ms = z.number().min(-60_000).max(36_000_000);
const Transcript = z
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
  .max(20_000);
type Told = z.infer<typeof Transcript>[number];

const Metadata = z.object({
  start_time_ms: z.number().min(0).max(4e12),
  tasks: z.array(z.object({ task_type: z.string().max(200) })).default([]),
});

/** The layout of the Harper Valley corpus: audio/{agent,caller}, metadata and transcript, the same name in each. */
export async function findHarperValley(folder: string): Promise<FoundRecording[]> {
  const names = await readdir(join(folder, "transcript")).catch(() => []);
  return names
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => foundIn(folder, name.slice(0, -".json".length)));
}

export async function isHarperValley(folder: string): Promise<boolean> {
  const names = new Set(await readdir(folder).catch(() => []));
  return ["audio", "metadata", "transcript"].every((name) => names.has(name));
}

function foundIn(folder: string, name: string): FoundRecording {
  const transcript = join(folder, "transcript", `${name}.json`);
  const metadata = join(folder, "metadata", `${name}.json`);
  const [agent, caller] = ["agent", "caller"].map((side) => join(folder, "audio", side, `${name}.wav`));
  return {
    name,
    files: [agent ?? "", caller ?? "", transcript, metadata],
    read: () => read(transcript, metadata, agent ?? "", caller ?? ""),
  };
}

async function read(transcript: string, metadata: string, agentFile: string, callerFile: string) {
  const told = await readJson(transcript, Transcript);
  if (!told.ok) return { wrong: told.error };
  const facts = await readJson(metadata, Metadata);
  if (!facts.ok) return { wrong: facts.error.replace("a transcript", "metadata") };
  const agent = await openSide(agentFile, startOf("agent", told.value));
  const customer = await openSide(callerFile, startOf("caller", told.value));
  if ("wrong" in agent) return agent;
  if ("wrong" in customer) return customer;
  const call = {
    startedAt: new Date(facts.value.start_time_ms).toISOString(),
    direction: "inbound" as const,
    agent: "",
    customerPhone: "",
    note: cleanText(facts.value.tasks.map(({ task_type }) => task_type).join(", ")),
    utterances: tidyUtterances(told.value.map(toUtterance)),
  };
  return { call, agent, customer };
}

/** Where on the shared clock a channel's file begins: in the middle of what its utterances say, because some are off. */
function startOf(role: Told["speaker_role"], told: readonly Told[]): number {
  const starts = told.filter(({ speaker_role }) => speaker_role === role).map(({ offset_ms, start_ms }) => offset_ms - start_ms); // prettier-ignore
  return starts.sort((a, b) => a - b)[Math.floor(starts.length / 2)] ?? 0;
}

async function openSide(path: string, startMs: number): Promise<Side | { wrong: string }> {
  const opened = await openSound(path).catch(() => null);
  if (opened === null) return { wrong: "has not the sound of both sides" };
  if (!opened.ok) return { wrong: opened.error };
  const { rate, channels, stretches } = opened.value;
  if (channels !== 1) return { wrong: `has ${channels} channels in the sound of one side` };
  return { startMs, samples: telephoneChannel(stretches(), rate, 0) };
}

/** What a listener wrote where nothing was said. */
const sounds = /\[\w+\]/gu;

function toUtterance(told: Told): ImportedUtterance {
  const { speaker_role, human_transcript, offset_ms, duration_ms } = told;
  const text = human_transcript.replace(sounds, "").replace(/\s+/gu, " ").trim();
  return {
    speaker: speaker_role === "caller" ? "customer" : "agent",
    startMs: offset_ms,
    endMs: offset_ms + duration_ms,
    text,
    timing: timesOf(text, told),
  };
}

/** The times are the machine's, whose words may be other ones than people have typed. */
function timesOf(text: string, { transcript, word_offsets_ms, word_durations_ms }: Told): number[] {
  const heard = word_offsets_ms.flatMap((offset, at) => [offset, word_durations_ms[at] ?? 0]);
  const times = alignTiming(wordsIn(text), wordsIn(transcript), heard);
  const [offsets, lengths] = [0, 1].map((which) => times.filter((_, at) => at % 2 === which));
  return timingOf(text, offsets ?? [], lengths ?? []);
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean);
}
