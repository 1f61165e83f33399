import { expect, test } from "vitest";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { withLeaving } from "./use-leaving.ts";

const row = (id: string): TaskRow => ({ id }) as TaskRow;
const ids = (rows: readonly TaskRow[]): string[] => rows.map(({ id }) => id);

test("a finished task stays behind the row it stood behind", () => {
  expect(ids(withLeaving([row("a"), row("c")], [{ task: row("b"), after: "a" }]))).toEqual(["a", "b", "c"]);
});

test("it stays at the top where it was first, or where its neighbour has gone too", () => {
  expect(ids(withLeaving([row("b")], [{ task: row("a"), after: null }]))).toEqual(["a", "b"]);
  expect(ids(withLeaving([row("c")], [{ task: row("b"), after: "a" }]))).toEqual(["b", "c"]);
});

test("a task that was opened again meanwhile stands there once", () => {
  expect(ids(withLeaving([row("a"), row("b")], [{ task: row("b"), after: "a" }]))).toEqual(["a", "b"]);
});
