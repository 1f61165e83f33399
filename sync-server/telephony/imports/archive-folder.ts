import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { mostArchiveBytes } from "../../../shared/calls/recording-import-wire.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import { findRecordings } from "./import-recordings.ts";
import { onlyFolderIn, unpack } from "./unpack.ts";
import type { ReadTranscript } from "./words/told.ts";

/** Which import of whom. */
export type ImportId = { tenantId: string; importId: string };

/** Where an archive is unpacked until its recordings were taken. */
function folderOf(importsDir: string, { tenantId, importId }: ImportId): string {
  return join(importsDir, encodeURIComponent(tenantId), encodeURIComponent(importId));
}

/**
 * Keeps what an archive holds. Nothing of it stays where it cannot be read.
 * @param name as whoever brings it calls it
 * @returns how many recordings are in it
 */
export async function keepArchive(
  importsDir: string,
  id: ImportId,
  { name, bytes }: { name: string; bytes: Readable },
): Promise<Result<number, string>> {
  const folder = folderOf(importsDir, id);
  const archive = `${folder}.zip`;
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(bytes, atMost(mostArchiveBytes), createWriteStream(archive, { mode: 0o600 }));
    const unpacked = await unpack(archive, folder, name);
    const found = unpacked.ok ? await findRecordings(unpacked.value, neverRead) : [];
    const kept = found.length > 0 ? { ok: true as const, value: found.length } : reasonOf(unpacked, name);
    if (!kept.ok) await forgetArchive(importsDir, id);
    return kept;
  } catch (error) {
    await forgetArchive(importsDir, id);
    if (error instanceof TooLarge) return err(`${name} is larger than ${mostArchiveBytes / 1e9} GB.`);
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

function atMost(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > most ? new TooLarge() : null, chunk);
    },
  });
}

/** The recordings of a kept archive, in the order that they always have. */
export async function findKept(importsDir: string, id: ImportId, read: ReadTranscript) {
  return findRecordings(await onlyFolderIn(folderOf(importsDir, id)), read);
}

export function forgetArchive(importsDir: string, id: ImportId): Promise<void> {
  return rm(folderOf(importsDir, id), { recursive: true, force: true });
}
