import { expect, test } from "vitest";
import { commandsFor, markedParts, readTyped, stepWithin, type Command } from "./palette-model.ts";

const command = (id: string, label: string): Command => ({
  id,
  label,
  keys: "x",
  group: "Go to",
  run: () => undefined,
});
const commands = [
  command("presence-busy", "Set presence: Busy"),
  command("tasks", "Go to tasks"),
  command("import", "Import leads from CSV"),
];
const labels = (typed: string) => commandsFor(commands, readTyped(typed)).map(({ label }) => label);

test("a name that fits no command leaves the usual ones", () => {
  expect(labels("mar")).toEqual(["Set presence: Busy", "Import leads from CSV"]);
});

test("a typed command is found by the beginnings of its words", () => {
  expect(labels("go ta")).toEqual(["Go to tasks"]);
});

test("after > there are commands only, and none where none fits", () => {
  expect(labels(">")).toHaveLength(3);
  expect(labels("> imp")).toEqual(["Import leads from CSV"]);
  expect(labels(">mar")).toEqual([]);
  expect(readTyped(" >  imp ")).toEqual({ text: "imp", commandsOnly: true });
});

test("what matched is marked, overlaps once", () => {
  expect(markedParts("Omar Haddad", [[1, 4]])).toEqual([
    { text: "O", marked: false },
    { text: "mar", marked: true },
    { text: " Haddad", marked: false },
  ]);
  expect(
    markedParts("Marmara", [
      [3, 6],
      [0, 4],
    ]).map(({ text }) => text),
  ).toEqual(["Marm", "ar", "a"]);
  expect(markedParts("", [])).toEqual([]);
});

test("the highlight goes round the ends", () => {
  expect([stepWithin(0, -1, 5), stepWithin(4, 1, 5), stepWithin(0, 1, 0)]).toEqual([4, 0, 0]);
});
