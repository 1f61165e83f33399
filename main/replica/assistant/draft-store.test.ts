import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Draft } from "../../../shared/rpc/contract/assistant.ts";
import { openDraftStore } from "./draft-store.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drafts-"));
});
afterEach(() => rm(folder, { recursive: true }));

const turn = (id: string, minute: number, own: Partial<Draft> = {}): Draft => ({
  ...{ id, at: `2026-11-22T09:${String(minute).padStart(2, "0")}:00.000Z` },
  question: { about: "chat", leadId: "lead-1" as RecordId, said: id },
  ...{ text: `Answer to ${id}`, edited: null, state: "done", origin: null, why: "", useful: null },
  ...{ acted: false, flagged: false },
  ...own,
});
const place = "chat:lead-1";

test("a talk that was forgotten is off the disk, and comes back whole, before what was said since", async () => {
  const path = join(folder, "assistant.json");
  const store = await openDraftStore(path, (cause) => expect.fail(String(cause)));
  const elsewhere = turn("other", 1, { question: { about: "chat", leadId: null, said: "other" } });
  for (const one of [turn("first", 0), elsewhere, turn("second", 2, { state: "coming" })]) store.add(one);
  store.forget(place);
  // Begun anew twice, in two windows: the second finds nothing, and takes nothing of what the first forgot.
  store.forget(place);
  await store.written();
  expect(await readFile(path, "utf8")).not.toContain("first");
  expect(store.all(place)).toEqual([]);
  expect(store.all("chat:")).toEqual([elsewhere]);

  store.add(turn("third", 3));
  expect(store.bringBack(place)).toBe(true);
  expect(store.all(place).map(({ id, state }) => [id, state])).toEqual([
    ["first", "done"],
    ["second", "stopped"],
    ["third", "done"],
  ]);
  expect(store.bringBack(place), "once").toBe(false);
  await store.written();
  expect(await readFile(path, "utf8")).toContain("first");
});
