import { appendFile, writeFile } from "node:fs/promises";
import type { z } from "zod";
import type { ImportPreviewRow } from "../../../shared/rpc/contract/files.ts";
import { csvLine } from "../exports/csv-line.ts";
import type { ConvertedRow } from "./convert-row.ts";
import { convertedBatches, type Shape } from "./file-source.ts";
import type { Converter } from "./convert-row.ts";
import type { Judge, Verdict } from "./judge-rows.ts";
import type { RawRow } from "./read-rows.ts";

/** What a check of the whole file has found so far. */
export type CheckReport = {
  rows: number;
  fresh: number;
  duplicates: number;
  errors: number;
  done: boolean;
  errorsByField: Map<string, number>;
  groups: Map<string, { count: number; rows: number[] }>;
  questions: Map<string, Map<string, number>>;
  preview: z.infer<typeof ImportPreviewRow>[];
};

export type CheckInput = {
  path: string;
  errorsPath: string;
  headers: readonly string[];
  shape: Shape;
  convert: Converter;
  judge: Judge;
  signal: AbortSignal;
};

const previewed = 60;
const rowsNamed = 20;
/** A file with more different unknown values in a choice has the wrong column there. */
const mostQuestions = 50;

/** Reads the whole file as the import would, and writes rows that cannot be imported to a CSV with the reasons. */
export async function checkRows(
  input: CheckInput,
  onProgress: (report: CheckReport) => void,
): Promise<CheckReport> {
  const report = emptyReport();
  await writeFile(input.errorsPath, csvLine([...input.headers, "Row", "Reason"]));
  for await (const batch of convertedBatches(input.path, input.shape, input.convert, 0)) {
    if (input.signal.aborted) return report;
    const verdicts = await input.judge.judge(batch.map(({ converted }) => converted));
    if (input.signal.aborted) return report;
    for (const verdict of verdicts) addVerdict(report, verdict);
    const refused = verdicts.flatMap((verdict, at) => {
      const raw = batch[at]?.raw;
      return raw && reasonOf(verdict) !== null
        ? [errorLine(raw, input.headers.length, reasonOf(verdict) ?? "")]
        : [];
    });
    if (refused.length > 0) await appendFile(input.errorsPath, refused.join(""));
    onProgress(report);
  }
  report.done = true;
  onProgress(report);
  return report;
}

export function emptyReport(): CheckReport {
  return {
    rows: 0,
    fresh: 0,
    duplicates: 0,
    errors: 0,
    done: false,
    errorsByField: new Map(),
    groups: new Map(),
    questions: new Map(),
    preview: [],
  };
}

function addVerdict(report: CheckReport, verdict: Verdict): void {
  report.rows += 1;
  if (verdict.kind === "new") report.fresh += 1;
  if (verdict.kind === "fills" || verdict.kind === "duplicate") report.duplicates += 1;
  if (verdict.kind === "error" || verdict.kind === "question") addErrors(report, verdict.row);
  if (report.preview.length < previewed) report.preview.push(previewOf(verdict));
}

function addErrors(report: CheckReport, { number, errors, questions }: ConvertedRow): void {
  report.errors += 1;
  for (const { field, message } of errors) {
    report.errorsByField.set(field, (report.errorsByField.get(field) ?? 0) + 1);
    addToGroup(report, message, number);
  }
  for (const { field, value } of questions) {
    report.errorsByField.set(field, (report.errorsByField.get(field) ?? 0) + 1);
    addToGroup(report, questionMessage(field), number);
    const values = report.questions.get(field) ?? new Map<string, number>();
    if (values.has(value) || values.size < mostQuestions) values.set(value, (values.get(value) ?? 0) + 1);
    report.questions.set(field, values);
  }
}

function addToGroup({ groups }: CheckReport, message: string, row: number): void {
  const group = groups.get(message) ?? { count: 0, rows: [] };
  group.count += 1;
  if (group.rows.length < rowsNamed && group.rows.at(-1) !== row) group.rows.push(row);
  groups.set(message, group);
}

function questionMessage(field: string): string {
  const words: Record<string, string> = { stage: "Stage not known", ownerId: "Owner not known" };
  return words[field] ?? "Option not known";
}

function previewOf(verdict: Verdict): z.infer<typeof ImportPreviewRow> {
  const { fields, number, errors, questions } = verdict.row;
  const text = (path: string) => (typeof fields[path] === "string" ? fields[path] : "");
  const wrong = errors[0]?.field ?? questions[0]?.field ?? null;
  return {
    row: number,
    name: text("name"),
    phone: text("phone"),
    stage: questions.find(({ field }) => field === "stage")?.value ?? text("stage"),
    status: verdict.kind,
    note: reasonOf(verdict) ?? (verdict.kind === "fills" ? fillsNote(Object.keys(verdict.set).length) : ""),
    errorField: wrong === "" ? null : wrong,
  };
}

function fillsNote(count: number): string {
  return `fills ${count} ${count === 1 ? "field" : "fields"}`;
}

function reasonOf({ kind, row }: Verdict): string | null {
  if (kind === "error") return row.errors.map(({ message }) => message).join("; ");
  if (kind === "question")
    return row.questions.map(({ field, value }) => `${questionMessage(field)}: ${value}`).join("; ");
  return null;
}

/** The row as it stood in the file, padded to the columns, with its number and the reason behind it. */
function errorLine({ cells, number }: RawRow, columns: number, reason: string): string {
  const padded = Array.from({ length: Math.max(columns, cells.length) }, (_, at) => cells[at] ?? "");
  return csvLine([...padded, String(number), reason]);
}
