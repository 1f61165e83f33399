import type { Effect } from "../carrier/effects.ts";
import type { Endpoint } from "../carrier/model.ts";
import type { Engine, Tap } from "./engine.ts";
import { addUp } from "./mixer.ts";
import { createRecordingFile, type RecordingFile } from "./recording-file.ts";

export interface RecordingsOptions {
  engine: Engine;
  endpointOf: (callSid: string) => Endpoint["kind"] | undefined;
  written: (recordingSid: string, durationMs: number, path: string | null) => void;
}

export type Recordings = ReturnType<typeof createRecordings>;

/** Recordings that are running. Agents are on the left channel, everybody else on the right. */
export function createRecordings(options: RecordingsOptions) {
  const running = new Map<string, { file: RecordingFile; path: string }>();
  const closings = new Set<Promise<unknown>>();

  const split: (own: boolean) => (file: RecordingFile) => Tap = (own) => (file) => (frames) => {
    const left: Int16Array[] = [];
    const right: Int16Array[] = [];
    for (const { callSid, said, heard } of frames) {
      const isAgent = options.endpointOf(callSid) === "client";
      if (said) (isAgent ? left : right).push(said);
      // On one leg the other side is what it hears; in a room everybody speaks for himself.
      if (own && heard) (isAgent ? right : left).push(heard);
    }
    file.add(addUp(left), addUp(right));
  };

  return {
    start({ recordingSid, subject, channels }: Extract<Effect, { effect: "record" }>, path: string): void {
      const file = createRecordingFile(path, channels);
      running.set(recordingSid, { file, path });
      options.engine.tap(recordingSid, subject, split("callSid" in subject)(file));
    },
    pause(recordingSid: string, behaviour: "silence" | "skip" | null): void {
      running.get(recordingSid)?.file.pause(behaviour);
    },
    async stop(recordingSid: string): Promise<void> {
      const recording = running.get(recordingSid);
      running.delete(recordingSid);
      options.engine.untap(recordingSid);
      if (!recording) return;
      const closing = recording.file.close();
      closings.add(closing);
      const written = await closing;
      closings.delete(closing);
      const durationMs = written?.durationMs ?? 0;
      options.written(recordingSid, durationMs, durationMs > 0 ? recording.path : null);
    },
    /** Waits until all files that are being closed have been. */
    async settle(): Promise<void> {
      await Promise.all(closings);
    },
  };
}
