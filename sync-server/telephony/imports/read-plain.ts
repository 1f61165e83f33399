import { readdir, stat } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import {
  cleanText,
  tidyUtterances,
  timingOf,
  type FoundRecording,
  type ImportedCall,
  type ImportedUtterance,
} from "./imported-call.ts";
import { readJson, readText } from "./read-json.ts";
import { readVtt, type Vtt } from "./read-vtt.ts";
import { openSound, soundEndings } from "./sound/open-sound.ts";
import { telephoneChannel } from "./sound/to-telephone.ts";

const ms = z.number().min(0).max(36_000_000);
const Direction = z.enum(["inbound", "outbound"]);
const Beginning = z.iso.datetime({ offset: true });

const Turn = z.object({
  speaker: z.enum(["agent", "customer", "caller"]),
  startMs: ms,
  endMs: ms,
  text: z.string().max(100_000),
  words: z.array(z.object({ startMs: ms, endMs: ms })).max(20_000).default([]), // prettier-ignore
});
const Plain = z.object({
  startedAt: Beginning.optional(),
  direction: Direction.default("inbound"),
  /** E-mail address; a name alone says nothing that could be looked up. */
  agent: z.unknown(),
  customer: z.object({ phone: z.string().max(40).default("") }).optional(),
  title: z.string().max(2_000).default(""),
  turns: z.array(Turn).max(20_000),
});

/** The plain form: a recording of two channels, beside it a transcript of the same name (docs/import-recordings.md). */
export async function findPlain(folder: string): Promise<FoundRecording[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sounds = entries
    .filter((entry) => entry.isFile() && soundEndings.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(sounds.toSorted().map((sound) => foundAs(folder, sound)));
}

async function foundAs(folder: string, sound: string): Promise<FoundRecording> {
  const base = sound.slice(0, -extname(sound).length);
  const asJson = await stat(`${base}.json`).catch(() => null);
  const transcript = asJson ? `${base}.json` : `${base}.vtt`;
  return {
    name: relative(folder, base),
    files: [sound, transcript],
    read: () => readFound(sound, transcript),
  };
}

async function readFound(path: string, transcript: string) {
  const told = await (transcript.endsWith(".json") ? readPlainJson(transcript) : readPlainVtt(transcript));
  if (!told.ok) return { wrong: told.error };
  const sound = await openSound(path);
  if (!sound.ok) return { wrong: sound.error };
  const { rate, channels, stretches } = sound.value;
  if (channels !== 2)
    return { wrong: `has ${channels} ${channels === 1 ? "channel" : "channels"}, where two are needed: agent left, customer right` }; // prettier-ignore
  const { mtime } = await stat(path);
  const side = (channel: number) => ({ startMs: 0, samples: telephoneChannel(stretches(), rate, channel) });
  const call = { ...told.value, startedAt: new Date(told.value.startedAt || mtime).toISOString() };
  return { call, agent: side(0), customer: side(1) };
}

async function readPlainJson(path: string): Promise<Result<ImportedCall, string>> {
  const read = await readJson(path, Plain);
  if (!read.ok) return read;
  const { turns, customer, agent, title, startedAt = "", direction } = read.value;
  return ok({
    ...{ startedAt, direction, note: cleanText(title), customerPhone: customer?.phone ?? "" },
    agent: typeof agent === "string" ? agent.trim() : "",
    utterances: tidyUtterances(turns.map(toUtterance)),
  });
}

function toUtterance({ speaker, startMs, endMs, text, words }: z.infer<typeof Turn>): ImportedUtterance {
  const offsets = words.map((word) => word.startMs - startMs);
  const lengths = words.map((word) => word.endMs - word.startMs);
  const isCustomer = speaker !== "agent";
  return { speaker: isCustomer ? "customer" : "agent", startMs, endMs, text, timing: timingOf(text, offsets, lengths) }; // prettier-ignore
}

async function readPlainVtt(path: string): Promise<Result<ImportedCall, string>> {
  const text = await readText(path);
  if (!text.ok) return text;
  const read = readVtt(text.value);
  return read.ok ? fromVtt(read.value) : read;
}

function fromVtt({ facts, utterances }: Vtt): Result<ImportedCall, string> {
  const begun = Beginning.safeParse(facts.get("started") ?? "");
  if (facts.has("started") && !begun.success) return err("does not say when it began as ISO 8601");
  const way = Direction.safeParse(facts.get("direction") ?? "inbound");
  if (!way.success) return err("goes neither inbound nor outbound");
  return ok({
    startedAt: begun.success ? begun.data : "",
    direction: way.data,
    agent: facts.get("agent") ?? "",
    customerPhone: facts.get("customer")?.slice(0, 40) ?? "",
    note: cleanText(facts.get("title") ?? ""),
    utterances: tidyUtterances(utterances),
  });
}
