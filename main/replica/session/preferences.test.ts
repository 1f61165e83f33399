import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { usualHotkeys } from "../../../shared/calls/hotkey.ts";
import { openPreferences } from "./preferences.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-preferences-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("what makes no sense any more costs that field and not the others", async () => {
  const former = { answer: "CommandOrControl+Alt+A", "hang-up": "CommandOrControl+Alt+H", mute: null };
  const stored = { theme: "dark", hotkeys: former, remindMinutes: -1, ofALaterVersion: true };
  await writeFile(join(folder, "preferences.json"), JSON.stringify(stored));
  const preferences = await openPreferences(folder);
  expect(preferences.get()).toMatchObject({ theme: "dark", hotkeys: usualHotkeys, remindMinutes: 10 });
});

test("what was chosen is there at the next start", async () => {
  const first = await openPreferences(folder);
  const hotkeys = { ...usualHotkeys, mute: "CommandOrControl+F7" };
  await first.set({ hotkeys, theme: undefined });
  expect((await openPreferences(folder)).get()).toEqual({ ...first.get(), hotkeys });
});
