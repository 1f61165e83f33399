import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fold } from "../../../shared/text/fold.ts";
import { editDistance } from "./distance.ts";
import { excerptOf, highlight, highlightDigits } from "./highlight.ts";
import { createNumbers } from "./numbers.ts";
import { createTextIndex, type Searchable } from "./text-index.ts";
import { wordSpans } from "./words.ts";

const nobody: Searchable = { name: "", company: "", contact: "", phones: [], notes: "" };
function indexOf(...records: Partial<Searchable>[]) {
  const index = createTextIndex();
  records.forEach((record, row) => index.put(row, { ...nobody, ...record }));
  return (text: string) => Array.from(index.rank(text));
}

test("exact before prefix before part before typing mistake; name before company before address before notes", () => {
  const find = indexOf(
    { name: "Ada Marr" },
    { notes: "mar" },
    { contact: "mar@x.example" },
    { company: "Mar Ltd" },
    { name: "Maria K" },
    { name: "Omar H" },
    { name: "Mar Y" },
  );
  expect(find("mar")).toEqual([6, 4, 3, 0, 2, 1, 5]);
  expect(indexOf({ name: "Kowalsky" }, { name: "Kowalski" }, { name: "Kowalskini" })("kowalski")).toEqual([
    1, 2, 0,
  ]);
});

test("all words must match, the last as a beginning", () => {
  const find = indexOf(
    { name: "Maria Kowalski", company: "Halden" },
    { name: "Maria Lopez" },
    { name: "Kowalski" },
  );
  expect(find("maria ko")).toEqual([0]);
  expect(find("kowalski maria")).toEqual([0]);
  expect(find("hal maria")).toEqual([]);
  expect(find("halden mar")).toEqual([0]);
});

test("typing mistakes: none below four letters, one from four, two from eight", () => {
  const find = indexOf({ name: "Wei Chen" }, { name: "Maria Vandermeer" });
  expect(find("wie")).toEqual([]);
  expect(find("chne")).toEqual([0]);
  expect(find("vendermere")).toEqual([1]);
  expect(find("mraia")).toEqual([1]);
  expect(find("mxxia")).toEqual([]);
});

test.each([
  ["joaquin", "Joaquín Herrera"],
  ["JOSÉ", "Jose Martí"],
  ["lukasz", "Łukasz Nowak"],
  ["strasse", "Anna Straße"],
  ["orourke", "Caitlin O’Rourke"],
  ["o'rourke", "Caitlin ORourke"],
  ["alsayed", "Noor Al-Sayed"],
  ["ελενη", "Ελένη Παππάς"],
  ["юлия", "Юлия Орлова"],
  ["פטר", "פֶּטֶר כהן"],
  ["احمد", "أَحْمَد حسن"],
  ["太郎", "山田太郎"],
  ["ｋｏｖａ", "Jana Kova"],
  ["김", "김철수"],
  ["สมชาย", "นายสมชาย ใจดี"],
])("%s finds %s", (typed, name) => {
  expect(indexOf({ name: "Somebody Else" }, { name })(typed)).toEqual([1]);
});

test("any three digits in a row find a number, however it is written", () => {
  const find = indexOf(
    { phones: ["+13125550171"] },
    { phones: ["", "+442079460164"] },
    { notes: "lease ends 2026-05-04" },
  );
  expect(find("555")).toEqual([0]);
  expect(find("(312) 555-01")).toEqual([0]);
  expect(find("020 7946")).toEqual([1]);
  expect(find("0044 20 7946 0164")).toEqual([1]);
  expect(find("2026-05-04")).toEqual([2]);
});

test.each([
  ["a wrong digit", "3125740179"],
  ["a wrong first digit", "412 564 0179"],
  ["a wrong last digit", "3125640178"],
  ["a missing digit", "(312) 54-0179"],
  ["a digit too many", "312 564 01779"],
  ["two swapped digits", "3125640719"],
  ["two swapped in the very middle", "3125460179"],
  ["seven digits, one of them wrong", "5640199"],
])("a number is found with %s, behind those that have it as typed", (_which, typed) => {
  const asTyped = `+1${typed.replaceAll(/\D/gu, "")}`;
  const find = indexOf(
    { phones: ["+13125640179"] },
    { phones: ["+442079460164"] },
    { phones: ["", asTyped] },
  );
  expect(find(typed)).toEqual([2, 0]);
});

test("six digits are not forgiven, nor two mistakes, nor one number's end for another's beginning", () => {
  const find = indexOf({ phones: ["+13125640179", "+442079460164"] });
  expect(find("640178")).toEqual([]);
  expect(find("3125750179")).toEqual([]);
  expect(find("640179442")).toEqual([]);
  expect(find("64017909442")).toEqual([]);
});

test("words that stand as typed come before a number that is only near them", () => {
  const find = indexOf({ phones: ["+20260514999"] }, { notes: "Signed on 2026-05-04" });
  expect(find("2026-05-04")).toEqual([1, 0]);
});

test("mistyped digits find what comparing them with every part of a number finds", () => {
  const run = (minLength: number) => fc.string({ unit: fc.constantFrom("0", "1"), minLength, maxLength: 9 });
  let found = 0;
  fc.assert(
    fc.property(run(7), run(0), run(6), (typed, one, other) => {
      const numbers = createNumbers();
      numbers.put(0, [one, other]);
      const near: number[] = [];
      numbers.eachNear(typed, (row) => near.push(row));
      const isNear = [one, other].some((number) =>
        Array.from(number).some((_, at) => editDistance(typed, number.slice(at), 1, true) <= 1),
      );
      expect(near).toEqual(isNear ? [0] : []);
      found += near.length;
    }),
    { numRuns: 5_000 },
  );
  expect(found).toBeGreaterThan(50);
});

test("changed and removed records answer as they are now", () => {
  const index = createTextIndex();
  index.put(0, { ...nobody, name: "Maria" });
  index.put(0, { ...nobody, name: "Anna" });
  expect(Array.from(index.rank("maria"))).toEqual([]);
  expect(Array.from(index.rank("anna"))).toEqual([0]);
  index.remove(0);
  expect(Array.from(index.rank("anna"))).toEqual([]);
  expect(index.waste()).toEqual({ dead: 2, live: 0 });
});

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "é"), minLength: 1, maxLength: 5 });
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(" "));

test("exact words and beginnings find what reading every record finds", async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 30, maxLength: 40 }),
      fc.array(word, { minLength: 1, maxLength: 2 }),
      async (records, typed) => {
        const index = createTextIndex();
        records.forEach(([name, notes], row) => {
          index.put(row, { ...nobody, name: "old" });
          index.put(row, { ...nobody, name, notes });
        });
        await index.tidy();
        const words = typed.map(fold);
        const expected = records.flatMap(([name, notes], row) => {
          const own = wordSpans(fold(`${name} ${notes}`)).map((span) => span.word);
          const whole = words.slice(0, -1).every((wanted) => own.includes(wanted));
          return whole && own.some((other) => other.startsWith(words.at(-1) ?? "")) ? [row] : [];
        });
        const ranked = Array.from(index.rank(typed.join(" ")));
        found += expected.length;
        // With few matches, parts of words and typing mistakes come behind.
        expect(ranked.slice(0, expected.length).sort((a, b) => a - b)).toEqual(expected);
        if (expected.length >= 25) expect(ranked).toHaveLength(expected.length);
      },
    ),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(100);
});

test("the distance is the one of the textbook", () => {
  const slow = (a: string, b: string): number => {
    const table = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const at = (i: number, j: number) => table[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          least = Math.min(least, at(i - 2, j - 2) + 1);
        (table[i] as number[])[j] = least;
      }
    }
    return at(a.length, b.length);
  };
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 9 });
  fc.assert(
    fc.property(letters, letters, fc.integer({ min: 1, max: 2 }), (a, b, most) => {
      expect(editDistance(a, b, most, false)).toBe(Math.min(slow(a, b), most + 1));
      const beginnings = Array.from({ length: b.length + 1 }, (_, end) => slow(a, b.slice(0, end)));
      expect(editDistance(a, b, most, true)).toBe(Math.min(...beginnings, most + 1));
    }),
    { numRuns: 2_000 },
  );
});

test("matches are marked where they stand in the original text", () => {
  expect(highlight("Joaquín Herrera", "joaq")).toEqual([[0, 4]]);
  expect(highlight("Anna Straße", "strass")).toEqual([[5, 10]]);
  expect(highlight("Maria Kowalski", "kowlaski")).toEqual([[6, 14]]);
  expect(highlight("Omar Haddad", "mar")).toEqual([[1, 4]]);
  expect(highlightDigits("+1 312-555-0171", "5550")).toEqual([[7, 12]]);
  expect(highlightDigits("+1 312-555-0171", "312 555 0117")).toEqual([[1, 15]]);
  expect(excerptOf("First line\nasked about parking twice\nlast", "park")).toBe("asked about parking twice");
  expect(excerptOf("nothing", "park")).toBeNull();
});
