import type { z } from "zod";
import type { ImportColumn, importState, ImportOptions } from "../../../shared/rpc/contract/files.ts";
import { countOf, formatCount } from "../../ui/format/numbers.ts";

export type ImportState = z.infer<(typeof importState)["output"]>;
export type ColumnView = z.infer<typeof ImportColumn>;
export type Question = ImportState["questions"][number];
export type ImportStep = "file" | "match" | "check" | "import";

const encodings: Record<ImportOptions["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Latin-1",
};
const delimiters: Record<ImportOptions["delimiter"], string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};
export const encodingChoices = choicesOf(encodings);
export const delimiterChoices = choicesOf(delimiters);
export const dateOrderChoices = [
  { value: "day-first", label: "Day", example: "31/03" },
  { value: "month-first", label: "Month", example: "03/31" },
  { value: "year-first", label: "Year", example: "27-03-31" },
] as const;
export const duplicateChoices = [
  { value: "fill", label: "Fill empty fields, keep what is there" },
  { value: "skip", label: "Skip them" },
  { value: "second", label: "Import as second lead" },
] as const;

/** "expo-chicago-2026.csv, 12,480 rows, UTF-8, comma". */
export function fileSummary({
  fileName,
  rows,
  options,
}: Pick<ImportState, "fileName" | "rows" | "options">): string {
  const counted = rows > 0 ? countOf(rows, "row") : null;
  return [fileName, counted, encodings[options.encoding], delimiters[options.delimiter]]
    .filter(Boolean)
    .join(", ");
}

/** "10 of 13 columns matched" and "2 need you, 1 left out". */
export function matchSummary(columns: readonly ColumnView[]): { title: string; note: string } {
  const need = columns.filter(needsAnswer).length;
  const out = columns.filter((column) => column.field === null).length;
  const matched = columns.length - need - out;
  const notes = [
    need > 0 ? `${need} ${need === 1 ? "needs" : "need"} you` : "",
    out > 0 ? `${out} left out` : "",
  ];
  return {
    title: `${matched} of ${countOf(columns.length, "column")} matched`,
    note: notes.filter(Boolean).join(", "),
  };
}

export function needsAnswer(column: ColumnView): boolean {
  return column.why.kind === "question" && column.field !== null;
}

/** "so far, 8,320 of 12,480 rows", then "12,480 rows". */
export function checkedWords({ checked, rows }: Pick<ImportState, "checked" | "rows">): string {
  return checked.done
    ? countOf(checked.rows, "row")
    : `so far, ${formatCount(checked.rows)} of ${countOf(rows, "row")}`;
}

/** "row 5, 88, 214…": where to look; the CSV has them all. */
export function rowNumbers(rows: readonly number[], count: number): string {
  const shown = rows.slice(0, 3).join(", ");
  return shown === "" ? "" : `row ${shown}${count > Math.min(3, rows.length) ? "…" : ""}`;
}

/** A question with its answer so far: undefined = none yet, null = left empty. */
export function answerOf(
  options: ImportOptions,
  question: Pick<Question, "field" | "value">,
): string | null | undefined {
  const answers = options.answers[question.field];
  return answers && Object.hasOwn(answers, question.value) ? answers[question.value] : undefined;
}

/** The options to send when a question is answered: earlier answers to others stay. */
export function answered(
  options: ImportOptions,
  question: Pick<Question, "field" | "value">,
  answer: string | null,
): Pick<ImportOptions, "answers"> {
  return {
    answers: {
      ...options.answers,
      [question.field]: { ...options.answers[question.field], [question.value]: answer },
    },
  };
}

/** The options that give a column another field; a field that another column had moves over. */
export function withField(
  options: ImportOptions,
  header: string,
  field: string | null,
): Pick<ImportOptions, "fields"> {
  const others = Object.entries(options.fields).map(([other, taken]): [string, string | null] => [
    other,
    field !== null && taken === field ? null : taken,
  ]);
  return { fields: { ...Object.fromEntries(others), [header]: field } };
}

/** True when every row is checked and there is something to import. */
export function canImport(state: ImportState): boolean {
  return state.checked.done && state.checked.fresh + state.checked.duplicates > 0;
}

/** "Imported 7,934 leads, filled 278. 108 rows with errors were left out. 1 row was refused: “Budget” must be filled in." */
export function resultWords(result: NonNullable<ImportState["result"]>, lead: string, leads: string): string {
  const parts = [`Imported ${countOf(result.created, lead, leads)}`];
  if (result.filled > 0) parts.push(`filled ${formatCount(result.filled)}`);
  if (result.skipped > 0) parts.push(`skipped ${formatCount(result.skipped)}`);
  const errors =
    result.errors > 0
      ? ` ${countOf(result.errors, "row")} with errors ${result.errors === 1 ? "was" : "were"} left out.`
      : "";
  const { refused } = result;
  const no = refused
    ? ` ${countOf(refused.rows, "row")} ${refused.rows === 1 ? "was" : "were"} refused: ${refused.why}`
    : "";
  return `${parts.join(", ")}.${errors}${no}`;
}

/** Where each piece of a file of `sizeBytes` begins and ends; an empty file is one empty piece. */
export function pieces(
  sizeBytes: number,
  pieceBytes: number,
): { start: number; end: number; last: boolean }[] {
  const count = Math.max(1, Math.ceil(sizeBytes / pieceBytes));
  return Array.from({ length: count }, (_, index) => ({
    start: index * pieceBytes,
    end: Math.min(sizeBytes, (index + 1) * pieceBytes),
    last: index === count - 1,
  }));
}

function choicesOf<K extends string>(labels: Record<K, string>): { value: K; label: string }[] {
  return (Object.entries(labels) as [K, string][]).map(([value, label]) => ({ value, label }));
}

/** Something that works as it stands; what a phone looks like is up to the person. */
export function suggestedTemplate(field: string): string {
  if (field === "name") return "Contact {row}";
  return field === "phone" || field === "phoneSecond" ? "+1312{row:7}" : "{row}";
}

/** The options that give a field a template; null takes it away. */
export function withTemplate(
  options: ImportOptions,
  field: string,
  template: string | null,
): Pick<ImportOptions, "templates"> {
  const { [field]: _previous, ...others } = options.templates;
  return { templates: template === null ? others : { ...others, [field]: template } };
}

/** Columns of dates that can be read in two ways, while nobody has said which. */
export function asksDateOrder(
  state: Pick<ImportState, "columns" | "questions" | "options">,
): ColumnView | null {
  if (state.options.dateOrder !== null) return null;
  const asked = new Set(state.questions.map(({ field }) => field));
  return state.columns.find((column) => needsAnswer(column) && !asked.has(column.field ?? "")) ?? null;
}
