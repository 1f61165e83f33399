import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { mostArchiveBytes } from "../../../shared/calls/recording-import-wire.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import { noRoomFor, readFreeBytes, requireRoom, saysNoRoom, type FreeBytes } from "./disk-room.ts";
import { findRecordings } from "./import-recordings.ts";
import { onlyFolderIn, unpack } from "./unpack.ts";
import type { ReadTranscript } from "./words/told.ts";

/** Which import of whom. */
export type ImportId = { tenantId: string; importId: string };

/** Where an archive is unpacked until its recordings were taken. */
function folderOf(importsDir: string, { tenantId, importId }: ImportId): string {
  return join(importsDir, encodeURIComponent(tenantId), encodeURIComponent(importId));
}

/** Its name as whoever brings it calls it; how long it says it is, bytes. */
export type Brought = { name: string; bytes: Readable; length: number };

/**
 * Keeps what an archive holds. Nothing of it stays where it cannot be read.
 * @returns how many recordings are in it
 */
export async function keepArchive(
  importsDir: string,
  id: ImportId,
  { name, bytes, length }: Brought,
  freeBytes: FreeBytes = readFreeBytes,
): Promise<Result<number, string>> {
  const folder = folderOf(importsDir, id);
  const archive = `${folder}.zip`;
  try {
    await mkdir(folder, { recursive: true });
    // Before anything is read: whoever still sends does not hear why the rest is not wanted.
    await requireRoom(folder, length, freeBytes);
    const measured = (chunks: AsyncIterable<Buffer>) => whileThereIsRoom(chunks, folder, freeBytes);
    await pipeline(bytes, measured, createWriteStream(archive, { mode: 0o600 }));
    const unpacked = await unpack(archive, folder, name, freeBytes);
    const found = unpacked.ok ? await findRecordings(unpacked.value, neverRead) : [];
    const kept = found.length > 0 ? { ok: true as const, value: found.length } : reasonOf(unpacked, name);
    if (!kept.ok) await forgetArchive(importsDir, id);
    return kept;
  } catch (error) {
    await forgetArchive(importsDir, id);
    if (error instanceof TooLarge) return err(`${name} is larger than ${mostArchiveBytes / 1e9} GB.`);
    if (saysNoRoom(error)) return err(noRoomFor(name));
    throw error;
  } finally {
    await rm(archive, { force: true });
  }
}

function reasonOf(unpacked: Result<string, string>, name: string): Result<number, string> {
  return unpacked.ok ? err(`There is no recording in ${name}.`) : unpacked;
}

const neverRead: ReadTranscript = () => Promise.reject(new Error("only counted here"));

class TooLarge extends Error {}

/** Others write meanwhile. */
const lookEveryBytes = 16e6;

/** @throws TooLarge, or as a disk that is full does */
async function* whileThereIsRoom(chunks: AsyncIterable<Buffer>, folder: string, freeBytes: FreeBytes) {
  let bytes = 0;
  let looked = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostArchiveBytes) throw new TooLarge();
    if (bytes > looked) {
      await requireRoom(folder, lookEveryBytes, freeBytes);
      looked = bytes + lookEveryBytes;
    }
    yield chunk;
  }
}

/** The recordings of a kept archive, in the order that they always have; null = nothing is kept of it. */
export async function findKept(importsDir: string, id: ImportId, read: ReadTranscript) {
  const folder = folderOf(importsDir, id);
  return existsSync(folder) ? findRecordings(await onlyFolderIn(folder), read) : null;
}

export function forgetArchive(importsDir: string, id: ImportId): Promise<void> {
  return rm(folderOf(importsDir, id), { recursive: true, force: true });
}
