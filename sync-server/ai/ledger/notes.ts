import type { Timers } from "../../../shared/result/ports.ts";
import { inSystem, type Database } from "../../database/index.ts";
import { writeNotes, type Note } from "./entries.ts";

const flushEveryMs = 1_000;
/** Where the database is away for long, the oldest are let go. */
const mostKept = 20_000;

type Deps = { db: Database; timers: Timers; log: { warn(facts: object, text: string): void } };

/** Lines that nobody waits for, written together: an answer of the cache takes less time than a statement. */
export function bufferNotes({ db, timers, log }: Deps) {
  let waiting: Note[] = [];
  let writing: Promise<void> = Promise.resolve();
  let timer: (() => void) | null = null;

  const write = async () => {
    timer?.();
    timer = null;
    const notes = waiting;
    waiting = [];
    if (notes.length === 0) return;
    try {
      await inSystem(db, (tx) => writeNotes(tx, notes));
    } catch (error) {
      waiting = [...notes, ...waiting].slice(-mostKept);
      log.warn({ err: error, lines: waiting.length }, "lines of the AI audit wait for the database");
      schedule();
    }
  };
  const flush = () => (writing = writing.then(write));
  const schedule = () => {
    timer ??= timers.after(flushEveryMs, () => void flush());
  };
  return {
    add(note: Note) {
      waiting.push(note);
      schedule();
    },
    /** Writes what waits now. */
    flush,
    async stop() {
      await flush();
      timer?.();
    },
  };
}
