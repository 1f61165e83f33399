import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";

/** What a small file holds, or null where there is none or it makes no sense any more. */
export async function readJsonFile<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<z.output<S> | null> {
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Replaces a small file in one step: after a power cut it holds the old content or the new. */
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return replaceFile(path, JSON.stringify(value, null, 2));
}

/** The same of any content. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  const file = await open(fresh, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}
