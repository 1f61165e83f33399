import { expect, test } from "vitest";
import { defaultWithout, renameOption } from "./field-words.ts";

test("a default goes with the option that it names", () => {
  expect(defaultWithout("a", "a")).toBeNull();
  expect(defaultWithout("b", "a")).toBe("b");
  expect(defaultWithout(["a", "b"], "a")).toEqual(["b"]);
  expect(defaultWithout(null, "a")).toBeNull();
});

test("a default follows the new name of its option", () => {
  const options = ["a", "b"];
  expect(renameOption({ options, default: "a" }, "a", "c")).toEqual({ options: ["c", "b"], default: "c" });
  expect(renameOption({ options, default: ["b", "a"] }, "a", "c").default).toEqual(["b", "c"]);
  expect(renameOption({ options, default: "b" }, "a", "c").default).toBe("b");
});
