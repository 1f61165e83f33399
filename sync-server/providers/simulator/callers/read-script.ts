import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { loadOpus } from "./load-opus.ts";
import type { CallScript, Speaker } from "./script.ts";

const time = z.number().min(0).max(3_600_000);
const text = z.string().max(5_000);
const ScriptFile = z.object({
  title: z.string().max(200),
  customer: z.object({
    name: z.string().max(200),
    phone: z.string().max(40),
    company: z.string().max(200).default(""),
  }),
  turns: z
    .array(
      z.object({
        speaker: z.enum(["customer", "agent"]),
        startMs: time,
        endMs: time,
        text,
        words: z.array(z.object({ text, startMs: time, endMs: time })).max(2_000),
      }),
    )
    .max(1_000),
});

/** Reads the scripted calls in a folder: each a folder with call.json, customer.opus and agent.opus. */
export async function readScripts(folder: string): Promise<CallScript[]> {
  const names = await readdir(folder).catch(() => []);
  const scripts = await Promise.all(names.toSorted().map((name) => readScript(folder, name)));
  return scripts.filter((script) => script !== null);
}

async function readScript(folder: string, id: string): Promise<CallScript | null> {
  const source = await readFile(join(folder, id, "call.json"), "utf8").catch(() => null);
  if (source === null) return null;
  const read = ScriptFile.parse(JSON.parse(source));
  return { ...read, id, load: (speaker: Speaker) => loadOpus(join(folder, id, `${speaker}.opus`)) };
}
