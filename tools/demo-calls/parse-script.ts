/** What somebody sounds like: an espeak-ng voice, words a minute, pitch 0-99. */
export type Voice = { name: string; speed: number; pitch: number };

/**
 * When a line begins: `gap` milliseconds after everybody has finished (negative: into the last words of the other),
 * or `during`: so long after the line above began, while it is still spoken.
 */
export type Start = { kind: "gap" | "during"; ms: number };

export type ScriptLine = { speaker: "agent" | "customer"; start: Start; text: string };

export type Script = {
  title: string;
  purpose: string;
  direction: string;
  language: string;
  agent: { name: string; voice: Voice };
  customer: { name: string; phone: string; company: string; voice: Voice };
  lines: ScriptLine[];
};

/** People answer each other after about a third of a second. */
const usualGapMs = 320;

/**
 * Reads a call script: a head of `key: value`, an empty line, then a line a turn: `A: text`, `C +900: text` (a pause
 * first), `C -300: text` (interrupts), `A @1500: text` (while the other talks).
 * Throws on anything else: scripts are ours.
 */
export function parseScript(source: string): Script {
  const [head = "", ...rest] = source.split("\n\n");
  const fields = new Map(head.split("\n").map((line) => splitOnce(line, ": ")));
  const [agentName, agentVoice] = columnsOf(fields, "agent", 2);
  const [name, phone, company, voice] = columnsOf(fields, "customer", 4);
  return {
    title: fieldOf(fields, "title"),
    purpose: fieldOf(fields, "purpose"),
    direction: fieldOf(fields, "direction"),
    language: fieldOf(fields, "language"),
    agent: { name: agentName ?? "", voice: parseVoice(agentVoice ?? "") },
    customer: {
      name: name ?? "",
      phone: phone ?? "",
      company: company ?? "",
      voice: parseVoice(voice ?? ""),
    },
    lines: rest
      .join("\n")
      .split("\n")
      .filter((line) => line !== "")
      .map(parseLine),
  };
}

/** `voice en-us+f3, speed 168, pitch 52` */
export function parseVoice(text: string): Voice {
  const [, name, speed, pitch] = /^voice (\S+), speed (\d+), pitch (\d+)$/u.exec(text) ?? [];
  if (!name) throw new Error(`not a voice: ${text}`);
  return { name, speed: Number(speed), pitch: Number(pitch) };
}

export function splitOnce(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  if (at < 0) throw new Error(`no "${separator}" in: ${line}`);
  return [line.slice(0, at), line.slice(at + separator.length).trim()];
}

function parseLine(line: string): ScriptLine {
  const [, who, sign, ms, text] = /^([AC])(?: ([+@-])(\d+))?: (\S.*)$/u.exec(line) ?? [];
  if (!who || !text) throw new Error(`not a line of a script: ${line}`);
  return { speaker: who === "A" ? "agent" : "customer", start: parseStart(sign, Number(ms)), text };
}

function parseStart(sign: string | undefined, ms: number): Start {
  if (sign === undefined) return { kind: "gap", ms: usualGapMs };
  return sign === "@" ? { kind: "during", ms } : { kind: "gap", ms: sign === "-" ? -ms : ms };
}

function columnsOf(fields: Map<string, string>, key: string, count: number): string[] {
  const columns = fieldOf(fields, key).split(" | ");
  if (columns.length !== count) throw new Error(`${key} needs ${count} columns`);
  return columns;
}

function fieldOf(fields: Map<string, string>, key: string): string {
  const value = fields.get(key);
  if (!value) throw new Error(`the head names no ${key}`);
  return value;
}
