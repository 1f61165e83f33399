import { expect, test } from "vitest";
import { rescueTyped } from "./rescue-typed.ts";

const pageWith = (...fields: { value: string; readOnly: boolean }[]) => ({ querySelectorAll: () => fields });

test("what was typed is kept once; empty and read-only fields are left out", () => {
  const page = pageWith(
    { value: " Likes the fourth floor. ", readOnly: false },
    { value: "Likes the fourth floor.", readOnly: false },
    { value: "  ", readOnly: false },
    { value: "shown", readOnly: true },
  );
  expect(rescueTyped(page)).toEqual(["Likes the fourth floor."]);
});
