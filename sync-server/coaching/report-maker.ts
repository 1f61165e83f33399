import { Worker } from "node:worker_threads";
import type { FoundReport, ReportInput } from "../../shared/coaching/report/report-input.ts";
import type { Timers } from "../../shared/result/ports.ts";

export type ReportMaker = {
  /** `makeReport` of shared/coaching, in a thread of its own. */
  make(input: ReportInput): Promise<FoundReport>;
  stop(): Promise<void>;
};

/** A thread takes memory, and most of the day nobody hangs up. */
const idleMs = 60_000;

type Done = { id: number; found?: FoundReport; error?: unknown };
type Waiting = { resolve(found: FoundReport): void; reject(error: unknown): void };

/** Works reports out beside the server, one after the other; the thread is there while there are any, and a minute. */
export function createReportMaker({ timers }: { timers: Timers }): ReportMaker {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let made = 0;
  let stayAwake = () => {};

  const settle = ({ id, found, error }: Done) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (found) one?.resolve(found);
    else one?.reject(error);
    if (waiting.size === 0) stayAwake = timers.after(idleMs, () => void rest());
  };
  const rest = async () => {
    stayAwake();
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };
  /** Those who wait ask again: their jobs are not done. */
  const lose = (lost: Worker, error: unknown) => {
    if (thread !== lost) return;
    thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const wake = (): Worker => {
    const fresh = new Worker(new URL("./report-thread.ts", import.meta.url));
    fresh.unref();
    fresh.on("message", settle);
    fresh.on("error", (error) => lose(fresh, error));
    fresh.on("exit", (code) => lose(fresh, new Error(`the thread of reports ended with ${code}`)));
    return fresh;
  };
  return {
    make(input) {
      stayAwake();
      thread ??= wake();
      made += 1;
      const id = made;
      const done = new Promise<FoundReport>((resolve, reject) => waiting.set(id, { resolve, reject }));
      thread.postMessage({ id, input });
      return done;
    },
    stop: rest,
  };
}
