import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { createPacer } from "../live/slices.ts";
import type { ConvertedRow, Converter } from "./convert-row.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { detectDelimiter, firstRows, hasHeader } from "./detect-shape.ts";
import { nameHeaders } from "./headers.ts";
import { readRows, type RawRow } from "./read-rows.ts";
import { readText } from "./read-text.ts";

/** How a file is to be read. */
export type Shape = Pick<ImportOptions, "encoding" | "delimiter" | "hasHeader">;

/** What is known of a file after one pass over it. */
export type FileFacts = { headers: string[]; rows: number; sample: RawRow[] };

const sampled = 1_000;
const headLength = 64 * 1024;
/** Rows judged and imported together. */
export const batchRows = 1_000;

export async function detectShape(path: string): Promise<Shape> {
  const encoding = await detectEncoding(path);
  const head = await readHead(path, encoding);
  const delimiter = await detectDelimiter(head);
  return { encoding, delimiter, hasHeader: hasHeader(await firstRows(head, delimiter, 20)) };
}

/** Counts rows, names columns and keeps the first rows for guesses. */
export async function surveyFile(path: string, shape: Shape, signal: AbortSignal): Promise<FileFacts> {
  const pace = createPacer();
  const sample: RawRow[] = [];
  let header: RawRow | null = null;
  let rows = 0;
  for await (const some of rowsOf(path, shape)) {
    if (signal.aborted) break;
    for (const row of some) {
      if (shape.hasHeader && !header) {
        header = row;
        continue;
      }
      rows += 1;
      if (sample.length < sampled) sample.push(row);
    }
    await pace();
  }
  const width = header?.cells.length ?? Math.max(0, ...sample.map(({ cells }) => cells.length));
  return { headers: nameHeaders(header?.cells ?? [], width), rows, sample };
}

/** Rows in batches, each with what it says about a lead; the header is left out, and so are rows up to `after`. */
export async function* convertedBatches(
  path: string,
  shape: Shape,
  convert: Converter,
  after: number,
): AsyncGenerator<{ raw: RawRow; converted: ConvertedRow }[]> {
  const pace = createPacer();
  let batch: { raw: RawRow; converted: ConvertedRow }[] = [];
  let isHeader = shape.hasHeader;
  for await (const some of rowsOf(path, shape)) {
    for (const raw of some) {
      const skip = isHeader || raw.number <= after;
      isHeader = false;
      if (skip) continue;
      batch.push({ raw, converted: convert(raw) });
      await pace();
      if (batch.length < batchRows) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function rowsOf(path: string, { encoding, delimiter }: Shape): AsyncGenerator<RawRow[]> {
  return readRows(readText(path, encoding), delimiter);
}

async function readHead(path: string, encoding: Shape["encoding"]): Promise<string> {
  let head = "";
  for await (const piece of readText(path, encoding)) {
    head += piece;
    if (head.length >= headLength) break;
  }
  return head;
}
