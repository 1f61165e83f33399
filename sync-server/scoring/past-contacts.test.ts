import { expect, test } from "vitest";
import { leadFeatures } from "../../shared/scoring/conversion/lead-facts.ts";
import type { Touch } from "../../shared/scoring/lead/history.ts";
import { findDrift } from "./learning/drift.ts";
import { pastContacts } from "./past-contacts.ts";
import type { KnownLead } from "./read-histories.ts";

const nowMs = Date.parse("2026-11-21T12:00:00.000Z");
const daysAgo = (days: number) => nowMs - days * 86_400_000;
const call = (days: number): Touch => ({
  ...{ kind: "call", at: daysAgo(days), inbound: false, answered: true, talkMs: 60_000, mood: null },
  disposition: "",
});
const known = (touches: Touch[], wonAt: number | null): KnownLead => ({
  ...{ id: "lead", score: null, wonAt, touches },
  lead: {
    ...{ name: "Maria", company: "", phone: "", email: "", city: "", source: "fair", doNotCall: false },
    ...{ createdAt: new Date(daysAgo(200)).toISOString() as never, lastContactAt: null },
  },
});

test("a call led to what was won within 30 days of it, and each knows only the calls before it", () => {
  const contacts = pastContacts(known([call(100), call(70), call(60)], daysAgo(55)), nowMs);
  expect(contacts.map(({ converted, facts }) => [converted, facts["calls"]])).toEqual([
    [false, 0],
    [true, 1],
    [true, 2],
  ]);
});

test("a call of the last 30 days teaches nothing, even where it was won already; nor does one after it was won", () => {
  expect(pastContacts(known([call(10)], daysAgo(5)), nowMs)).toEqual([]);
  expect(pastContacts(known([call(10)], null), nowMs)).toEqual([]);
  expect(pastContacts(known([call(40)], daysAgo(50)), nowMs)).toEqual([]);
});

const contactsFrom = (source: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ facts: { source }, converted: index % 10 === 0 }));
const expectedOf = (probability: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ probability: probability + (index % 10 === 0 ? 0.01 : 0), converted: index % 10 === 0 })); // prettier-ignore

test("people from elsewhere, and probabilities that are off, are said in words; a calm year says nothing", () => {
  const calm = findDrift(contactsFrom("fair", 1_000), expectedOf(0.1, 1_000), leadFeatures);
  expect(calm.alerts).toEqual([]);
  const moved = [...contactsFrom("fair", 500), ...contactsFrom("web", 500)];
  expect(findDrift(moved, expectedOf(0.4, 1_000), leadFeatures).alerts).toEqual([
    "Source: the latest 500 contacts are others than before.",
    "Probabilities are off by 30 points on average.",
  ]);
  expect(findDrift(moved.slice(0, 100), [], leadFeatures)).toEqual({ alerts: [], stability: {} });
});
