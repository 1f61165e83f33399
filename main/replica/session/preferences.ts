import { join } from "node:path";
import { z } from "zod";
import { usualHotkeys } from "../../../shared/calls/hotkey.ts";
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
  hotkeys: usualHotkeys,
  audioDevices: { microphone: [], speaker: [], ringer: [] },
  ringVolume: 1,
  overlay: "automatic",
  overlayShows: "glance",
};

/** A field that makes no sense any more costs that field and not the others. */
const Stored = z.object(
  Object.fromEntries(
    Object.entries<z.ZodType>(Preferences.shape).map(([name, field]) => [
      name,
      field.optional().catch(undefined),
    ]),
  ),
);

export async function openPreferences(dataDir: string): Promise<PreferenceStore> {
  const path = join(dataDir, "preferences.json");
  let values: Values = { ...defaults, ...named((await readJsonFile(path, Stored)) ?? {}) };
  const listeners = new Set<(values: Values) => void>();
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    get: () => values,
    set(change) {
      values = { ...values, ...named(change) };
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

/** Those of them that say something. */
function named(change: { [K in keyof Values]?: Values[K] | undefined }): Partial<Values> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
