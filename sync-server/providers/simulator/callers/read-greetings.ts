import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { loadOpus } from "./load-opus.ts";

const GreetingsFile = z.object({
  greetings: z
    .array(
      z.object({
        name: z.string().regex(/^[\w-]{1,100}$/),
        kind: z.string().max(40),
        text: z.string().max(2_000),
      }),
    )
    .max(200),
});

/** Words that were spoken once and stand ready. */
export interface Greetings {
  /** The sound of exactly these words; null where nobody has spoken them. */
  find(text: string): Promise<Int16Array> | null;
  /** What a machine says before its beep, another one each time; null where there is none. */
  nextVoicemail(): Promise<Int16Array> | null;
}

/** Reads a folder with greetings.json and an Opus file for each greeting; an absent folder has none. */
export async function readGreetings(folder: string | null): Promise<Greetings> {
  const source = folder && (await readFile(join(folder, "greetings.json"), "utf8").catch(() => null));
  if (!folder || !source) return { find: () => null, nextVoicemail: () => null };
  const { greetings } = GreetingsFile.parse(JSON.parse(source));
  const loaded = new Map<string, Promise<Int16Array>>();
  const load = (name: string): Promise<Int16Array> => {
    const sound = loaded.get(name) ?? loadOpus(join(folder, `${name}.opus`));
    loaded.set(name, sound);
    return sound;
  };
  const machines = greetings.filter((one) => one.kind === "voicemail");
  let turn = 0;
  return {
    find(text) {
      const found = greetings.find((one) => one.text === text.trim());
      return found ? load(found.name) : null;
    },
    nextVoicemail() {
      const machine = machines[turn++ % machines.length];
      return machine ? load(machine.name) : null;
    },
  };
}
