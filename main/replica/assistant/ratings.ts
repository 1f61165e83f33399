import { z } from "zod";
import { readJsonFile } from "../session/json-file.ts";
import { createKeptFile } from "../session/kept-file.ts";
import type { AskAssistant } from "./ask-assistant.ts";

/** What people thought of answers: kept until the server has heard it, so that it counts when given offline, too. */
export type Ratings = {
  /** The last word counts. Resolves when it is kept on this device. */
  rate(requestId: string, useful: boolean): Promise<void>;
  /** What waits stays on disk. */
  close(): Promise<void>;
};

export type RatingPorts = {
  ask: Pick<AskAssistant, "rate">;
  path: string;
  /** When to try again what could not be told. */
  onMinute: (again: () => void) => () => void;
  onTrouble: (cause: unknown) => void;
};

const Waiting = z.array(z.object({ requestId: z.string(), useful: z.boolean() }));
/** Nobody gives more without a server: answers to rate come from it. */
const mostWaiting = 500;

/** @throws where the file is there and cannot be read */
export async function openRatings({ ask, path, onMinute, onTrouble }: RatingPorts): Promise<Ratings> {
  const kept = (await readJsonFile(path, Waiting)) ?? [];
  const waiting = new Map(kept.map(({ requestId, useful }) => [requestId, useful]));
  const file = createKeptFile(path, () => Array.from(waiting, ([requestId, useful]) => ({ requestId, useful })), onTrouble); // prettier-ignore
  let telling = false;
  let closed = false;

  async function tellAll(): Promise<void> {
    if (telling) return;
    telling = true;
    for (const [requestId, useful] of waiting) {
      const told = await ask.rate(requestId, useful);
      // Once closed the folder is no longer ours; what was told is told again, which changes nothing.
      if (closed || !told) break;
      // Whoever changed their mind meanwhile stands at the end of the line with their new word.
      if (waiting.get(requestId) !== useful) continue;
      waiting.delete(requestId);
      file.save();
    }
    telling = false;
  }

  const stop = onMinute(() => void tellAll());
  void tellAll();
  return {
    async rate(requestId, useful) {
      waiting.delete(requestId);
      waiting.set(requestId, useful);
      const [oldest] = waiting.keys();
      if (waiting.size > mostWaiting && oldest !== undefined) waiting.delete(oldest);
      file.save();
      void tellAll();
      await file.written();
    },
    async close() {
      closed = true;
      stop();
      await file.written();
    },
  };
}
