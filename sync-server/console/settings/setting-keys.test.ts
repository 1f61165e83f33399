import fc from "fast-check";
import { expect, test } from "vitest";
import { CustomField, Stage } from "../../../shared/entities/setting.ts";
import { keyOf } from "./setting-keys.ts";

test("a key reads like its label", () => {
  expect(keyOf("Budget", "_", [])).toBe("budget");
  expect(keyOf("  Größe in m² ", "_", [])).toBe("gro_e_in_m2");
  expect(keyOf("Year 2027", "-", [])).toBe("year-2027");
  expect(keyOf("2nd phone", "_", [])).toBe("nd_phone");
});

test("a key that is taken gets a number", () => {
  expect(keyOf("Budget", "_", ["budget"])).toBe("budget_2");
  expect(keyOf("Budget", "_", ["budget", "budget_2"])).toBe("budget_3");
});

test("a label without Latin letters still gets a key", () => {
  expect(keyOf("予算", "-", [])).toBe("new");
  expect(keyOf("予算", "-", ["new"])).toBe("new-2");
});

test("every label makes a key that the server takes and that is new", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.array(fc.constantFrom("new", "a", "b")),
      (label, taken) => {
        const field = keyOf(label, "_", taken);
        expect(CustomField.shape.key.safeParse(field).success).toBe(true);
        expect(`field:listings:${field}`.length).toBeLessThanOrEqual(64);
        expect(Stage.shape.key.safeParse(keyOf(label, "-", taken)).success).toBe(true);
        expect(taken).not.toContain(field);
      },
    ),
  );
});
