import { readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Newest ones are kept for whoever wants to look into them; each may be as large as a replica. */
const newestKept = 1;

/**
 * Renames a folder that does not open, so that a new one can be made in its place.
 * @param stamp tells several of them apart and sorts by time
 * @param keep all where they hold what exists nowhere else: edits that were not sent
 */
export async function setAside(
  folder: string,
  stamp: string,
  keep: "newest" | "all" = "newest",
): Promise<void> {
  const prefix = `${basename(folder)}.damaged-`;
  await rename(folder, join(dirname(folder), prefix + stamp.replaceAll(/[:.]/gu, "-")));
  if (keep === "all") return;
  const names = (await readdir(dirname(folder))).filter((name) => name.startsWith(prefix)).sort();
  for (const name of names.slice(0, -newestKept)) {
    await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}
