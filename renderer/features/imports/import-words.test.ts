import { assert, integer, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportOptions } from "../../../shared/rpc/contract/files.ts";
import {
  answered,
  answerOf,
  asksDateOrder,
  checkedWords,
  fileSummary,
  matchSummary,
  pieces,
  resultWords,
  rowNumbers,
  withField,
  withTemplate,
  type ColumnView,
  type Question,
} from "./import-words.ts";

const options = {
  fields: { Name: "name", Tel: "phone" },
  duplicates: "fill",
  answers: {},
  dateOrder: null,
  country: "US",
  encoding: "utf-8",
  delimiter: ",",
  hasHeader: true,
  templates: {},
} as ImportOptions;

const column = (header: string, field: string | null, kind: ColumnView["why"]["kind"]): ColumnView => ({
  header,
  samples: [],
  field,
  why: { kind, text: "" },
  errors: 0,
});
const question = (value: string): Question => ({ field: "stage", value, rows: 19, choices: [] });

describe("the head of a file and of its columns", () => {
  test("names rows, encoding and delimiter", () => {
    expect(fileSummary({ fileName: "expo.csv", rows: 12_480, options })).toBe(
      "expo.csv, 12,480 rows, UTF-8, comma",
    );
    expect(fileSummary({ fileName: "a.csv", rows: 0, options: { ...options, delimiter: "\t" } })).toBe(
      "a.csv, UTF-8, tab",
    );
  });

  test("counts what matched, what needs the person and what is left out", () => {
    const columns = [
      column("a", "name", "same-name"),
      column("b", "stage", "question"),
      column("c", null, "none"),
    ];
    expect(matchSummary(columns)).toEqual({
      title: "1 of 3 columns matched",
      note: "1 needs you, 1 left out",
    });
    expect(matchSummary(columns.slice(0, 1)).note).toBe("");
  });

  test("a count that is not final says so", () => {
    const checked = { rows: 8_320, fresh: 0, duplicates: 0, errors: 0, done: false, leftMs: null };
    expect(checkedWords({ checked, rows: 12_480 })).toBe("so far, 8,320 of 12,480 rows");
    expect(checkedWords({ checked: { ...checked, rows: 12_480, done: true }, rows: 12_480 })).toBe(
      "12,480 rows",
    );
  });
});

describe("answers to questions", () => {
  test("one answer leaves the others; left empty is an answer too", () => {
    const first = { ...options, ...answered(options, question("Warm"), "qualified") };
    const both = { ...first, ...answered(first, question("Cold"), null) };
    expect(both.answers).toEqual({ stage: { Warm: "qualified", Cold: null } });
    expect([
      answerOf(both, question("Warm")),
      answerOf(both, question("Cold")),
      answerOf(both, question("Hot")),
    ]).toEqual(["qualified", null, undefined]);
  });
});

test("a field belongs to one column: choosing it for another moves it", () => {
  expect(withField(options, "Mobile", "phone").fields).toEqual({ Name: "name", Tel: null, Mobile: "phone" });
  expect(withField(options, "Tel", null).fields).toEqual({ Name: "name", Tel: null });
});

test("a template is set and taken away beside others", () => {
  const made = { ...options, ...withTemplate(options, "name", "Contact {row}") };
  const both = { ...made, ...withTemplate(made, "phone", "+1312{row:7}") };
  expect(both.templates).toEqual({ name: "Contact {row}", phone: "+1312{row:7}" });
  expect(withTemplate(both, "name", null).templates).toEqual({ phone: "+1312{row:7}" });
});

test("the order of dates is asked for where a column of no other question needs an answer", () => {
  const columns = [column("Status", "stage", "question"), column("Lease", "custom.lease", "question")];
  const state = { columns, questions: [question("Warm")], options };
  expect(asksDateOrder(state)?.header).toBe("Lease");
  expect(asksDateOrder({ ...state, options: { ...options, dateOrder: "day-first" } })).toBeNull();
  expect(asksDateOrder({ ...state, columns: columns.slice(0, 1) })).toBeNull();
});

test("rows are named until there are too many", () => {
  expect(rowNumbers([5, 88, 214], 62)).toBe("row 5, 88, 214…");
  expect(rowNumbers([5, 88], 2)).toBe("row 5, 88");
  expect(rowNumbers([], 19)).toBe("");
});

test("the result says what was left out only where something was", () => {
  expect(resultWords({ created: 7_934, filled: 278, skipped: 0, errors: 108 }, "lead", "leads")).toBe(
    "Imported 7,934 leads, filled 278. 108 rows with errors were left out.",
  );
  expect(resultWords({ created: 3, filled: 0, skipped: 0, errors: 0 }, "prospect", "prospects")).toBe(
    "Imported 3 prospects.",
  );
  expect(resultWords({ created: 1, filled: 1, skipped: 0, errors: 1 }, "lead", "leads")).toBe(
    "Imported 1 lead, filled 1. 1 row with errors was left out.",
  );
  const refused = { rows: 1_200, why: "“Budget” must be filled in." };
  expect(resultWords({ created: 2, filled: 0, skipped: 0, errors: 0, refused }, "lead", "leads")).toBe(
    "Imported 2 leads. 1,200 rows were refused: “Budget” must be filled in.",
  );
});

test("pieces cover a file exactly, in order, and only the final one is the last", () => {
  assert(
    property(nat(5_000), integer({ min: 1, max: 999 }), (size, piece) => {
      const all = pieces(size, piece);
      expect(all[0]?.start).toBe(0);
      expect(all.at(-1)?.end).toBe(size);
      expect(all.filter(({ last }) => last)).toEqual([all.at(-1)]);
      for (const [index, { start, end }] of all.entries()) {
        expect(end - start).toBeLessThanOrEqual(piece);
        expect(start).toBe(all[index - 1]?.end ?? 0);
      }
    }),
  );
});
