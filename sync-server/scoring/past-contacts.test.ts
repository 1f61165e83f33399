import { expect, test } from "vitest";
import { leadFeatures } from "../../shared/scoring/conversion/lead-facts.ts";
import type { Touch } from "../../shared/scoring/lead/history.ts";
import { findDrift } from "./learning/drift.ts";
import { knownAmong, pastContacts } from "./past-contacts.ts";
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
    ...{
      name: "Maria",
      company: "",
      phone: "",
      email: "",
      city: "",
      source: "fair",
      doNotCall: false,
      phoneSecond: "",
    },
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

test("what came of a touch counts from when it was written, not from when the touch was", () => {
  const letter: Touch = { kind: "message", at: daysAgo(90), inbound: false, opened: true };
  const visit: Touch = { kind: "appointment", at: daysAgo(85), status: "done" };
  const first: Touch = { ...call(80), mood: 1, disposition: "sold" } as Touch;
  const factsWritten = (settledAt: number) => {
    const touches = [letter, visit, first].map((touch) => ({ ...touch, settledAt }));
    return pastContacts(known([...touches, call(70)], null), nowMs).at(-1)?.facts;
  };
  expect(factsWritten(daysAgo(75))).toMatchObject({ opened: 1, kept: 1, disposition: "sold", mood: "glad" });
  expect(factsWritten(daysAgo(65))).toMatchObject({ opened: 0, kept: 0, disposition: null, mood: null });
});

test("what a call came to is known 30 days later", () => {
  const dated = [100, 90, 70, 60, 40].map((days) => ({ at: daysAgo(days), converted: false, facts: {} }));
  const knownBefore = knownAmong(dated);
  expect(dated.map((_, start) => knownBefore(start))).toEqual([0, 0, 1, 2, 3]);
});

const contactsFrom = (source: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ facts: { source }, converted: index % 10 === 0 }));
const expectedOf = (probability: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ probability: probability + (index % 10 === 0 ? 0.01 : 0), converted: index % 10 === 0 })); // prettier-ignore

test("people from elsewhere, and probabilities that are off, are said in words; a calm year says nothing", () => {
  const calm = findDrift(contactsFrom("fair", 1_000), expectedOf(0.1, 1_000), leadFeatures);
  expect(calm).toMatchObject({ alerts: [], calibration: { contacts: 500 } });
  const turned = findDrift(contactsFrom("fair", 1_000), [...expectedOf(0.1, 500), ...expectedOf(0.4, 500)], leadFeatures); // prettier-ignore
  expect(turned.calibration?.before).toBeLessThan(0.02);
  expect(turned.calibration?.now).toBeCloseTo(0.3, 1);
  const moved = [...contactsFrom("fair", 500), ...contactsFrom("web", 500)];
  expect(findDrift(moved, expectedOf(0.4, 1_000), leadFeatures).alerts).toEqual([
    "Source: the latest 500 contacts differ from those before.",
    "Probabilities are off by 30 points on average.",
  ]);
  expect(findDrift(moved.slice(0, 100), [], leadFeatures)).toEqual({
    alerts: [],
    stability: {},
    calibration: null,
  });
});
