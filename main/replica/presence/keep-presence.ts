import { z } from "zod";
import { Instant } from "../../../shared/entities/fields.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { Presence, PresenceReason } from "../../../shared/sync/wire.ts";
import { readJsonFile } from "../session/json-file.ts";
import { createKeptFile } from "../session/kept-file.ts";
import { createPresenceBoard, type PresenceBoard } from "./presence.ts";

export type KeptPresence = PresenceBoard & {
  /** Resolves when the last choice is on disk, or could not be written and was told. */
  written(): Promise<void>;
};

type KeptPresencePorts = { path: string; clock: Clock; onTrouble: (cause: unknown) => void };

const Choice = z.object({ presence: Presence, reason: PresenceReason, since: Instant });
/** Whoever opens their desk so long after a choice begins another day. */
const choiceHoldsMs = 12 * 3_600_000;

/** A board that outlives its process: who was on a break when the desk closed is on it when it opens. */
export async function openPresence({ path, clock, onTrouble }: KeptPresencePorts): Promise<KeptPresence> {
  let chosen = await readJsonFile(path, Choice).catch((cause: unknown) => {
    onTrouble(cause);
    return null;
  });
  const file = createKeptFile(path, () => chosen, onTrouble);
  const holds = chosen !== null && clock.now() - Date.parse(chosen.since) < choiceHoldsMs;
  // To be available is no choice: it counts from when the desk opens.
  const start = holds && chosen?.presence !== "available" ? chosen : null;
  const board = createPresenceBoard(clock, start, (choice) => {
    chosen = choice;
    file.save();
  });
  return { ...board, written: file.written };
}
