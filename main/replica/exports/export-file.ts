import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../../shared/result/ports.ts";
import type { FileHandle, FileShelf } from "../files/file-shelf.ts";

/** Puts a text where a window can fetch it as a file of that name. */
export type ExportFile = (fileName: string, text: string) => Promise<FileHandle>;

/** Written files are there to be saved elsewhere; what nobody fetched within a day goes. */
const keptMs = 86_400_000;

export function createExportFile(ports: {
  shelf: FileShelf;
  folder: string;
  newId: () => string;
  clock: Clock;
}): ExportFile {
  const { shelf, folder, newId, clock } = ports;
  return async (fileName, text) => {
    await makeExportFolder(folder, clock);
    const path = join(folder, newId());
    await writeFile(path, text, { mode: 0o600 });
    return shelf.put(path, fileName);
  };
}

/** Makes the folder, and tidies it up. */
export async function makeExportFolder(folder: string, clock: Clock): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < clock.now() - keptMs) await rm(path, { force: true });
  }
}
