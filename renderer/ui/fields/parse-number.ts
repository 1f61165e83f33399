import { parseAmount, readsTwoWays } from "../../../shared/text/parse-amount.ts";

const shown = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** As forms show it: "1,200.5". */
export function showNumber(number: number): string {
  return shown.format(number);
}

/** A number as imports read it. Null: not one. */
export function parseNumber(typed: string): number | null {
  const number = parseAmount(typed);
  return number.ok ? number.value : null;
}

/** How a number is read that says something else elsewhere; null where it is plain, stands as forms show it, or is none. */
export function readingOfNumber(typed: string): string | null {
  const number = readsTwoWays(typed) ? parseNumber(typed) : null;
  const read = number === null ? null : showNumber(number);
  return read === null || read === typed.trim() ? null : `= ${read}`;
}
