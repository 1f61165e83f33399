import { readHarperValley } from "./read-harper-valley.ts";
import { readScripts } from "./read-script.ts";
import type { CallScript, Speaker } from "./script.ts";
import { toneScript } from "./tone-script.ts";

export interface Library {
  list(): CallScript[];
  find(id: string): CallScript | undefined;
  /** Another caller each time, round and round. */
  next(): CallScript;
  /** One side of a script as samples; those used last stay in memory. */
  load(script: CallScript, speaker: Speaker): Promise<Int16Array>;
}

const keptInMemory = 8;

/** All scripted callers: those in `resources`, then the Harper Valley calls, else one that hums. */
export async function openLibrary(folders: {
  calls: string | null;
  harperValley: string | null;
}): Promise<Library> {
  const scripts = [
    ...(folders.calls ? await readScripts(folders.calls) : []),
    ...(folders.harperValley ? await readHarperValley(folders.harperValley) : []),
  ];
  const all = scripts.length > 0 ? scripts : [toneScript];
  const kept = new Map<string, Promise<Int16Array>>();
  let turn = 0;
  return {
    list: () => all,
    find: (id) => all.find((script) => script.id === id) ?? (id === toneScript.id ? toneScript : undefined),
    next: () => all[turn++ % all.length] ?? toneScript,
    load(script, speaker) {
      // What was hummed for one call is another thing in the next.
      if (script.id === toneScript.id) return script.load(speaker);
      const key = `${script.id}/${speaker}`;
      const audio = kept.get(key) ?? script.load(speaker);
      kept.delete(key);
      kept.set(key, audio);
      const [oldest = key] = kept.keys();
      if (kept.size > keptInMemory) kept.delete(oldest);
      return audio;
    },
  };
}
