import Papa from "papaparse";
import type { ParseResult, ParserHandle } from "./papa-parser.ts";
import { createRowEnds } from "./row-ends.ts";

/** One row of a file: `number` counts from 1, header included, as a person counts lines of a table. */
export type RawRow = { number: number; cells: string[]; broken: boolean };

export type Delimiter = "," | ";" | "\t" | "|";

/** A row that is longer than this has a quotation mark that nobody closed. */
const longestRow = 1_000_000;

/**
 * Rows of a text that comes in pieces, in arrays of what each piece completed: memory stays at one piece, and
 * the reader sets the pace. Empty lines are left out. A row whose quotation mark is never closed is marked
 * `broken` and read without quotes, and the rows after it are read as usual.
 */
export async function* readRows(
  pieces: AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<RawRow[]> {
  const ends = createRowEnds(delimiter);
  let number = 0;
  let rest = "";
  let hasBroken = false;
  /** Behind a broken row, line ends were taken for quoted text and kept as they were. */
  const withoutReturn = (cells: string[]) =>
    hasBroken ? cells.map((cell, at) => (at === cells.length - 1 ? cell.replace(/\r$/u, "") : cell)) : cells;
  const takeBroken = (): string[] => {
    hasBroken = true;
    const line = takeLine(rest);
    rest = rest.slice(line.length);
    return unquoted(line, delimiter);
  };
  const numbered = (rows: string[][], broken: boolean): RawRow[] =>
    rows.flatMap((cells) => {
      number += 1;
      return isEmptyLine(cells) ? [] : [{ number, cells: withoutReturn(cells), broken }];
    });

  function* parsed(isLast: boolean): Generator<RawRow[]> {
    for (;;) {
      const { rows, used, broken } = parse(rest, delimiter, isLast);
      rest = rest.slice(used);
      yield numbered(rows, false);
      const isEndless = !isLast && rest.length > longestRow;
      if (!broken && !isEndless) return;
      yield numbered([takeBroken()], true);
      if (isEndless) ends.leaveQuotes();
    }
  }

  for await (const piece of pieces) {
    rest += ends.normalise(piece);
    yield* parsed(false);
  }
  yield* parsed(true);
}

/** `used`: the place after `rows`; `broken`: the row that begins there is not to be read with its quotes. */
type Parsed = { rows: string[][]; used: number; broken: boolean };

function parse(text: string, delimiter: Delimiter, isLast: boolean): Parsed {
  if (text === "") return { rows: [], used: 0, broken: false };
  const parser = new Papa.Parser({ delimiter, newline: "\n" }) as unknown as ParserHandle;
  const { data, errors, meta } = parser.parse(text, 0, !isLast);
  const broken = errors.find((error) => isBroken(error, data, isLast))?.row;
  if (broken === undefined) return { rows: data, used: meta.cursor, broken: false };
  return { rows: data.slice(0, broken), used: startOfRow(text, delimiter, broken), broken: true };
}

/** A mark that is not closed before the end, or only by the opening mark of a later row. */
function isBroken(
  { code, row = -1 }: ParseResult["errors"][number],
  data: string[][],
  isLast: boolean,
): boolean {
  if (code === "MissingQuotes") return isLast;
  return code === "InvalidQuotes" && (data[row] ?? []).some((cell) => cell.includes("\n"));
}

/** Where the row with this index begins: reads the rows before it once more. */
function startOfRow(text: string, delimiter: Delimiter, index: number): number {
  if (index <= 0) return 0;
  const parser = new Papa.Parser({ delimiter, newline: "\n", preview: index }) as unknown as ParserHandle;
  return parser.parse(text, 0, false).meta.cursor;
}

function takeLine(text: string): string {
  const end = text.indexOf("\n");
  return end === -1 ? text : text.slice(0, end + 1);
}

function unquoted(line: string, delimiter: Delimiter): string[] {
  return line.replace(/\n$/u, "").split(delimiter);
}

function isEmptyLine(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === "";
}
