import type { CustomValue, FieldValue } from "../../../shared/entities/fields.ts";
import type { ImportTarget } from "../../../shared/import/guess-mapping.ts";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { parseValue } from "../../../shared/import/parse-value.ts";
import { fold } from "../../../shared/text/fold.ts";
import { startOfDay } from "../../../shared/time/zone.ts";
import type { RawRow } from "./read-rows.ts";

/** What a row says about a lead. A value that nobody has explained yet is a question. */
export type ConvertedRow = {
  number: number;
  fields: Record<string, FieldValue>;
  errors: { field: string; message: string }[];
  questions: { field: string; value: string }[];
};

export type Converter = (row: RawRow) => ConvertedRow;

export type ConvertContext = {
  headers: readonly string[];
  targets: readonly ImportTarget[];
  options: ImportOptions;
  zone: string;
  required: readonly { path: string; label: string }[];
};

type Column = { at: number; target: ImportTarget };

/** Makes a function that reads rows by one mapping; everything that does not change from row to row is done once. */
export function createConverter({ headers, targets, options, zone, required }: ConvertContext): Converter {
  const byPath = new Map(targets.map((target) => [target.path, target]));
  const columns = headers.flatMap((header, at): Column[] => {
    const target = byPath.get(options.fields[header] ?? "");
    return target ? [{ at, target }] : [];
  });
  const templates = Object.entries(options.templates).flatMap(([path, template]) => {
    const target = byPath.get(path);
    return target && template !== "" ? [{ target, template }] : [];
  });
  const choices = new Map(targets.map((target) => [target.path, choicesOf(target)]));

  return (row) => {
    const converted: ConvertedRow = { number: row.number, fields: {}, errors: [], questions: [] };
    if (row.broken) converted.errors.push({ field: "", message: "A quotation mark is never closed" });
    if (row.cells.length > headers.length)
      converted.errors.push({ field: "", message: "More cells than columns" });
    const take = (target: ImportTarget, text: string) => {
      if (text.trim() !== "") convertCell(converted, target, text, choices.get(target.path), options, zone);
    };
    for (const { at, target } of columns) take(target, restoreFormula(row.cells[at] ?? ""));
    for (const { target, template } of templates) {
      if (converted.fields[target.path] === undefined) take(target, fillTemplate(template, row, headers));
    }
    for (const { path, label } of required) {
      const wasWrong = converted.errors.some(({ field }) => field === path);
      if (converted.fields[path] === undefined && !wasWrong)
        converted.errors.push({ field: path, message: `No ${label.toLowerCase()}` });
    }
    return converted;
  };
}

function convertCell(
  converted: ConvertedRow,
  target: ImportTarget,
  text: string,
  choices: ReadonlyMap<string, string> | undefined,
  options: ImportOptions,
  zone: string,
): void {
  const { path, type } = target;
  const answers = options.answers[path] ?? {};
  if (type === "select" || type === "multi-select") {
    const keys = partsOf(text, type, choices).flatMap((part) => {
      if (!choices) return [part];
      const answer = answers[part];
      if (answer === null) return [];
      const key = answer ?? choices.get(fold(part));
      if (key === undefined) converted.questions.push({ field: path, value: part });
      return key === undefined ? [] : [key];
    });
    const value = type === "select" ? keys[0] : [...new Set(keys)];
    if (value !== undefined && value.length > 0) converted.fields[path] = value;
    return;
  }
  const value = parseValue(text, type, options);
  if (value.ok) setField(converted, path, value.value, zone);
  else converted.errors.push({ field: path, message: value.error });
}

function setField(converted: ConvertedRow, path: string, value: CustomValue, zone: string): void {
  if (path === "lastContactAt") {
    converted.fields[path] = new Date(startOfDay(String(value), zone)).toISOString();
  } else if (path === "score") {
    const score = Math.round(Number(value));
    if (score >= 0 && score <= 100) converted.fields[path] = score;
    else converted.errors.push({ field: path, message: "Score is not between 0 and 100" });
  } else {
    converted.fields[path] = typeof value === "string" ? value.slice(0, longestOf(path)) : value;
  }
}

function longestOf(path: string): number {
  if (path === "notes") return 50_000;
  return path.startsWith("custom.") ? 10_000 : 500;
}

/** Cells of several values part them by semicolon, bar or comma; a comma inside of an option does not. */
function partsOf(
  text: string,
  type: "select" | "multi-select",
  choices: ReadonlyMap<string, string> | undefined,
): string[] {
  if (type === "select" || choices?.has(fold(text.trim()))) return [text.trim()];
  return text
    .split(/[;|,]/u)
    .map((part) => part.trim().slice(0, 100))
    .filter(Boolean);
}

function choicesOf({ choices }: ImportTarget): ReadonlyMap<string, string> | undefined {
  return (
    choices &&
    new Map(choices.flatMap(({ key, names }) => names.map((name) => [fold(name), key] as const)).toReversed())
  );
}

function fillTemplate(template: string, row: RawRow, headers: readonly string[]): string {
  const filled = template.replaceAll(/\{([^{}]+)\}/gu, (whole, name: string) => {
    const [, width] = /^row(?::(\d{1,2}))?$/u.exec(name) ?? [null];
    if (/^row(?::\d{1,2})?$/u.test(name)) return String(row.number).padStart(Number(width ?? 0), "0");
    const at = headers.indexOf(name);
    return at === -1 ? whole : (row.cells[at] ?? "").trim();
  });
  return filled.trim();
}

/** Takes back the apostrophe that exports put before what a spreadsheet would run as a formula. */
export function restoreFormula(cell: string): string {
  return /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(cell) ? cell.slice(1) : cell;
}
