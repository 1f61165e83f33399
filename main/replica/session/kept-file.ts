import { writeJsonFile } from "./json-file.ts";

/** A small file that follows what is in memory. */
export type KeptFile = {
  /** Soon; what changes before then is written with it. */
  save(): void;
  /** Resolves when everything so far is on disk, or could not be written and was told. */
  written(): Promise<void>;
};

/** @param read what to write, asked as late as possible */
export function createKeptFile(
  path: string,
  read: () => unknown,
  onTrouble: (cause: unknown) => void,
): KeptFile {
  let writing: Promise<void> = Promise.resolve();
  let wanted = false;
  return {
    save() {
      if (wanted) return;
      wanted = true;
      writing = writing.then(async () => {
        wanted = false;
        await writeJsonFile(path, read()).catch(onTrouble);
      });
    },
    written: () => writing,
  };
}
