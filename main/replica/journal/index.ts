import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { EditId } from "../../../shared/entities/id.ts";
import { systemClock, type Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { diskFiles, type FilePort } from "./file-port.ts";
import { createOpener, createSealer, scanFrames, type Sealer } from "./frames.ts";
import { closed, diskError, wrongKey, type JournalError } from "./journal-error.ts";
import { openJournalFile, writeNewFile, type JournalFile } from "./journal-file.ts";
import {
  JournalState,
  type JournalCounts,
  type JournalEntry,
  type JournalItem,
  type RecordRef,
} from "./journal-state.ts";

export type { FilePort, OpenFile } from "./file-port.ts";
export { openSealedJson } from "./sealed-json.ts";
export type { JournalError } from "./journal-error.ts";
export type { EditStatus, JournalCounts, JournalEntry, JournalItem, RecordRef } from "./journal-state.ts";

export type JournalOptions = {
  folder: string;
  /** 32 bytes, from the keychain. */
  key: Uint8Array;
  files?: FilePort;
  clock?: Clock;
};

/** Part of the file could not be read; the whole of it was kept beside the journal. */
export type JournalDamage = { setAside: string; lostBytes: number };

export type JournalChange = { entries: readonly JournalEntry[]; records: readonly RecordRef[] };

/** The unsent edits of one person on one device: rules [JOURNAL-1] to [JOURNAL-4] of SPEC.md. */
export interface Journal {
  /** What opening found broken, for the person to be told; null nearly always. */
  readonly damage: JournalDamage | null;
  /**
   * Returns when the entries are on disk, all of them or none. Calls made at the same time share one write.
   * After an error nothing has changed, and the next call tries again.
   */
  append(entries: readonly JournalEntry[]): Promise<Result<void, JournalError>>;
  /** The server has taken these: they leave. */
  settle(editIds: readonly EditId[]): Promise<Result<void, JournalError>>;
  get(editId: EditId): JournalItem | null;
  /** What is to be sent, oldest first. */
  unsent(limit?: number): JournalItem[];
  /** What waits for a person: refused edits, and those blocked by one. */
  refused(): JournalItem[];
  /** All edits of one record, oldest first, whatever their status. */
  byRecord(collection: CollectionName, id: string): JournalItem[];
  counts(): JournalCounts;
  /** Called after each append that changed something, with what is already on disk. */
  onChange(listener: (change: JournalChange) => void): () => void;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

const fileName = "journal.log";
/** Below this a file is not worth writing anew. */
const compactFromBytes = 256 * 1024;
/** Longest frame: bounds the memory of one write. */
const maxFrameEntries = 2_000;

/** Opens the journal in `folder`, or begins one. The caller holds the folder's lock. */
export async function openJournal(options: JournalOptions): Promise<Result<Journal, JournalError>> {
  const { folder, key, files = diskFiles, clock = systemClock } = options;
  const path = join(folder, fileName);
  try {
    await files.makeFolder(folder);
    const bytes = (await files.read(path)) ?? Buffer.alloc(0);
    const found = readEntries(bytes, key);
    if (!found) return err(wrongKey);
    const state = new JournalState();
    state.apply(found.entries);
    const seal = createSealer(key);
    const file = await openJournalFile(files, path, found.end);
    const repairs = { files, path, bytes, file, seal, state, clock, lostBytes: found.lostBytes };
    return ok(
      runJournal({ file, seal, state, damage: await repair(repairs), entryCount: found.entries.length }),
    );
  } catch (cause) {
    return err(diskError(cause));
  }
}

/** Removes the journal with all that was ever set aside: for a wipe [SES-3]. */
export async function removeJournal(folder: string, files: FilePort = diskFiles): Promise<void> {
  const names = (await files.list(folder)).filter((name) => name.startsWith(fileName));
  for (const name of names) await files.remove(join(folder, name));
  await files.syncFolder(folder);
}

/** Null where the file was written under another key. */
function readEntries(
  bytes: Buffer,
  key: Uint8Array,
): { entries: JournalEntry[]; lostBytes: number; end: number } | null {
  const { bodies, damagedBytes, end } = scanFrames(bytes);
  const open = createOpener(key);
  const entries: JournalEntry[] = [];
  let lostBytes = damagedBytes;
  for (const body of bodies) {
    const opened = open(body);
    if (opened.kind === "foreign-key") return null;
    if (opened.kind === "forged") lostBytes += body.length;
    else entries.push(...(JSON.parse(opened.plaintext.toString()) as JournalEntry[]));
  }
  return { entries, lostBytes, end };
}

type Repair = {
  files: FilePort;
  path: string;
  bytes: Buffer;
  file: JournalFile;
  seal: Sealer;
  state: JournalState;
  clock: Clock;
  lostBytes: number;
};

/** Keeps a damaged file as it was, then goes on with what could be read. */
async function repair(damaged: Repair): Promise<JournalDamage | null> {
  const { files, path, bytes, file, seal, state, clock, lostBytes } = damaged;
  if (lostBytes === 0) return null;
  const setAside = `${path}.damaged-${new Date(clock.now()).toISOString().replaceAll(/[:.]/gu, "-")}`;
  try {
    await (await writeNewFile(files, setAside, bytes)).close();
    await file.replace(await sealState(seal, state));
    return { setAside, lostBytes };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Other work runs between two frames: tens of thousands of edits may be waiting. */
async function sealState(seal: Sealer, state: JournalState): Promise<Buffer> {
  const entries = [...state.entries()];
  const frames: Buffer[] = [];
  for (let at = 0; at < entries.length; at += maxFrameEntries) {
    frames.push(seal(Buffer.from(JSON.stringify(entries.slice(at, at + maxFrameEntries)))));
    await setImmediate();
  }
  return Buffer.concat(frames);
}

type Waiting = {
  entries: readonly JournalEntry[];
  done: (result: Result<void, JournalError>) => void;
};

type OpenState = {
  file: JournalFile;
  seal: Sealer;
  state: JournalState;
  damage: JournalDamage | null;
  /** Entries in the file, dead ones included. */
  entryCount: number;
};

function runJournal({ file, seal, state, damage, ...rest }: OpenState): Journal {
  const listeners = new Set<(change: JournalChange) => void>();
  let queue: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  let { entryCount } = rest;

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const group = takeGroup();
      const entries = group.flatMap((waiting) => waiting.entries);
      const result = await writeFrame(entries);
      const records = result.ok ? state.apply(entries) : [];
      for (const { done } of group) done(result);
      if (records.length > 0) for (const listener of listeners) listener({ entries, records });
      if (result.ok) await compactIfMostlyDead(entries.length);
    }
    writing = null;
  }

  /** At least one call, and as many more as fit into a frame. */
  function takeGroup(): Waiting[] {
    let size = 0;
    const fits = queue.findIndex(({ entries }, index) => {
      size += entries.length;
      return index > 0 && size > maxFrameEntries;
    });
    return queue.splice(0, fits === -1 ? queue.length : fits);
  }

  /** One frame, so that a power cut leaves all of it or nothing. */
  async function writeFrame(entries: readonly JournalEntry[]): Promise<Result<void, JournalError>> {
    try {
      await file.append(seal(Buffer.from(JSON.stringify(entries))));
      return ok();
    } catch (cause) {
      return err(diskError(cause));
    }
  }

  /** A failure costs disk, never an edit; it is tried again when the file has grown as much once more. */
  async function compactIfMostlyDead(added: number): Promise<void> {
    entryCount += added;
    if (file.length < compactFromBytes || entryCount < state.size * 3) return;
    entryCount = state.size;
    await file.replace(await sealState(seal, state)).catch(() => {});
  }

  const journal: Journal = {
    damage,
    append(entries) {
      if (closing) return Promise.resolve(err(closed));
      if (entries.length === 0) return Promise.resolve(ok());
      return new Promise((done) => {
        queue.push({ entries, done });
        // One turn later, so that calls made in the same turn share the write.
        writing ??= Promise.resolve().then(writeQueue);
      });
    },
    settle: (editIds) => journal.append(editIds.map((editId) => ({ type: "answered", editId }))),
    get: (editId) => state.get(editId),
    unsent: (limit) => state.list(true, limit),
    refused: () => state.list(false),
    byRecord: (collection, id) => state.byRecord(collection, id),
    counts: () => ({ ...state.counts }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= Promise.resolve(writing).then(() => file.close());
      return closing;
    },
  };
  return journal;
}
