import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../session/json-file.ts";
import type { ReminderPorts } from "./reminders.ts";

const Shown = z.array(z.string());

/** What was reminded of, in a small file: a restart reminds of nothing twice. */
export function openShownReminders(path: string): ReminderPorts["shown"] {
  return {
    load: async () => (await readJsonFile(path, Shown)) ?? [],
    save: (shown) => writeJsonFile(path, shown),
  };
}
