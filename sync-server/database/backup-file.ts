import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";

/** Something that the person at the keyboard can put right; the message says how. */
export class BackupFailed extends Error {}

// A backup is one gzip file of lines of JSON: a head, then each table with a row a line, then an end that says how
// many rows there were. Values are PostgreSQL's own text of them, which every version reads.

/** `schema` is the newest migration that the tables had seen. */
const Head = z.strictObject({
  format: z.literal("ringside-backup"),
  version: z.literal(1),
  schema: z.number(),
  madeAt: z.iso.datetime(),
});
export type Head = z.infer<typeof Head>;
const Table = z.strictObject({ table: z.string(), columns: z.array(z.string()).min(1) });
export type Table = z.infer<typeof Table>;
const End = z.strictObject({ rows: z.number() });

/** One table, or some of the rows of the table before; a row is a JSON array of texts and nulls. */
export type Part = { kind: "table"; table: Table } | { kind: "rows"; rows: readonly string[] };

/**
 * Writes a file that appears under its name only when it is complete and on disk; only its owner can read it.
 * @throws BackupFailed where the disk does not take it
 */
export async function writeBackup(file: string, head: Head, parts: AsyncIterable<Part>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(linesOf(head, parts), createGzip(), target);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw sayWhy(file, error);
  }
}

/** What the disk says, for whoever has named the file; anything else is a fault of ours. */
function sayWhy(file: string, error: unknown): unknown {
  const sentence = whyNot[(error as NodeJS.ErrnoException | null)?.code ?? ""];
  return sentence ? new BackupFailed(`${file} cannot be written: ${sentence}.`) : error;
}

const whyNot: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is a file",
  EISDIR: "there is a folder of that name",
  EACCES: "the user of the server may not write there",
  EPERM: "the user of the server may not write there",
  EROFS: "nothing can be written there",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

async function* linesOf(head: Head, parts: AsyncIterable<Part>): AsyncGenerator<string> {
  let rows = 0;
  yield `${JSON.stringify(head)}\n`;
  for await (const part of parts) {
    if (part.kind === "table") yield `${JSON.stringify(part.table)}\n`;
    else {
      rows += part.rows.length;
      yield `${part.rows.join("\n")}\n`;
    }
  }
  yield `${JSON.stringify({ rows } satisfies z.infer<typeof End>)}\n`;
}

/** @throws BackupFailed when the file is no backup; its rows are not looked at yet */
export async function openBackup(file: string): Promise<{ head: Head; parts: AsyncGenerator<Part> }> {
  const lines = readLines(file);
  const first = await lines.next();
  const head = Head.safeParse(parseLine(file, first.done ? "" : first.value));
  if (!head.success) throw new BackupFailed(`${file} is not a backup that can be restored here.`);
  return { head: head.data, parts: readParts(file, lines) };
}

const rowsAtOnce = 500;

/** @throws BackupFailed when the file ends early or says what a backup does not say */
async function* readParts(file: string, lines: AsyncGenerator<string>): AsyncGenerator<Part> {
  let rows: string[] = [];
  let count = 0;
  for await (const line of lines) {
    if (line.startsWith("[")) {
      rows.push(line);
      count += 1;
    }
    if (rows.length > 0 && (rows.length >= rowsAtOnce || !line.startsWith("["))) {
      yield { kind: "rows", rows };
      rows = [];
    }
    if (line.startsWith("[")) continue;
    const end = End.safeParse(parseLine(file, line));
    // What follows the end is the file's checksum, which is only looked at when everything has been read.
    if (end.success && end.data.rows === count && (await lines.next()).done) return;
    const table = Table.safeParse(parseLine(file, line));
    if (!table.success) break;
    yield { kind: "table", table: table.data };
  }
  throw new BackupFailed(`${file} is damaged: it does not end as a backup does.`);
}

async function* readLines(file: string): AsyncGenerator<string> {
  const text = createGunzip().setEncoding("utf8");
  // Its failure is thrown below, where the text ends.
  pipeline(createReadStream(file), text).catch(() => {});
  let rest = "";
  try {
    for await (const piece of text as AsyncIterable<string>) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    throw new BackupFailed(`${file} cannot be read as a backup: ${(error as Error).message}`);
  }
  if (rest !== "") yield rest;
}

function parseLine(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BackupFailed(`${file} is not a backup that can be restored here.`);
  }
}
