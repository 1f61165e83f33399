import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { greetingSoundPath } from "../../../shared/calls/greeting-wire.ts";
import type { Greeting } from "../../../shared/entities/setting.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import type { FromServer } from "../phone/ask-telephony.ts";
import type { Reads } from "../replica.ts";
import { fetchTo, refuse, type Source } from "./download-recording.ts";
import type { Recording } from "./keep-recordings.ts";

/** What is recorded of greetings, for a desk that leaves them by itself. */
export type GreetingSounds = {
  /** @param key of a greeting that can be left */
  fetch(key: string): Promise<FromServer<Recording>>;
  /** Resolves when nothing is written any more. */
  close(): Promise<void>;
};

/** @param ports `folder`: nothing in it outlives the desk */
export function createGreetingSounds(
  ports: Source & { folder: string; reads: Pick<Reads, "get">; shelf: FileShelf },
): GreetingSounds {
  const { folder, reads, shelf } = ports;
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  async function bring({ id, sound }: Greeting): Promise<FromServer<Recording>> {
    // One that is recorded anew has another key.
    const path = join(folder, `${sound}.wav`);
    const isHere = await stat(path).then(
      () => true,
      () => false,
    );
    const fetched = isHere ? null : await fetchTo(path, greetingSoundPath(id), ports, closing.signal);
    if (fetched?.ok === false) return fetched;
    const { fileId, sizeBytes } = await shelf.put(path, `${sound}.wav`);
    return { ok: true, value: { fileId, sizeBytes, mediaType: "audio/wav" } };
  }

  return {
    async fetch(key) {
      const greeting = await reads.get("settings", `greeting:${key}`);
      if (greeting?.kind !== "greeting" || greeting.archived || greeting.use !== "drop")
        return refuse("not-possible", "There is no such greeting any more.");
      if (greeting.sound === "") return refuse("not-possible", "Nothing is recorded of this greeting.");
      const work = bring(greeting);
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
    async close() {
      closing.abort();
      await Promise.allSettled(underWay);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
