import { z } from "zod";
import { RecordId } from "../../entities/id.ts";
import { Filter, Sort } from "../../entities/setting.ts";
import { command, query } from "../define.ts";
import { maxTicked } from "./leads.ts";

/** Files cross as chunks of base64, at most 1 MB before encoding: one way for every shell, also for 100 MB. */
export const maxChunkBytes = 1_000_000;
const importId = z.string().max(64);

export const beginImport = command("imports.begin", {
  input: z.object({ fileName: z.string().max(255), sizeBytes: z.int().min(0).max(200_000_000) }),
  output: z.object({ importId }),
});
export const addImportChunk = command("imports.chunk", {
  input: z.object({
    importId,
    index: z.int().min(0),
    base64: z.string().max(Math.ceil(maxChunkBytes / 3) * 4),
    last: z.boolean(),
  }),
  output: z.object({}),
});

/** What a person may choose; everything else is guessed and shown. */
export const ImportOptions = z.object({
  /** Header to field path; null = left out. */
  fields: z.record(z.string(), z.string().nullable()),
  duplicates: z.enum(["fill", "skip", "second"]),
  /** What a value of a choice becomes (a stage, an owner, an option), by field: {"stage": {"Warm": "qualified"}}; null = left empty. */
  answers: z.record(z.string(), z.record(z.string(), z.string().nullable())),
  dateOrder: z.enum(["day-first", "month-first", "year-first"]).nullable(),
  country: z.string().regex(/^[A-Z]{2}$/u),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252"]),
  delimiter: z.enum([",", ";", "\t", "|"]),
  /** False: the first row is a lead like the others, and columns are called “Column 1” … */
  hasHeader: z.boolean(),
  /**
   * What a field gets where no column gives it a value, by field: text with `{row}` for the number of the row,
   * `{row:7}` for the same with zeros in front, and `{Header}` for that column's value: `Contact {row}`,
   * `{First name} {Last name}`, `+1312{row:7}`.
   */
  templates: z.record(z.string().max(80), z.string().max(200)),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

/** What became of the rows of an import. */
export const ImportResult = z.object({
  created: z.int(),
  filled: z.int(),
  skipped: z.int(),
  errors: z.int(),
  /** Rows that the server would not take, and why the first of them. */
  refused: z.object({ rows: z.int(), why: z.string() }).optional(),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const ImportColumn = z.object({
  header: z.string(),
  samples: z.array(z.string()),
  field: z.string().nullable(),
  /** Why this field was guessed, or what the person has to answer. */
  why: z.object({
    kind: z.enum(["same-name", "values", "last-import", "chosen", "question", "none"]),
    text: z.string(),
  }),
  errors: z.int(),
});
export const ImportPreviewRow = z.object({
  row: z.int(),
  name: z.string(),
  phone: z.string(),
  stage: z.string(),
  status: z.enum(["new", "fills", "duplicate", "error", "question"]),
  note: z.string(),
  errorField: z.string().nullable(),
});

export const importState = query("imports.state", {
  input: z.object({ importId }),
  output: z.object({
    step: z.enum(["receiving", "reading", "matching", "importing", "done", "failed", "cancelled", "undone"]),
    fileName: z.string(),
    rows: z.int(),
    options: ImportOptions,
    columns: z.array(ImportColumn),
    checked: z.object({
      rows: z.int(),
      fresh: z.int(),
      duplicates: z.int(),
      errors: z.int(),
      done: z.boolean(),
      leftMs: z.number().nullable(),
    }),
    questions: z.array(
      z.object({
        field: z.string(),
        value: z.string(),
        rows: z.int(),
        choices: z.array(z.object({ key: z.string(), label: z.string() })),
      }),
    ),
    errorGroups: z.array(z.object({ message: z.string(), count: z.int(), rows: z.array(z.int()) })),
    preview: z.array(ImportPreviewRow),
    progress: z.object({ done: z.int(), total: z.int(), leftMs: z.number().nullable() }).nullable(),
    result: ImportResult.nullable(),
    message: z.string().nullable(),
    undoableUntil: z.string().nullable(),
  }),
});
export const setImportOptions = command("imports.options", {
  input: z.object({ importId, options: ImportOptions.partial() }),
  output: z.object({}),
});
export const runImport = command("imports.run", { input: z.object({ importId }), output: z.object({}) });
export const cancelImport = command("imports.cancel", {
  input: z.object({ importId }),
  output: z.object({}),
});
/** Removes what the import created and puts back what it filled, except what people have changed since. */
export const undoImport = command("imports.undo", {
  input: z.object({ importId }),
  output: z.object({ jobId: z.string() }),
});
export const recentImports = query("imports.recent", {
  input: z.object({}),
  output: z.object({
    imports: z.array(
      z.object({
        importId,
        fileName: z.string(),
        at: z.string(),
        created: z.int(),
        filled: z.int(),
        undoableUntil: z.string().nullable(),
      }),
    ),
  }),
});

/** A file that the replica has written, read in pieces by the window and saved where the person says. */
const FileHandle = z.object({ fileId: z.string(), fileName: z.string(), sizeBytes: z.int() });
export const importErrors = command("imports.errors", { input: z.object({ importId }), output: FileHandle });
export const exportLeads = command("exports.leads", {
  input: z.object({
    filters: z.array(Filter).max(20),
    sort: Sort,
    search: z.string().max(200),
    /** Of these alone, in the order of the list; null = of all that are listed. */
    only: z.array(RecordId).min(1).max(maxTicked).nullable().default(null),
    except: z.array(RecordId).max(maxTicked).default([]),
    columns: z.array(z.string().max(80)).min(1).max(100),
    /** Begins the file with a byte order mark, by which Excel knows UTF-8. */
    byteOrderMark: z.boolean().default(true),
  }),
  output: FileHandle,
});
export const readFile = command("files.read", {
  input: z.object({ fileId: z.string().max(64), offset: z.int().min(0) }),
  output: z.object({ base64: z.string(), done: z.boolean() }),
});

export const filesContract = {
  beginImport,
  addImportChunk,
  importState,
  setImportOptions,
  runImport,
  cancelImport,
  undoImport,
  recentImports,
  importErrors,
  exportLeads,
  readFile,
};
