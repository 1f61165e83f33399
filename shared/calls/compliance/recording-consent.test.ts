import { expect, test } from "vitest";
import { defaultRules } from "./default-rules.ts";
import { announcementFor, stricterOf } from "./recording-consent.ts";

const rulesOf = (...offices: string[]) => defaultRules(offices);
const place = (country: string, ...regions: string[]) => ({ country, regions, zones: ["UTC"], notes: [] });

test.each([
  ["one-party state to one-party state", "US-NY", place("US", "US-TX"), "none"],
  ["to a state where all parties agree", "US-NY", place("US", "US-CA"), "inform"],
  ["from a state where all parties agree", "US-WA", place("US", "US-TX"), "inform"],
  ["to a country that wants a clear yes", "US-NY", place("DE"), "ask"],
  ["from a country that wants a clear yes", "DE", place("US", "US-TX"), "ask"],
  ["to two states, one of which is strict", "US-NY", place("US", "US-TX", "US-IL"), "inform"],
  ["to a country without a rule", "US-NY", place("SX"), "inform"],
  ["to nowhere in particular", "US-NY", place(""), "inform"],
  [
    "to a country of whose states some are strict, and nobody knows which it is",
    "US-NY",
    place("US"),
    "inform",
  ],
  ["from such a country", "US", place("US", "US-TX"), "inform"],
  ["to a country that is one place", "US-NY", place("GB"), "inform"],
])("%s", (_, office, called, kind) => {
  expect(announcementFor(called, rulesOf(office)).kind).toBe(kind);
});

test("of people who hear each other the strictest law holds, whoever comes last", () => {
  expect([stricterOf("none", "inform"), stricterOf("ask", "inform"), stricterOf("none", "none")]).toEqual([
    "inform",
    "ask",
    "none",
  ]);
});

test("the law of each of our places holds", () => {
  const texan = place("US", "US-TX");
  expect(announcementFor(texan, rulesOf("US-NY", "US-TX")).kind).toBe("none");
  expect(announcementFor(texan, rulesOf("US-NY", "DE")).kind).toBe("ask");
});

test("the law that decides is named", () => {
  expect(announcementFor(place("US", "US-CA"), rulesOf("US-NY")).because).toBe("Cal. Penal Code § 632");
});

test("of a law that holds because nobody knows the state, that is said", () => {
  expect(announcementFor(place("US"), rulesOf("US-NY")).because).toBe(
    "Cal. Penal Code § 632; the region is not known",
  );
});

test("nothing is announced where nothing is recorded", () => {
  const silent = { ...rulesOf("DE"), records: false };
  expect(announcementFor(place("DE"), silent).kind).toBe("none");
});
