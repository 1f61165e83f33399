import { err, ok, type Result } from "../result/result.ts";
import { fold } from "../text/fold.ts";

export type DateOrder = "day-first" | "month-first" | "year-first";

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** A day as YYYY-MM-DD. With `order` null a date that can be read two ways is an error, not a guess. */
export function parseDay(text: string, order: DateOrder | null): Result<string, string> {
  const trimmed = text.trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$/u.exec(trimmed);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(trimmed);
  if (compact) return dayOf(compact[1], compact[2], compact[3]);
  const parts = numericParts(trimmed);
  if (parts)
    return parts.first > 12 || parts.second > 12 || order ? byOrder(parts, order) : sameEitherWay(parts);
  return namedMonth(trimmed);
}

type Parts = { first: number; second: number; year: string };

/**
 * Which order the dates of a column prove: `day-first` when any has a first part over 12, `month-first` when a
 * second part is. Null: nothing is proved, or both are.
 */
export function proveDateOrder(values: readonly string[]): DateOrder | null {
  const parts = values.flatMap((value) => numericParts(value.trim()) ?? []);
  const dayFirst = parts.some(({ first }) => first > 12);
  const monthFirst = parts.some(({ second }) => second > 12);
  if (dayFirst === monthFirst) return null;
  return dayFirst ? "day-first" : "month-first";
}

/** Whether somebody has to say which part is the day. */
export function isAmbiguousDay(value: string): boolean {
  const parts = numericParts(value.trim());
  return parts !== null && parts.first <= 12 && parts.second <= 12 && parts.first !== parts.second;
}

function numericParts(text: string): Parts | null {
  const match = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s].*)?$/u.exec(text);
  return match ? { first: Number(match[1]), second: Number(match[2]), year: match[3] ?? "" } : null;
}

function byOrder({ first, second, year }: Parts, order: DateOrder | null): Result<string, string> {
  const dayFirst = first > 12 || (second <= 12 && order !== "month-first");
  return dayFirst ? dayOf(year, second, first) : dayOf(year, first, second);
}

function sameEitherWay(parts: Parts): Result<string, string> {
  return isAmbiguousDay(`${parts.first}/${parts.second}/${parts.year}`)
    ? err("Day or month first?")
    : byOrder(parts, "day-first");
}

/** `3 May 2026`, `May 3rd, 2026`. */
function namedMonth(text: string): Result<string, string> {
  const words = fold(text)
    .split(/[\s,.-]+/u)
    .filter(Boolean);
  const month = words.map((word) => monthNames.indexOf(word.slice(0, 3))).find((at) => at !== -1);
  const numbers = words
    .map((word) => /^(\d{1,4})(?:st|nd|rd|th)?$/u.exec(word)?.[1])
    .filter((word) => word !== undefined);
  const year = numbers.find((number) => number.length === 4);
  const day = numbers.find((number) => number.length <= 2);
  if (month === undefined || !year || !day || words.length > 4) return err("Not a date");
  return dayOf(year, month + 1, day);
}

function dayOf(year = "", month: string | number = "", day: string | number = ""): Result<string, string> {
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const at = new Date(Date.UTC(fullYear, Number(month) - 1, Number(day)));
  const exists = at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
  return exists && fullYear >= 1000 ? ok(at.toISOString().slice(0, 10)) : err("Not a date");
}
