import { err, ok, type Result } from "../../../../shared/result/result.ts";
import { latestMs, mostUtterances, type ImportedUtterance } from "../imported-call.ts";

/** What a WebVTT file says: who said what when, and `name: value` lines of its first NOTE. */
export type Vtt = { facts: ReadonlyMap<string, string>; utterances: ImportedUtterance[] };

const speakers: ReadonlyMap<string, ImportedUtterance["speaker"]> = new Map([
  ["agent", "agent"],
  ["customer", "customer"],
  ["caller", "customer"],
]);
const arrow = /^(\S+)\s+-->\s+(\S+)/u;
const time = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})$/u;
const voice = /^<v(?:\.[^\s>]*)?\s+([^>]{1,200})>/u;

/** Reads WebVTT whose cues name their voice: `<v Agent>` or `<v Customer>`. */
export function readVtt(text: string): Result<Vtt, string> {
  const [head = "", ...blocks] = text.replaceAll(/\r\n?/gu, "\n").split(/\n{2,}/u);
  if (!/^WEBVTT(?:[ \t\n]|$)/u.test(head)) return err("is no WebVTT");
  const utterances: ImportedUtterance[] = [];
  let facts: ReadonlyMap<string, string> | null = null;
  for (const block of blocks) {
    if (/^(?:STYLE|REGION)\b/u.test(block)) continue;
    if (block.startsWith("NOTE")) facts ??= readFacts(block);
    else if (block.trim() !== "") {
      const cue = readCue(block);
      if (!cue.ok) return cue;
      if (utterances.push(cue.value) > mostUtterances) return err(`has more than ${mostUtterances} cues`);
    }
  }
  return ok({ facts: facts ?? new Map(), utterances });
}

function readFacts(note: string): ReadonlyMap<string, string> {
  const lines = note.slice("NOTE".length).split("\n");
  return new Map(lines.map((line) => /^([a-zA-Z]+):\s*(.+)$/u.exec(line.trim())).filter((found) => found !== null).map(([, name = "", value = ""]) => [name.toLowerCase(), value])); // prettier-ignore
}

function readCue(block: string): Result<ImportedUtterance, string> {
  const lines = block.split("\n");
  const at = lines.findIndex((line) => line.includes("-->"));
  const [, from = "", to = ""] = arrow.exec(lines[at]?.trim() ?? "") ?? [];
  const [startMs, endMs] = [msOf(from), msOf(to)];
  const shown = (lines[at] ?? lines[0] ?? "").slice(0, 60);
  if (startMs === null || endMs === null)
    return err(`has a cue without a time, or after more than ten hours: “${shown}”`);
  const said = lines.slice(at + 1).join(" ").trim(); // prettier-ignore
  const name = voice.exec(said)?.[1]?.trim() ?? "";
  const speaker = speakers.get(name.toLowerCase());
  if (!speaker) return err(`does not say at ${from} whether agent or customer speaks`);
  return ok({ speaker, startMs, endMs, text: plain(said), timing: [] });
}

function msOf(text: string): number | null {
  const [whole, hours = "0", minutes = "0", seconds = "0", millis = "0"] = time.exec(text) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(millis);
  return whole === undefined || ms > latestMs ? null : ms;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", nbsp: " ", lrm: "\u200e", rlm: "\u200f" }; // prettier-ignore

function plain(said: string): string {
  return said
    .replaceAll(/<[^<>]{0,300}>/gu, "")
    .replaceAll(/&(\w{2,4});/gu, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s+/gu, " ")
    .trim();
}
