import { Worker } from "node:worker_threads";
import type { ConversionModel } from "../../shared/scoring/conversion/model.ts";
import type { DriftFound } from "./learning/drift.ts";
import type { DatedContact } from "./past-contacts.ts";

export type ToThread =
  | { kind: "contacts"; contacts: readonly DatedContact[] }
  | { kind: "train"; version: number; trainedAt: string };
export type FromThread = { model: ConversionModel; drift: DriftFound };

export type Training = {
  /** A few hundred at a time: handing over is copying. */
  give(contacts: readonly DatedContact[]): void;
  /** @throws where the thread ends before it is done */
  finish(version: number, trainedAt: string): Promise<FromThread>;
  end(): Promise<void>;
};

/** Begins a training in a thread of its own, which ends with it. */
export function beginTraining(): Training {
  const thread = new Worker(new URL("./train-thread.ts", import.meta.url));
  thread.unref();
  const { promise, resolve, reject } = Promise.withResolvers<FromThread>();
  // Whoever gave up before has nobody who waits.
  promise.catch(() => {});
  thread.on("message", resolve);
  thread.on("error", reject);
  thread.on("exit", (code) => reject(new Error(`the thread of training ended with ${code}`)));
  const tell = (message: ToThread) => thread.postMessage(message);
  return {
    give: (contacts) => tell({ kind: "contacts", contacts }),
    finish(version, trainedAt) {
      tell({ kind: "train", version, trainedAt });
      return promise;
    },
    end: async () => void (await thread.terminate()),
  };
}
