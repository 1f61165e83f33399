import { z } from "zod";
import { Letter } from "../../../../shared/assistant/letters/approval.ts";
import { Instant, line } from "../../../../shared/entities/fields.ts";
import { readJsonFile } from "../../session/json-file.ts";
import { createKeptFile } from "../../session/kept-file.ts";
import type { AskAssistant } from "../ask-assistant.ts";

const Wanted = z.object({
  /** Of the approval's record. */
  id: z.string(),
  draftId: z.string(),
  letter: Letter,
  flagged: z.boolean(),
  at: Instant,
  /** The server has it. */
  heard: z.boolean(),
  /** Why the server does not take it; empty = it does, or has not been asked. */
  trouble: line,
});
export type Wanted = z.infer<typeof Wanted>;

/** What was asked for on this device and is not decided: kept until the server has heard it, and until its writer was told. */
export type WantedApprovals = {
  get(id: string): Wanted | null;
  all(): readonly Wanted[];
  /** Takes the place of what the same draft asked for before. Resolves when it is kept on this device. */
  want(wanted: Omit<Wanted, "heard" | "trouble">): Promise<void>;
  drop(id: string): void;
  /** What the draft asks for that no server has heard of. */
  giveUp(draftId: string): void;
  /** Tries again what the server has not heard. */
  tell(): void;
  onChange(listener: () => void): () => void;
  /** What waits stays on disk. */
  close(): Promise<void>;
};

export type WantedPorts = {
  ask: Pick<AskAssistant, "approve">;
  /** Whether its writer has gone back to other words, which may leave or wait: what is told later would withdraw those. */
  isAbandoned: (wanted: Wanted) => Promise<boolean>;
  path: string;
  onTrouble: (cause: unknown) => void;
};

/** More than anybody waits for. */
const mostWanted = 200;

/** @throws where the file is there and cannot be read */
export async function openWantedApprovals({
  ask,
  isAbandoned,
  path,
  onTrouble,
}: WantedPorts): Promise<WantedApprovals> {
  const kept = (await readJsonFile(path, z.array(Wanted))) ?? [];
  const wanted = new Map(kept.map((one) => [one.id, one]));
  const listeners = new Set<() => void>();
  const file = createKeptFile(path, () => [...wanted.values()], onTrouble);
  let telling = false;
  let again = false;
  let closed = false;
  let judging: Promise<unknown> = Promise.resolve();

  function changed(): void {
    file.save();
    for (const tell of listeners) tell();
  }

  function drop(id: string): void {
    if (wanted.delete(id)) changed();
  }

  async function tellAll(): Promise<void> {
    if (telling) return void (again = true);
    telling = true;
    for (const [id, one] of wanted) {
      if (one.heard || one.trouble !== "") continue;
      judging = isAbandoned(one).catch(onTrouble);
      const abandoned = await judging;
      if (closed) break;
      if (abandoned) drop(id);
      // Another text may have taken its place meanwhile.
      if (wanted.get(id) !== one) continue;
      const { draftId, letter, flagged } = one;
      const told = await ask.approve({ draftId, letter, flagged });
      // Once closed the folder is no longer ours; what was told is told again, which changes nothing.
      if (closed || (!told.ok && told.error.refused === null)) break;
      if (wanted.get(id) !== one) continue;
      wanted.set(id, { ...one, heard: told.ok, trouble: told.ok ? "" : (told.error.refused ?? "") });
      changed();
    }
    telling = false;
    if (!again || closed) return;
    again = false;
    await tellAll();
  }

  return {
    get: (id) => wanted.get(id) ?? null,
    all: () => [...wanted.values()],
    async want(given) {
      for (const [id, { draftId }] of wanted) if (draftId === given.draftId) wanted.delete(id);
      wanted.set(given.id, { ...given, heard: false, trouble: "" });
      const [oldest] = wanted.keys();
      if (wanted.size > mostWanted && oldest !== undefined) wanted.delete(oldest);
      changed();
      void tellAll();
      await file.written();
    },
    drop,
    giveUp(draftId) {
      for (const one of wanted.values()) if (one.draftId === draftId && !one.heard) drop(one.id);
    },
    tell: () => void tellAll(),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      await judging;
      await file.written();
    },
  };
}
