import { createWriteStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import yauzl, { type Entry, type Options, type ZipFile } from "yauzl";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { noRoomFor, readFreeBytes, requireRoom, saysNoRoom, type FreeBytes } from "./disk-room.ts";

const open = promisify<string, Options, ZipFile>(yauzl.open);

/** An archive can say that it is larger than any disk. */
const mostFiles = 50_000;
const mostBytes = 50e9;

/**
 * Unpacks an archive of recordings.
 * @param name as whoever brings it calls it
 * @returns the folder in which they are, or why the archive cannot be read
 */
export async function unpack(
  archive: string,
  into: string,
  name: string = archive,
  freeBytes: FreeBytes = readFreeBytes,
): Promise<Result<string, string>> {
  const zip = await open(archive, { lazyEntries: true }).catch(() => null);
  if (zip === null) return err(`${name} is no ZIP archive.`);
  try {
    if (zip.entryCount > mostFiles) return err(`${name} holds more than ${mostFiles} files.`);
    let bytes = 0;
    for await (const entry of entriesOf(zip)) {
      bytes += entry.uncompressedSize;
      if (bytes > mostBytes) return err(`${name} holds more than ${mostBytes / 1e9} GB.`);
      await requireRoom(into, entry.uncompressedSize, freeBytes);
      await write(zip, entry, join(into, entry.fileName));
    }
    return ok(await onlyFolderIn(into));
  } catch (error) {
    if (saysNoRoom(error)) return err(noRoomFor(name));
    // Damaged, encrypted, or with names that lead out of the folder.
    return err(`${name} cannot be unpacked.`);
  } finally {
    zip.close();
  }
}

/** Files alone; what a Mac puts beside them is no recording. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await nextOf(zip);
    if (entry === null) return;
    const { fileName } = entry;
    if (!fileName.endsWith("/") && !fileName.startsWith("__MACOSX/")) yield entry;
  }
}

function nextOf(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      zip.removeAllListeners();
      how();
    };
    zip.once("entry", (entry: Entry) => settle(() => resolve(entry)));
    zip.once("end", () => settle(() => resolve(null)));
    zip.once("error", (error: Error) => settle(() => reject(error)));
    zip.readEntry();
  });
}

async function write(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const read = promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip));
  await pipeline(await read(entry), createWriteStream(path, { mode: 0o600 }));
}

/** Where what was unpacked stands: whoever packs a folder packs it with its name. */
export async function onlyFolderIn(folder: string): Promise<string> {
  const [first, ...others] = await readdir(folder, { withFileTypes: true });
  return first?.isDirectory() && others.length === 0 ? join(folder, first.name) : folder;
}
