import { expect, test } from "vitest";
import type { Edit } from "../../../shared/sync/edit.ts";
import { changesOf } from "./unsent-of.ts";

test("a new record reads field by field, the tenant's own ones too, without what is empty", () => {
  const fields = { name: "Vera", city: "", tags: [], custom: { seating: "Fixed", rooms: 0, agency: null } };
  expect(changesOf({ kind: "create", collection: "leads", fields } as unknown as Edit)).toEqual([
    { field: "name", from: null, to: "Vera" },
    { field: "custom.seating", from: null, to: "Fixed" },
    { field: "custom.rooms", from: null, to: 0 },
  ]);
});
