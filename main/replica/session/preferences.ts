import { join } from "node:path";
import { Preferences } from "../../../shared/rpc/contract/session.ts";
import { readJsonFile, writeJsonFile } from "./json-file.ts";

type Values = ReturnType<typeof Preferences.parse>;

/** How this machine shows things: kept beside the replicas, the same for whoever signs in. */
export type PreferenceStore = {
  get(): Values;
  set(change: { [K in keyof Values]?: Values[K] | undefined }): Promise<void>;
  onChange(listener: (values: Values) => void): () => void;
};

const defaults: Values = {
  theme: "system",
  leadColumns: null,
  listingColumns: null,
  remindMinutes: 10,
  hotkeys: {
    answer: "CommandOrControl+Alt+A",
    "hang-up": "CommandOrControl+Alt+H",
    mute: "CommandOrControl+Alt+M",
  },
  audioDevices: { microphone: [], speaker: [], ringer: [] },
  overlay: "automatic",
  overlayShows: "glance",
};

export async function openPreferences(dataDir: string): Promise<PreferenceStore> {
  const path = join(dataDir, "preferences.json");
  // A field of a later version, or one that makes no sense, costs that field and not the others.
  let values: Values = { ...defaults, ...(await readJsonFile(path, Preferences.partial())) } as Values;
  const listeners = new Set<(values: Values) => void>();
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    get: () => values,
    set(change) {
      const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      values = { ...values, ...named };
      for (const tell of listeners) tell(values);
      const content = values;
      lastWrite = lastWrite.catch(() => {}).then(() => writeJsonFile(path, content));
      return lastWrite;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
