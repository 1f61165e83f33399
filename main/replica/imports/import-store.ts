import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { z } from "zod";
import { FieldValue } from "../../../shared/entities/fields.ts";
import { ImportOptions, ImportResult } from "../../../shared/rpc/contract/files.ts";

/** What has to outlive a restart: how far an import is, and what it did, so that it can be undone. */
export const SavedImport = z.object({
  importId: z.string(),
  fileName: z.string(),
  at: z.string(),
  step: z.enum(["importing", "done", "cancelled", "undone"]),
  options: ImportOptions,
  headers: z.array(z.string()),
  rows: z.int(),
  /** The last row of the file that is in the replica. */
  throughRow: z.int(),
  result: ImportResult,
  message: z.string().nullable(),
});
export type SavedImport = z.infer<typeof SavedImport>;

/** One line of the ledger: a lead as the import left it, fields that it filled, or a lead that undoing it removed. */
export const LedgerLine = z.union([
  z.object({ made: z.string(), print: z.string() }),
  z.object({ filled: z.string(), set: z.record(z.string(), FieldValue) }),
  z.object({ removed: z.string() }),
]);
export type LedgerLine = z.infer<typeof LedgerLine>;

/** Files of imports, one folder each, beside the replica. */
export type ImportStore = {
  create(importId: string): Promise<void>;
  sourcePath(importId: string): string;
  errorsPath(importId: string): string;
  append(importId: string, bytes: Uint8Array): Promise<void>;
  save(saved: SavedImport): Promise<void>;
  /** Newest first. Folders of imports that never ran, or whose time to undo is over, are removed. */
  open(keepSince: number): Promise<SavedImport[]>;
  addToLedger(importId: string, lines: readonly LedgerLine[]): Promise<void>;
  readLedger(importId: string): AsyncIterable<LedgerLine>;
  removeSource(importId: string): Promise<void>;
};

export function createImportStore(folder: string): ImportStore {
  const pathOf = (importId: string, file = "") => join(folder, importId, file);
  let opening: Promise<unknown> = Promise.resolve();

  async function open(keepSince: number): Promise<SavedImport[]> {
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name) => ({ name, saved: await readSaved(pathOf(name, "state.json")) })),
    );
    for (const { name, saved } of found) {
      // What a disk keeps now goes with a later start; it keeps nobody from the others.
      if (!saved || Date.parse(saved.at) < keepSince)
        await rm(pathOf(name), { recursive: true, force: true }).catch(() => {});
    }
    return found
      .flatMap(({ saved }) => (saved && Date.parse(saved.at) >= keepSince ? [saved] : []))
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  return {
    async create(importId) {
      // One that begins in this moment would look like one that never ran.
      await opening.catch(() => {});
      await mkdir(pathOf(importId), { recursive: true, mode: 0o700 });
      for (const file of ["source", "ledger", "errors.csv"]) await writeFile(pathOf(importId, file), "");
    },
    sourcePath: (importId) => pathOf(importId, "source"),
    errorsPath: (importId) => pathOf(importId, "errors.csv"),
    append: (importId, bytes) => appendFile(pathOf(importId, "source"), bytes),
    async save(saved) {
      const path = pathOf(saved.importId, "state.json");
      await writeFile(`${path}.new`, JSON.stringify(saved), { flush: true });
      await rename(`${path}.new`, path);
    },
    open(keepSince) {
      const opened = open(keepSince);
      opening = opened;
      return opened;
    },
    async addToLedger(importId, lines) {
      if (lines.length === 0) return;
      await appendFile(
        pathOf(importId, "ledger"),
        `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`,
        { flush: true },
      );
    },
    readLedger: (importId) => readLedger(pathOf(importId, "ledger")),
    removeSource: (importId) => rm(pathOf(importId, "source"), { force: true }),
  };
}

/** A lead's fields in few letters: equal while nobody has changed what the import wrote. Scores are the server's. */
export function printOf(fields: Readonly<Record<string, unknown>>): string {
  const flat = Object.entries(fields).flatMap(([key, value]) =>
    key === "custom"
      ? Object.entries(value as Record<string, unknown>).map(
          ([own, inner]) => [`custom.${own}`, inner] as const,
        )
      : [[key, value] as const],
  );
  const said = flat.filter(
    ([key, value]) =>
      key !== "score" &&
      value !== null &&
      value !== "" &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  const text = JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}

async function readSaved(path: string): Promise<SavedImport | null> {
  try {
    return SavedImport.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    // Not there: it never ran. Not readable: nothing could be resumed or undone from it either.
    return null;
  }
}

async function* readLedger(path: string): AsyncGenerator<LedgerLine> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      // The last line is torn where the power went: what it stood for was not applied.
      const parsed = LedgerLine.safeParse(parseLine(line));
      if (parsed.success) yield parsed.data;
    }
  } finally {
    lines.close();
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
