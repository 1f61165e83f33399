import { ok, type Result } from "../../../../shared/result/result.ts";
import { systemTimers } from "../../../../shared/result/ports.ts";
import { openThread } from "../../../ask-thread.ts";
import { unpackTold, type PackedTold } from "./pack-told.ts";
import type { ReadTranscript, Transcript } from "./told.ts";

/** Reads transcripts beside this process, which goes on serving meanwhile. */
export function openWords(): { read: ReadTranscript; close(): Promise<void> } {
  const file = new URL("./words-thread.ts", import.meta.url);
  const thread = openThread<Transcript, Result<PackedTold, string>>(file, { timers: systemTimers });
  return {
    async read(transcript) {
      const told = await thread.ask(transcript);
      return told.ok ? ok(await unpackTold(told.value)) : told;
    },
    close: thread.stop,
  };
}
