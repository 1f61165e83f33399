import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { FoundRecording, ImportedCall } from "./imported-call.ts";
import { openSound } from "./sound/open-sound.ts";
import { telephoneChannel } from "./sound/to-telephone.ts";
import type { Side } from "./sound/write-recording.ts";
import type { ReadTranscript } from "./words/told.ts";

/** The layout of the Harper Valley corpus: audio/{agent,caller}, metadata and transcript, the same name in each. */
export async function findHarperValley(folder: string, read: ReadTranscript): Promise<FoundRecording[]> {
  const names = await readdir(join(folder, "transcript")).catch(() => []);
  return names
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => foundIn(folder, name.slice(0, -".json".length), read));
}

export async function isHarperValley(folder: string): Promise<boolean> {
  const names = new Set(await readdir(folder).catch(() => []));
  return ["audio", "metadata", "transcript"].every((name) => names.has(name));
}

function foundIn(folder: string, name: string, read: ReadTranscript): FoundRecording {
  const transcript = join(folder, "transcript", `${name}.json`);
  const metadata = join(folder, "metadata", `${name}.json`);
  const soundOf = (side: string) => join(folder, "audio", side, `${name}.wav`);
  const [agent, caller] = [soundOf("agent"), soundOf("caller")];
  return {
    name,
    files: [agent, caller, transcript, metadata],
    read: async () => {
      const told = await read({ layout: "harper-valley", file: transcript, metadata });
      if (!told.ok) return { wrong: told.error };
      const { call, agentMs, customerMs } = told.value;
      return withSides(call, await openSide(agent, agentMs), await openSide(caller, customerMs));
    },
  };
}

type Opened = Side | { wrong: string };

function withSides(call: ImportedCall, agent: Opened, customer: Opened) {
  if ("wrong" in agent) return agent;
  return "wrong" in customer ? customer : { call, agent, customer };
}

async function openSide(path: string, startMs: number): Promise<Opened> {
  const opened = await openSound(path).catch(() => null);
  if (opened === null) return { wrong: "has not the sound of both sides" };
  if (!opened.ok) return { wrong: opened.error };
  const { rate, channels, stretches } = opened.value;
  if (channels !== 1) return { wrong: `has ${channels} channels in the sound of one side` };
  return { startMs, samples: telephoneChannel(stretches(), rate, 0) };
}
