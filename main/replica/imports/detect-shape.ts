import { looksLikePhone } from "../../../shared/phone/normalise-phone.ts";
import { isEmail } from "../../../shared/import/parse-value.ts";
import { parseAmount } from "../../../shared/text/parse-amount.ts";
import { parseDay } from "../../../shared/import/parse-day.ts";
import { readRows, type Delimiter, type RawRow } from "./read-rows.ts";

const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];
const looked = 60;

/** The delimiter that divides the most rows into the same number of columns, more than one if any does. */
export async function detectDelimiter(head: string): Promise<Delimiter> {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const score = evenness(await firstRows(head, delimiter, looked));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** A header is a first row of distinct words, none of which looks like a value. */
export function hasHeader([first, ...others]: readonly RawRow[]): boolean {
  if (!first) return true;
  const cells = first.cells.map((cell) => cell.trim());
  if (cells.some(looksLikeValue)) return false;
  const named = cells.filter(Boolean);
  if (others.length === 0) return true;
  return named.length > 0 && (named.length > 1 || new Set(named).size === named.length);
}

export async function firstRows(text: string, delimiter: Delimiter, count: number): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const some of readRows(one(text), delimiter)) {
    rows.push(...some);
    if (rows.length >= count) break;
  }
  return rows.slice(0, count);
}

/** How many columns most rows agree on, times the share that agrees; 0 when it is one column. */
function evenness(rows: readonly RawRow[]): number {
  // The last row of a cut text may itself be cut.
  const widths = rows.slice(0, Math.max(1, rows.length - 1)).map(({ cells }) => cells.length);
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width = 1, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  // A quotation mark inside of a cell mostly means that the cell was cut in the wrong place.
  const torn = rows.some(({ cells }) => cells.some((cell) => cell.includes('"'))) ? 0.7 : 1;
  return width < 2 ? 0 : (count / widths.length) * (1 + Math.log2(width) / 10) * torn;
}

function looksLikeValue(cell: string): boolean {
  return (
    cell !== "" &&
    (isEmail(cell) || looksLikePhone(cell) || parseAmount(cell).ok || parseDay(cell, "day-first").ok)
  );
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}
