import { expect, test } from "vitest";
import { useImportDesk } from "../../../testing/fakes/import-desk.ts";
import { csvLine } from "../exports/csv-line.ts";

// What is wrong with the files that people have, one by one.

const { upload, checked, set, leads, run } = useImportDesk();

test("a wrong delimiter: a file that can be read in two ways is shown, and the person says which", async () => {
  const importId = await upload("name;city, state\nZoë;Austin, TX\nBen;Reno, NV\n");
  const guessed = await checked(importId);
  expect([guessed.options.delimiter, guessed.columns.map(({ header }) => header)]).toEqual([
    ",",
    ["name;city", "state"],
  ]);
  await set(importId, { delimiter: ";" });
  const right = await checked(importId);
  expect(right.columns.map(({ header }) => header)).toEqual(["name", "city, state"]);
  await run(importId);
  expect((await leads()).map(({ name }) => name)).toEqual(["Zoë", "Ben"]);
});

test.each<[string, Buffer, string]>([
  ["a byte order mark: UTF-8", Buffer.from("\ufeffname,city\nZoë,Köln\n"), "utf-8"],
  ["a byte order mark: UTF-16 LE", Buffer.from("\ufeffname,city\nZoë,Köln\n", "utf16le"), "utf-16le"],
  ["UTF-16 LE without a mark", Buffer.from("name,city\nZoë,Köln\n", "utf16le"), "utf-16le"],
  [
    "a byte order mark: UTF-16 BE",
    Buffer.from("\ufeffname,city\nZoë,Köln\n", "utf16le").swap16(),
    "utf-16be",
  ],
  ["Latin-1", Buffer.from("name,city\nZoë,Köln\n", "latin1"), "windows-1252"],
])("%s", async (_, bytes, encoding) => {
  const importId = await upload(bytes);
  const state = await checked(importId);
  expect(state.options.encoding).toBe(encoding);
  await run(importId);
  expect(await leads()).toMatchObject([{ name: "Zoë", city: "Köln" }]);
});

test("ragged rows: too many cells are named and left out, too few are filled with nothing", async () => {
  const importId = await upload("name,city,notes\nAna,X\nBen,Y,fine,too much\nCy\n");
  const state = await checked(importId);
  expect(state.errorGroups).toEqual([{ message: "More cells than columns", count: 1, rows: [3] }]);
  await run(importId);
  expect((await leads()).map(({ name, notes }) => [name, notes])).toEqual([
    ["Ana", ""],
    ["Cy", ""],
  ]);
});

test("a quotation mark that nobody closes costs its own row", async () => {
  const importId = await upload('name,city,notes\nCy,Z,"ok"\nDi,"open,Q\nEd,W,last\n');
  await checked(importId);
  await run(importId);
  expect((await leads()).map(({ name }) => name)).toEqual(["Cy", "Ed"]);
});

test("NUL is taken out", async () => {
  const importId = await upload("name,city\nA\u0000na,X\u0000\n");
  await checked(importId);
  await run(importId);
  expect(await leads()).toMatchObject([{ name: "Ana", city: "X" }]);
});

test("lone surrogates, which only UTF-16 can hold, become U+FFFD", async () => {
  const importId = await upload(Buffer.from("\ufeffname,city\nA\ud800na,K\udc00\n", "utf16le"));
  await checked(importId);
  await run(importId);
  expect(await leads()).toMatchObject([{ name: "A\ufffdna", city: "K\ufffd" }]);
});

test("formulas come in as the text that they are, and go out inert", async () => {
  const formula = "=cmd|' /C calc'!A0";
  const importId = await upload(`name,notes\nAna,"${formula}"\n`);
  await checked(importId);
  await run(importId);
  const [lead] = await leads();
  expect(lead?.notes).toBe(formula);
  expect(csvLine(["Ana", lead?.notes ?? ""])).toBe(`Ana,'${formula}\r\n`);
});

test("a file of 100 MB is read piece by piece: its rows are counted, and the process does not grow with it", async () => {
  const notes = "n".repeat(2_000);
  const lines = Array.from({ length: 500 }, (_, at) => `Lead ${at},${notes}\n`).join("");
  const rows = Math.ceil(100_000_000 / lines.length) * 500;
  const file = Buffer.concat([
    Buffer.from("name,notes\n"),
    ...Array.from({ length: rows / 500 }, () => Buffer.from(lines)),
  ]);
  expect(file.length).toBeGreaterThan(100_000_000);
  const importId = await upload(file);
  const before = process.memoryUsage.rss();
  const state = await checked(importId);
  expect(state.checked).toMatchObject({ rows, errors: 0 });
  expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
}, 120_000);
