import { expect, test } from "vitest";
import { layNewest, type Read } from "./newest-page.ts";

type Row = { id: string; is?: string };
const rowsOf = (ids: string) => [...ids].map((id): Row => ({ id }));
const page = (ids: string, next: string | null): Read<Row> => ({ rows: rowsOf(ids), next });
const lay = (newest: Read<Row>, before: Read<Row>) => layNewest(newest, before, ({ id }) => id);

test("what is new comes on top, and older pages stay where they were", () => {
  expect(lay(page("hgf", "f"), page("gfedcba", "a"))).toEqual(page("hgfedcba", "a"));
  expect(lay(page("hgf", "f"), page("gfedcba", null))).toEqual(page("hgfedcba", null));
});

test("a row of the newest page is as it is now", () => {
  const newest = { rows: [{ id: "b", is: "over" }, { id: "a" }], next: "a" };
  expect(lay(newest, page("ba9", "9")).rows).toEqual([{ id: "b", is: "over" }, { id: "a" }, { id: "9" }]);
});

test("a row that no longer fits is gone", () => {
  expect(lay(page("ge", "e"), page("gfed", "d"))).toEqual(page("ged", "d"));
  expect(lay(page("g", null), page("gfed", "d"))).toEqual(page("g", null));
  expect(lay(page("", null), page("gfed", "d"))).toEqual(page("", null));
});

test("where more was added than a page holds, nothing is shown as if it lay beside it", () => {
  expect(lay(page("zyx", "x"), page("gfed", "d"))).toEqual(page("zyx", "x"));
  expect(lay(page("gfe", "e"), page("gfe", "e"))).toEqual(page("gfe", "e"));
});
