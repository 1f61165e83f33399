import { readdir, stat } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import type { FoundRecording } from "./imported-call.ts";
import { openSound, soundEndings } from "./sound/open-sound.ts";
import { telephoneChannel } from "./sound/to-telephone.ts";
import type { ReadTranscript } from "./words/told.ts";

/** The plain form: a recording of two channels, beside it a transcript of the same name (docs/import-recordings.md). */
export async function findPlain(folder: string, read: ReadTranscript): Promise<FoundRecording[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sounds = entries
    .filter((entry) => entry.isFile() && soundEndings.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(sounds.toSorted().map((sound) => foundAs(folder, sound, read)));
}

async function foundAs(folder: string, sound: string, read: ReadTranscript): Promise<FoundRecording> {
  const base = sound.slice(0, -extname(sound).length);
  const asJson = await stat(`${base}.json`).catch(() => null);
  const transcript = asJson ? `${base}.json` : `${base}.vtt`;
  return {
    name: relative(folder, base),
    files: [sound, transcript],
    read: () => readFound(sound, transcript, read),
  };
}

async function readFound(path: string, file: string, read: ReadTranscript) {
  const told = await read({ layout: "plain", file });
  if (!told.ok) return { wrong: told.error };
  const sound = await openSound(path);
  if (!sound.ok) return { wrong: sound.error };
  const { rate, channels, stretches } = sound.value;
  if (channels !== 2)
    return { wrong: `has ${channels} ${channels === 1 ? "channel" : "channels"}, where two are needed: agent left, customer right` }; // prettier-ignore
  const { mtime } = await stat(path);
  const side = (channel: number) => ({ startMs: 0, samples: telephoneChannel(stretches(), rate, channel) });
  const { call } = told.value;
  const startedAt = new Date(call.startedAt || mtime).toISOString();
  return { call: { ...call, startedAt }, agent: side(0), customer: side(1) };
}
