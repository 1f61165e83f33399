import { Worker, parentPort } from "node:worker_threads";
import type { Timers } from "../shared/result/ports.ts";

export type AskedThread<Question, Answer> = {
  /** @throws what the thread threw, or that it ended */
  ask(question: Question): Promise<Answer>;
  stop(): Promise<void>;
};

/** A thread takes memory, and most of the day there is nothing to ask it. */
const idleMs = 60_000;

type Told<Answer> = { id: number; answer: Answer } | { id: number; error: unknown };
type Waiting<Answer> = { resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Has what takes long done beside the process, one after the other: by the file of a thread that calls `answerAsThread`.
 * The thread is there while something is asked, and a minute.
 */
export function openThread<Question, Answer>(
  file: URL,
  { timers }: { timers: Timers },
): AskedThread<Question, Answer> {
  const waiting = new Map<number, Waiting<Answer>>();
  let thread: Worker | null = null;
  let asked = 0;
  let stayAwake = () => {};

  const settle = (told: Told<Answer>) => {
    const one = waiting.get(told.id);
    waiting.delete(told.id);
    if ("answer" in told) one?.resolve(told.answer);
    else one?.reject(told.error);
    if (waiting.size === 0) stayAwake = timers.after(idleMs, () => void rest());
  };
  const rest = async () => {
    stayAwake();
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };
  /** Those who wait ask again: their work is not done. */
  const lose = (lost: Worker, error: unknown) => {
    if (thread !== lost) return;
    thread = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const wake = (): Worker => {
    const fresh = new Worker(file);
    fresh.unref();
    fresh.on("message", settle);
    fresh.on("error", (error) => lose(fresh, error));
    fresh.on("exit", (code) => lose(fresh, new Error(`${file.pathname} ended with ${code}`)));
    return fresh;
  };
  return {
    ask(question) {
      stayAwake();
      thread ??= wake();
      asked += 1;
      const id = asked;
      const answered = new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject }));
      thread.postMessage({ id, question });
      return answered;
    },
    stop: rest,
  };
}

/** In the file of the thread. */
export function answerAsThread<Question, Answer>(
  answer: (question: Question) => Promise<Answer> | Answer,
): void {
  parentPort?.on("message", async ({ id, question }: { id: number; question: Question }) => {
    try {
      parentPort?.postMessage({ id, answer: await answer(question) });
    } catch (error) {
      parentPort?.postMessage({ id, error });
    }
  });
}
