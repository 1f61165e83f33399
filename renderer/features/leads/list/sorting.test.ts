import { expect, test } from "vitest";
import type { LeadField } from "../model/lead-fields.ts";
import { sortedBy } from "./sorting.ts";

const fields = [
  { path: "name", kind: "text" },
  { path: "score", kind: "score" },
  { path: "nextTask.dueAt", kind: "instant" },
] as LeadField[];

test("a second click turns the order round", () => {
  expect(sortedBy({ field: "name", direction: "asc" }, "name", fields)).toEqual({
    field: "name",
    direction: "desc",
  });
});

test("scores begin with the best, names with A, tasks with the next", () => {
  const before = { field: "x", direction: "asc" } as const;
  expect(sortedBy(before, "score", fields).direction).toBe("desc");
  expect(sortedBy(before, "name", fields).direction).toBe("asc");
  expect(sortedBy(before, "nextTask.dueAt", fields).direction).toBe("asc");
});
