import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Secrets } from "./secrets.ts";

const Stored = z.record(z.string(), z.string());
type Stored = z.infer<typeof Stored>;

/** Secrets in one file that only its owner can read: for machines without a keychain. */
export function openFileSecrets(file: string): Secrets {
  // One write after the other: each begins with what the one before left.
  let last: Promise<unknown> = Promise.resolve();
  const change = (edit: (stored: Stored) => void): Promise<void> => {
    const next = last.then(async () => {
      const stored = await readStored(file);
      edit(stored);
      await replaceStored(file, stored);
    });
    last = next.catch(() => {});
    return next;
  };
  return {
    read: async (name) => {
      await last;
      return (await readStored(file))[name] ?? null;
    },
    write: (name, value) => change((stored) => (stored[name] = value)),
    remove: (name) => change((stored) => delete stored[name]),
    notice: `This machine has no keychain, so your sign-in is kept in ${file}, which only your account can read.`,
  };
}

/** A damaged file counts as empty: the person signs in again, and the next write replaces it. */
export async function readStored(file: string): Promise<Stored> {
  try {
    return Stored.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (isDamaged(error) || (error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof z.ZodError;
}

/** Whole or not at all, also across a power cut. */
async function replaceStored(file: string, stored: Stored): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  const handle = await open(fresh, "w", 0o600);
  try {
    // A file left by an earlier try keeps its old mode.
    await chmod(fresh, 0o600);
    await handle.writeFile(JSON.stringify(stored));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
