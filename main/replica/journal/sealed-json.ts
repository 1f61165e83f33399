import { hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { replaceFile } from "../session/json-file.ts";
import { createOpener, createSealer, scanFrames } from "./frames.ts";

/** A small file that nobody reads without the key of the person's journal. */
export type SealedJson<S extends z.ZodType> = {
  /** Null where there is none, it was sealed under another key, or makes no sense any more. */
  read(): Promise<z.output<S> | null>;
  /** Resolves when it is on disk. */
  write(value: z.input<S>): Promise<void>;
};

/**
 * @param journalKey 32 bytes
 * @param purpose nothing that was sealed for one can be put in the place of another
 */
export function openSealedJson<S extends z.ZodType>(
  path: string,
  journalKey: Uint8Array,
  purpose: string,
  schema: S,
): SealedJson<S> {
  const key = new Uint8Array(hkdfSync("sha256", journalKey, "", `ringside ${purpose}`, 32));
  const seal = createSealer(key);
  const open = createOpener(key);
  return {
    async read() {
      const [body] = scanFrames(await readBytes(path)).bodies;
      const opened = body ? open(body) : null;
      if (opened?.kind !== "opened") return null;
      const parsed = schema.safeParse(JSON.parse(opened.plaintext.toString("utf8")));
      return parsed.success ? parsed.data : null;
    },
    write: (value) => replaceFile(path, seal(Buffer.from(JSON.stringify(value)))),
  };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
