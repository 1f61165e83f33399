import type { importState } from "../../../shared/rpc/contract/files.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { isAmbiguousDay } from "../../../shared/import/parse-day.ts";
import type { ImportTarget } from "../../../shared/import/guess-mapping.ts";
import type { CheckReport } from "./check-rows.ts";
import { columnOf } from "./guess-options.ts";
import type { ImportSession } from "./import-session.ts";
import type { SavedImport } from "./import-store.ts";

export type ImportState = OutputOf<typeof importState>;

/** Time in which an import can be taken back. */
export const undoDays = 30;
const samples = 3;

/** What a window shows of an import. */
export function viewOf(
  session: ImportSession,
  saved: SavedImport | null,
  progress: ImportState["progress"],
  targets: readonly ImportTarget[],
  nowMs: number,
): ImportState {
  const { options, facts, report } = session;
  return {
    step: session.step,
    fileName: session.fileName,
    rows: facts?.rows ?? saved?.rows ?? 0,
    options: options ?? saved?.options ?? noOptions,
    columns: columnsOf(session, targets),
    checked: {
      rows: report.rows,
      fresh: report.fresh,
      duplicates: report.duplicates,
      errors: report.errors,
      done: report.done,
      leftMs: leftOf(report, facts?.rows ?? 0, nowMs - session.checkedFromMs),
    },
    questions: questionsOf(report, targets),
    errorGroups: Array.from(report.groups, ([message, { count, rows }]) => ({ message, count, rows })).sort(
      (a, b) => b.count - a.count,
    ),
    preview: report.preview,
    progress,
    result: saved && session.step !== "importing" ? saved.result : null,
    message: session.message,
    undoableUntil: saved && session.step !== "importing" ? undoableUntil(saved, nowMs) : null,
  };
}

/** Null when there is nothing to undo, or no longer. */
export function undoableUntil({ at, step, result }: SavedImport, nowMs: number): string | null {
  const until = Date.parse(at) + undoDays * 86_400_000;
  const has = result.created + result.filled > 0;
  return has && (step === "done" || step === "cancelled") && until > nowMs
    ? new Date(until).toISOString()
    : null;
}

function columnsOf(session: ImportSession, targets: readonly ImportTarget[]): ImportState["columns"] {
  const { facts, options } = session;
  if (!facts || !options) return [];
  return facts.headers.map((header, at) => {
    const values = columnOf(facts, at).filter((value) => value.trim() !== "");
    const field = options.fields[header] ?? null;
    const distinct = [...new Set(values.slice(0, 50))].slice(0, samples);
    const errors = field === null ? 0 : (session.report.errorsByField.get(field) ?? 0);
    return { header, samples: distinct, field, why: whyOf(session, header, field, values, targets), errors };
  });
}

function whyOf(
  { guesses, report, options }: ImportSession,
  header: string,
  field: string | null,
  values: readonly string[],
  targets: readonly ImportTarget[],
): ImportState["columns"][number]["why"] {
  const target = targets.find(({ path }) => path === field);
  const unknown = field === null ? undefined : [...(report.questions.get(field)?.keys() ?? [])][0];
  if (target && unknown !== undefined) {
    return {
      kind: "question",
      text: `“${unknown}” is not ${/^[aeiou]/iu.test(target.label) ? "an" : "a"} ${target.label.toLowerCase()}`,
    };
  }
  if (target?.type === "date" && options?.dateOrder === null && values.some(isAmbiguousDay)) {
    return { kind: "question", text: "day or month first?" };
  }
  const guess = guesses.get(header);
  if (guess) return guess.why;
  return field === null ? { kind: "none", text: "left out" } : { kind: "chosen", text: "chosen by you" };
}

function questionsOf({ questions }: CheckReport, targets: readonly ImportTarget[]): ImportState["questions"] {
  return [...questions].flatMap(([field, values]) => {
    const choices = targets.find(({ path }) => path === field)?.choices ?? [];
    const shown = choices.map(({ key, names }) => ({ key, label: names[0] ?? key }));
    return Array.from(values, ([value, rows]) => ({ field, value, rows, choices: shown })).sort(
      (a, b) => b.rows - a.rows,
    );
  });
}

function leftOf({ rows, done }: CheckReport, total: number, tookMs: number): number | null {
  if (done || rows === 0) return done ? 0 : null;
  return Math.round((tookMs / rows) * Math.max(0, total - rows));
}

const noOptions: ImportState["options"] = {
  fields: {},
  duplicates: "fill",
  answers: {},
  dateOrder: null,
  country: "US",
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  templates: {},
};
