import { contract } from "../../../shared/rpc/contract.ts";
import type { InputOf, OutputOf } from "../../../shared/rpc/define.ts";
import { FakeRefusal, type FakeAnswers } from "../pipe.ts";

export type FakeImport = OutputOf<typeof contract.importState>;

type Column = [
  header: string,
  samples: string,
  field: string | null,
  kind: string,
  why: string,
  errors: number,
];
const columns: Column[] = [
  ["Full Name", "Nadia Castellano, Peter Osei", "name", "same-name", "same name", 27],
  ["Org", "Fairfield Labs, Granite Mutual", "company", "values", "values look alike", 0],
  ["Tel 1", "(312) 555-0171, 617.555.0126", "phone", "values", "98% are numbers", 62],
  ["Tel 2", "(312) 555-0102", "phoneSecond", "values", "94% are numbers", 0],
  ["Mail", "nadia@fairfield.example", "email", "values", "99% are addresses", 0],
  ["Status", "New, Contacted, Warm", "stage", "question", "“Warm” is not a stage", 19],
  ["Annual spend", "$480k, 310000, 1.2m", "custom.budget", "values", "money in all rows", 0],
  ["Staff", "42, 18, 130", "custom.headcount", "last-import", "same as last import", 0],
  ["Lease end", "31/03/27, 30/06/28", "custom.lease_ends", "question", "day or month first?", 0],
  ["Area", "West Loop, River North", "custom.area", "same-name", "same name", 0],
  ["Rep", "aruiz, bokafor, tlind", "ownerId", "values", "matched 6 people", 0],
  ["Stand", "14, 14, 22", "source", "last-import", "same as last import", 0],
  ["Badge ID", "EX-20418, EX-20419", null, "none", "no field fits", 0],
];

/** The import of the drawings: half checked, with two questions. */
export function createFakeImport(): FakeImport {
  return {
    step: "matching",
    fileName: "expo-chicago-2026.csv",
    rows: 12_480,
    options: {
      fields: Object.fromEntries(columns.map(([header, , field]) => [header, field])),
      duplicates: "fill",
      answers: {},
      dateOrder: null,
      country: "US",
      encoding: "utf-8",
      delimiter: ",",
      hasHeader: true,
      templates: {},
    },
    columns: columns.map(([header, samples, field, kind, text, errors]) => ({
      header,
      samples: samples.split(", "),
      field,
      why: { kind, text },
      errors,
    })),
    checked: { rows: 8_320, fresh: 7_934, duplicates: 278, errors: 108, done: false, leftMs: 3_600 },
    questions: [
      {
        field: "stage",
        value: "Warm",
        rows: 19,
        choices: ["New", "Contacted", "Qualified", "Tour", "Offer"].map((label) => ({
          key: label.toLowerCase(),
          label,
        })),
      },
    ],
    errorGroups: [
      { message: "Phone has too few digits", count: 62, rows: [5, 88, 214] },
      { message: "No name", count: 27, rows: [310, 311, 702] },
      { message: "Stage not known", count: 19, rows: [] },
    ],
    preview: [
      ["Nadia Castellano", "+13125550171", "new", "new", "new", null],
      ["Peter Osei", "+16175550126", "contacted", "new", "new", null],
      ["Maria Kowalski", "+13125550147", "qualified", "fills", "fills 2 fields", null],
      ["Jun-ho Park", "+442079460164", "new", "new", "new", null],
      ["Clara Whitfield", "202-555-019", "new", "error", "too short", "phone"],
      ["Tariq Mansour", "+12065550185", "Warm", "question", "stage?", "stage"],
    ].map(([name, phone, stage, status, note, errorField], index) => ({
      row: index + 1,
      name,
      phone,
      stage,
      status,
      note,
      errorField,
    })),
    progress: null,
    result: null,
    message: null,
    undoableUntil: null,
  } as unknown as FakeImport;
}

/** One import that goes through its steps as it is driven; pieces of a file are counted, not read. */
export function answerImports(state: FakeImport, refresh: () => void): FakeAnswers {
  const files = new Map([["file-1", "row,problem\n5,Phone has too few digits\n"]]);
  return {
    queries: {
      "imports.state": () => state,
      "imports.recent": () => ({
        imports: [
          {
            importId: "old-1",
            fileName: "expo-boston-2026.csv",
            at: "2026-11-12T10:12:00.000Z",
            created: 4_120,
            filled: 88,
            undoableUntil: "2026-12-12T10:12:00.000Z",
          },
          {
            importId: "old-2",
            fileName: "westgate-tenants.csv",
            at: "2026-09-02T08:40:00.000Z",
            created: 312,
            filled: 0,
            undoableUntil: null,
          },
        ],
      }),
    },
    commands: {
      "imports.begin": ({ fileName }: InputOf<typeof contract.beginImport>) => {
        if (!/\.(csv|tsv|txt)$/iu.test(fileName)) {
          throw new FakeRefusal({ code: "refused", message: "Only CSV files can be imported." });
        }
        Object.assign(state, createFakeImport(), { step: "receiving", fileName });
        return { importId: "import-1" };
      },
      "imports.chunk": ({ last }: InputOf<typeof contract.addImportChunk>) => {
        if (last) finishReading();
        return {};
      },
      "imports.options": ({ options }: InputOf<typeof contract.setImportOptions>) => {
        Object.assign(state.options, options);
        for (const column of state.columns) column.field = state.options.fields[column.header] ?? null;
        return {};
      },
      "imports.run": () => {
        state.step = "importing";
        step();
        return {};
      },
      "imports.cancel": () => {
        state.step = "cancelled";
        return {};
      },
      "imports.undo": () => {
        state.step = "undone";
        state.undoableUntil = null;
        return { jobId: "job-1" };
      },
      "imports.errors": () => ({ fileId: "file-1", fileName: "errors.csv", sizeBytes: 42 }),
      "exports.leads": () => ({ fileId: "file-1", fileName: "leads.csv", sizeBytes: 42 }),
      "files.read": ({ fileId }: InputOf<typeof contract.readFile>) => ({
        base64: btoa(files.get(fileId) ?? ""),
        done: true,
      }),
    },
  };

  function finishReading(): void {
    state.step = "matching";
    setTimeout(() => {
      state.checked = {
        ...state.checked,
        rows: state.rows,
        fresh: 11_902,
        duplicates: 411,
        done: true,
        leftMs: null,
      };
      refresh();
    }, 1_500);
  }

  function step(): void {
    const done = Math.min(state.rows, (state.progress?.done ?? 0) + 1_560);
    state.progress = { done, total: state.rows, leftMs: (state.rows - done) * 0.4 };
    if (done === state.rows) {
      state.step = "done";
      state.progress = null;
      state.result = { created: 11_902, filled: 411, skipped: 0, errors: 108 };
      state.undoableUntil = "2026-12-20T12:00:00.000Z";
    } else if (state.step === "importing") setTimeout(step, 300);
    refresh();
  }
}
