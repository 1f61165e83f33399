import { expect, test } from "vitest";
import { countAtOnce, countWrites, type Entry } from "./ledger.ts";
import type { SimRow } from "./sim-server.ts";

const entry: Entry = { collection: "leads", id: "lead-1", field: "notes", token: "note-1z", desk: "ana's" };

function row(id: string, doc: Record<string, unknown>): SimRow {
  return { id, doc, deleted: false, audience: [] } as unknown as SimRow;
}
/** A line of history that says what the notes became. */
function told(...became: string[]): SimRow[] {
  const changes = became.map((to) => ({ field: "notes", from: "", to }));
  return [row("line-1", { kind: "change", subject: { collection: "leads", id: "lead-1" }, changes })];
}

test("a line that was put into notes twice is seen, in the record as in its history", () => {
  const doubled = "note-1z\nnote-2z\nnote-1z";
  expect(countAtOnce(entry, [row("lead-1", { notes: doubled })], [])).toBe(2);
  expect(countAtOnce(entry, [row("lead-1", { notes: "note-2z" })], told("note-1z", doubled))).toBe(2);
  expect(countAtOnce(entry, [row("lead-1", { notes: "note-1z\nnote-11z" })], told("note-1z"))).toBe(1);
  expect(countAtOnce(entry, [row("lead-2", { notes: doubled })], [])).toBe(0);
  expect(
    countAtOnce({ ...entry, field: "tags" }, [row("lead-1", { tags: ["note-1z", "note-1z"] })], []),
  ).toBe(2);
});

test("a value that a field became twice is seen", () => {
  expect(countWrites(entry, told("note-1z"))).toBe(1);
  expect(countWrites(entry, told("note-1z", "other", "note-1z"))).toBe(2);
});
