import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { csvLine } from "../exports/csv-line.ts";
import { restoreFormula } from "./convert-row.ts";
import { detectDelimiter, firstRows, hasHeader } from "./detect-shape.ts";
import { nameHeaders } from "./headers.ts";
import { readRows, type Delimiter, type RawRow } from "./read-rows.ts";

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
async function rowsOf(text: string, delimiter: Delimiter = ",", size = 1 << 16): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const some of readRows(piecesOf(text, size), delimiter)) rows.push(...some);
  return rows;
}
const cellsOf = async (...arguments_: Parameters<typeof rowsOf>) =>
  (await rowsOf(...arguments_)).map(({ cells }) => cells);

const spectrum = new URL("../../../../shared/data/csv/csv-spectrum/", import.meta.url);
const missing = existsSync(spectrum) ? false : "skipped: shared/data/csv/csv-spectrum is not on this machine";
if (missing) process.stdout.write(`${missing}\n`);

test.skipIf(missing)("csv-spectrum reads exactly as its JSON says", async () => {
  const names = readdirSync(new URL("csvs/", spectrum));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const raw = readFileSync(new URL(`csvs/${name}`, spectrum), "utf8");
    // Version control may have turned the line ends of files that are about line ends.
    const text = name.includes("crlf") && !raw.includes("\r") ? raw.replaceAll("\n", "\r\n") : raw;
    const expected = JSON.parse(
      readFileSync(new URL(`json/${name.replace(".csv", ".json")}`, spectrum), "utf8"),
    ) as unknown;
    for (const size of [1, 7, 1 << 16]) {
      const [header, ...rows] = await rowsOf(text, ",", size);
      const headers = nameHeaders(header?.cells ?? [], 0);
      const read = rows.map(({ cells }) =>
        Object.fromEntries(headers.map((key, at) => [key, cells[at] ?? ""])),
      );
      expect([name, size, read]).toEqual([name, size, expected]);
    }
  }
});

test("rows end with any mixture of line ends; those inside quotes stay", async () => {
  expect(await cellsOf('a,b\r\n1,2\n3,4\r"x\r\ny",5\r\n6,7')).toEqual([
    ["a", "b"],
    ["1", "2"],
    ["3", "4"],
    ["x\r\ny", "5"],
    ["6", "7"],
  ]);
  expect(await cellsOf('a,5" pipe\r\nb,c\r\n')).toEqual([
    ["a", '5" pipe'],
    ["b", "c"],
  ]);
});

test("a quotation mark that nobody closes costs its row and no other", async () => {
  const rows = await rowsOf('a,b\r\nDi,"open\r\nEd,W\r\nFy,"V"\r\n');
  expect(rows.map(({ number, cells, broken }) => [number, cells, broken])).toEqual([
    [1, ["a", "b"], false],
    [2, ["Di", '"open'], true],
    [3, ["Ed", "W"], false],
    [4, ["Fy", "V"], false],
  ]);
});

test("the same in the middle of a file that is too long to wait for its end", async () => {
  const after = Array.from({ length: 60_000 }, (_, at) => `name ${at},city ${at}`).join("\n");
  const rows = await rowsOf(`a,b\nDi,"open\n${after}\n`);
  expect(rows.filter(({ broken }) => broken).map(({ number }) => number)).toEqual([2]);
  expect(rows).toHaveLength(60_002);
  expect(rows.at(-1)?.cells).toEqual(["name 59999", "city 59999"]);
});

test("empty lines are no rows, but count as lines", async () => {
  expect((await rowsOf("a,b\n\n1,2\n  \n3,4\n")).map(({ number }) => number)).toEqual([1, 3, 5]);
});

test.each<[Delimiter, string]>([
  [",", "name,city\nA,B\nC,D\n"],
  [";", 'name;"city, state"\nA;"x, y"\nC;"z, w"\n'],
  ["\t", "name\tcity\nA\tB;C\nD\tE\n"],
  ["|", "name|city\nA|B\nC|D\n"],
  [",", "name\nA\nB\n"],
])("the delimiter %j is found", async (delimiter, text) => {
  expect(await detectDelimiter(text)).toBe(delimiter);
});

test.each([
  ["name,phone\nA,312 555 0100", true],
  ["euribor3m,nr.employed\n4.8,5191", true],
  ["Tel 1,Tel 2\n312 555 0100,", true],
  ["Ana,312 555 0100\nBen,312 555 0101", false],
  ["ana@x.example,Chicago\nben@x.example,Boston", false],
  ["1,2\n3,4", false],
])("%j begins with a header: %s", async (text, expected) => {
  expect(hasHeader(await firstRows(text, ",", 20))).toBe(expected);
});

test("headers that are empty or repeated can be told apart", () => {
  expect(nameHeaders(["name", "", "name", " tel\n1 "], 5)).toEqual([
    "name",
    "Column 2",
    "name (2)",
    "tel 1",
    "Column 5",
  ]);
});

const cell = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom('"', ",", ";", "\r", "\n", "\t", "'", "=", "+", "-", "@", " ", "a", "é", "1", "."),
  }),
);

test("what is exported is read back as it was, in pieces of any size", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 40 }),
      async (table, size) => {
        const text = table.map(csvLine).join("");
        const read = (await cellsOf(text, ",", size)).map((cells) => cells.map(restoreFormula));
        expect(read).toEqual(table);
      },
    ),
    { numRuns: 500 },
  );
});

test("rows come out as PapaParse reads the whole text at once", async () => {
  const safe = fc.string({ unit: fc.constantFrom('"', ",", "\n", "a", " ", "b") });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(safe, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 20 }),
      async (table, size) => {
        const text = Papa.unparse(table, { newline: "\n" });
        expect(await cellsOf(text, ",", size)).toEqual(Papa.parse(text, { newline: "\n" }).data);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=x", "＝1+1"])(
  "%j is exported inert and read back",
  (formula) => {
    const [line = ""] = [csvLine([formula, "x"])];
    expect(line.replace(/^"/u, "").startsWith("'")).toBe(true);
    expect(restoreFormula(Papa.parse<string[]>(line).data[0]?.[0] ?? "")).toBe(formula);
  },
);

test("numbers and phone numbers are exported as they are", () => {
  expect(csvLine(["+13125550171", "-36.4", "12"])).toBe("+13125550171,-36.4,12\r\n");
});
