import fc from "fast-check";
import { expect, test } from "vitest";
import { stemsOf, stemsOfText } from "./stems.ts";

const sameWord = [
  "price prices priced pricing",
  "pay pays paid paying",
  "cancel cancels canceled cancelled canceling",
  "lease leases leased leasing",
  "decide decides decided deciding",
  "stop stops stopped stopping",
  "company companies company's",
  "move moves moved moving",
  "agree agreed agreeing",
  "call calls called calling",
  "change changes changing",
  "note notes noted noting",
  "install installs installed",
  "box boxes",
  "e-mail email emails E-Mail",
  "Westgate Westgate's westgate’s",
];

test.each(sameWord)("one stem for: %s", (forms) => {
  const stems = forms.split(" ").map((form) => stemsOf(form).join(" "));
  expect(new Set(stems)).toEqual(new Set([stems[0]]));
});

test.each(["not note", "here her", "us use", "plan plane", "thing the", "pay payment", "car care"])(
  "two stems for: %s",
  (words) => {
    const [one = "", other = ""] = words.split(" ");
    expect(stemsOf(one)).not.toEqual(stemsOf(other));
  },
);

test("takes a word apart where two were said in one", () => {
  expect(stemsOfText("I can't; we're over, fit-out!")).toEqual(stemsOfText("i can not we are over fit out"));
  expect(stemsOfText("don't")).toEqual(["do", "not"]);
});

test("keeps words of other scripts, and drops what is no word", () => {
  expect(stemsOfText("السعر غالٍ — дорого")).toEqual(["السعر", "غال", "дорого"]);
  expect(stemsOfText(" … - ")).toEqual([]);
});

test("any text comes to stems without signs and without white space, the same ones each time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const stems = stemsOfText(text);
      expect(stems.every((part) => part !== "" && !/\s/u.test(part))).toBe(true);
      expect(stemsOfText(text)).toEqual(stems);
    }),
  );
});
