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

  for await (const piece of pieces) {
    rest += ends.normalise(piece);
    for (;;) {
      const { rows, used } = parse(rest, delimiter, false);
      rest = rest.slice(used);
      yield numbered(rows, false);
      if (rest.length <= longestRow) break;
      yield numbered([takeBroken()], true);
      ends.leaveQuotes();
    }
  }
  while (rest !== "") {
    const { rows, used, open } = parse(rest, delimiter, true);
    const whole = open ? rows.slice(0, -1) : rows;
    yield numbered(whole, false);
    if (!open) return;
    rest = rest.slice(used);
    yield numbered([takeBroken()], true);
  }
}

type Parsed = { rows: string[][]; used: number; open: boolean };

/** @returns `used`: where the first row begins that is not complete, or, at the end of the file, is broken */
function parse(text: string, delimiter: Delimiter, isLast: boolean): Parsed {
  const parser = new Papa.Parser({ delimiter, newline: "\n" }) as unknown as ParserHandle;
  const result: ParseResult = parser.parse(text, 0, !isLast);
  const open = isLast && result.errors.some(({ code }) => code === "MissingQuotes");
  const used = open ? startOfRow(text, delimiter, result.data.length - 1) : result.meta.cursor;
  return { rows: result.data, used, open };
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
