import { createHash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { telephonyPaths } from "../../../shared/calls/server-wire.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import type { FromServer } from "../phone/ask-telephony.ts";
import type { Reads } from "../replica.ts";
import { readJsonFile, writeJsonFile } from "../session/json-file.ts";
import type { KeptRecording, WantedRecording } from "./choose-recordings.ts";
import { fetchTo, refuse, type Source } from "./download-recording.ts";

export type Recording = { fileId: string; sizeBytes: number; mediaType: string };
export type FetchRecording = (callId: string) => Promise<FromServer<Recording>>;

/** Recordings in the person's folder, so that they can be heard without a network. */
export type Recordings = {
  /** Somebody wants to hear it: fetched where it is not here, and kept as long as its call. */
  fetch: FetchRecording;
  /** Fetches what nobody has asked for yet. @param signal ends it, unless somebody waits for it by then */
  fetchAhead(wanted: WantedRecording, signal: AbortSignal): Promise<FromServer<null>>;
  kept(): KeptRecording[];
  isKept(callId: string): boolean;
  /** Removes those that nobody has heard. */
  release(keys: readonly string[]): Promise<void>;
  /** Removes those whose call is not among the records any more, such as one that went while the desk was closed. */
  forgetGone(): Promise<void>;
  onChange(listener: () => void): () => void;
  /** Resolves when nothing is written any more. */
  close(): Promise<void>;
};

const Ledger = z.array(
  z.strictObject({
    ...{ key: z.string(), callId: z.string(), atMs: z.number() },
    ...{ sizeBytes: z.int(), heard: z.boolean() },
  }),
);

export async function openRecordings(
  ports: Source & { folder: string; reads: Reads; shelf: FileShelf },
): Promise<Recordings> {
  const { folder, reads, shelf } = ports;
  const ledgerPath = join(folder, "kept.json");
  const pathOf = (key: string) => join(folder, createHash("sha256").update(key).digest("hex"));
  const keptByKey = new Map((await readLedger(ledgerPath, pathOf)).map((one) => [one.key, one]));
  const heard = new Set([...keptByKey.values()].flatMap((one) => (one.heard ? one.key : [])));
  const underWay = new Map<string, Promise<FromServer<null>>>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let writing = Promise.resolve();

  function bring(of: WantedRecording, signal = closing.signal): Promise<FromServer<null>> {
    const going = underWay.get(of.key) ?? fetchAndNote(of, signal).finally(() => underWay.delete(of.key));
    underWay.set(of.key, going);
    return going;
  }

  async function fetchAndNote(of: WantedRecording, signal: AbortSignal): Promise<FromServer<null>> {
    const path = pathOf(of.key);
    if ((await sizeOf(path)) === null) {
      const fetched = await fetchTo(path, telephonyPaths.recording(of.key), ports, signal);
      if (!fetched.ok) return fetched;
    }
    // The call may have gone meanwhile.
    if ((await reads.get("calls", of.callId)) === null) {
      await rm(path, { force: true });
      return refuse("no-such-call", "This call is no longer on this device.");
    }
    note({ ...of, sizeBytes: (await sizeOf(path)) ?? 0, heard: heard.has(of.key) });
    return { ok: true, value: null };
  }

  function note(one: KeptRecording): void {
    keptByKey.set(one.key, one);
    changed();
  }

  async function remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const one = keptByKey.get(key);
      keptByKey.delete(key);
      heard.delete(key);
      // What another program holds open, or a disk keeps, goes with the next start that finds its call gone.
      await rm(pathOf(key), { force: true }).catch(() => one && keptByKey.set(key, one));
    }
    if (keys.length > 0) changed();
  }

  function changed(): void {
    for (const listener of listeners) listener();
    // Where the disk is full the recordings are here all the same; the next change tries again.
    writing = writing.then(() => writeJsonFile(ledgerPath, [...keptByKey.values()])).catch(() => {});
  }

  const keysOf = (callIds: ReadonlySet<string>) =>
    [...keptByKey.values()].flatMap(({ key, callId }) => (callIds.has(callId) ? key : []));
  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== "calls") return;
    const gone = records.flatMap(({ id, after }) => (after === null ? id : []));
    if (gone.length > 0) void remove(keysOf(new Set(gone)));
  });

  return {
    async fetch(callId) {
      const call = await reads.get("calls", callId);
      const of = call && recordingOf(call);
      if (!of) return refuse("no-such-call", "This call has no recording.");
      heard.add(of.key);
      const brought = await bring(of);
      if (!brought.ok) {
        heard.delete(of.key);
        return brought;
      }
      const { fileId, sizeBytes } = await shelf.put(pathOf(of.key), `${of.key}.wav`);
      if (!keptByKey.get(of.key)?.heard) note({ ...of, sizeBytes, heard: true });
      return { ok: true, value: { fileId, sizeBytes, mediaType: "audio/wav" } };
    },
    fetchAhead(wanted, signal) {
      const unwaited = new AbortController();
      const end = () => (heard.has(wanted.key) ? undefined : unwaited.abort());
      signal.addEventListener("abort", end, { once: true });
      return bring(wanted, AbortSignal.any([closing.signal, unwaited.signal]));
    },
    kept: () => [...keptByKey.values()],
    isKept: (callId) => keysOf(new Set([callId])).length > 0,
    release: (keys) => remove(keys.filter((key) => !heard.has(key))),
    async forgetGone() {
      const callIds = [...keptByKey.values()].map(({ callId }) => callId);
      const known = await reads.getAll("calls", callIds);
      await remove(keysOf(new Set(callIds.filter((id) => !known.has(id)))));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stop();
      closing.abort();
      await Promise.allSettled(underWay.values());
      await writing;
    },
  };
}

/** Two channels of 8,000 samples of two bytes a second. */
const bytesPerMs = 32;

/** Null: the call was not recorded. */
export function recordingOf(call: Call): WantedRecording | null {
  const key = call.line?.recordingKey || call.recording;
  if (key === "") return null;
  const lastedMs = Date.parse(call.endedAt ?? call.startedAt) - Date.parse(call.answeredAt ?? call.startedAt);
  const sizeBytes = bytesPerMs * Math.max(0, lastedMs);
  return { key, callId: call.id, atMs: Date.parse(call.startedAt), sizeBytes };
}

async function readLedger(path: string, pathOf: (key: string) => string): Promise<KeptRecording[]> {
  const noted = (await readJsonFile(path, Ledger)) ?? [];
  const sizes = await Promise.all(noted.map(({ key }) => sizeOf(pathOf(key))));
  return noted.filter((_, index) => sizes[index] !== null);
}

/** Null: there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
