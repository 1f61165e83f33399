import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldValue } from "../entities/fields.ts";
import { mergeField } from "./merge.ts";

const runs = { numRuns: 2_000 };

/** Values as fields hold them. */
const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null));
const word = fc.constantFrom("vip", "cold", "bank", "new", "old", "swiss");
const tagSet = fc.uniqueArray(word).map((tags) => tags.sort());
/** Few different lines, so that texts share some: empty ones and repeats are what breaks a merge by line. */
const lineText = fc
  .array(fc.constantFrom("", "a", "b", "c", "called", "no answer"), { maxLength: 6 })
  .map((lines) => lines.join("\n"));
const anyValue = fc.oneof(scalar, tagSet, lineText);
const anyField = fc.constantFrom("stage", "tags", "notes", "custom.budget");

const lines = (value: FieldValue) => String(value).split("\n");

describe("merging one field", () => {
  test("idempotent: a value merged with itself stays, and nothing is lost", () => {
    fc.assert(
      fc.property(anyField, anyValue, anyValue, (field, base, value) => {
        expect(mergeField(field, base, value, value)).toEqual({ value });
      }),
      runs,
    );
  });

  test("neutral: a side that did not change the field has no say", () => {
    fc.assert(
      fc.property(anyField, anyValue, anyValue, (field, base, changed) => {
        expect(mergeField(field, base, changed, base)).toEqual({ value: changed });
        expect(mergeField(field, base, base, changed)).toEqual({ value: changed });
      }),
      runs,
    );
  });

  test("loses nothing: where both changed a whole value, the other is in `lost`", () => {
    fc.assert(
      fc.property(scalar, scalar, scalar, (base, mine, theirs) => {
        fc.pre(mine !== theirs && mine !== base && theirs !== base);
        expect(mergeField("stage", base, mine, theirs)).toEqual({ value: mine, lost: theirs });
      }),
      runs,
    );
  });

  test("loses nothing: every line that a side added is in the merged text, or the whole other text is in `lost`", () => {
    fc.assert(
      fc.property(lineText, lineText, lineText, (base, mine, theirs) => {
        const merged = mergeField("notes", base, mine, theirs);
        if (merged.lost !== undefined) {
          expect(merged.lost).toBe(theirs);
          return;
        }
        // Present, not counted: both may have added the same line, or one may have moved it.
        for (const line of [...addedLines(base, mine), ...addedLines(base, theirs)]) {
          expect(lines(merged.value), `“${line}”`).toContain(line);
        }
      }),
      runs,
    );
  });

  test("loses nothing: additions and removals of tags by both count", () => {
    fc.assert(
      fc.property(tagSet, tagSet, tagSet, (base, mine, theirs) => {
        const merged = mergeField("tags", base, mine, theirs).value as string[];
        for (const tag of new Set([...base, ...mine, ...theirs])) {
          const wasThere = base.includes(tag);
          const changedByOne = mine.includes(tag) !== wasThere || theirs.includes(tag) !== wasThere;
          expect(merged.includes(tag), tag).toBe(changedByOne ? !wasThere : wasThere);
        }
        expect(new Set(merged).size).toBe(merged.length);
      }),
      runs,
    );
  });

  test("order-independent: swapping the sides swaps winner and loser and changes nothing else", () => {
    fc.assert(
      fc.property(anyField, anyValue, anyValue, anyValue, (field, base, mine, theirs) => {
        const one = mergeField(field, base, mine, theirs);
        const other = mergeField(field, base, theirs, mine);
        expect(one.lost === undefined).toBe(other.lost === undefined);
        if (one.lost === undefined) expect(other.value).toEqual(one.value);
        else expect([one.lost, other.lost]).toEqual([theirs, mine]);
      }),
      runs,
    );
  });

  test("two people who append to the same note both stay", () => {
    const merged = mergeField("notes", "called", "called\nno answer", "called\nwrong number");
    expect(merged).toEqual({ value: "called\nno answer\nwrong number" });
  });

  test("two people who begin the same empty note both stay", () => {
    expect(mergeField("notes", "", "mine", "theirs")).toEqual({ value: "mine\ntheirs" });
  });
});

/** Lines that stand more often in `side` than in `base`. */
function addedLines(base: string, side: string): string[] {
  return lines(side).filter((line) => line !== "" && countOf(lines(side), line) > countOf(lines(base), line));
}

function countOf(all: readonly string[], line: string): number {
  return all.filter((other) => other === line).length;
}
