import { parseVoice, type Voice } from "./parse-script.ts";

export type GreetingLine = { name: string; kind: string; language: string; voice: Voice; text: string };

/** One greeting a line: `name | kind | language | voice | text`. Throws on anything else: scripts are ours. */
export function parseGreetings(source: string): GreetingLine[] {
  return source.trim().split("\n").map(parseLine);
}

function parseLine(line: string): GreetingLine {
  const [name, kind, language, voice, text] = line.split(" | ");
  if (!name || !kind || !language || !voice || !text) throw new Error(`not a greeting: ${line}`);
  return { name, kind, language, voice: parseVoice(voice), text };
}
