import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultRules } from "./default-rules.ts";
import { DialFacts } from "./dial-facts.ts";
import { DialRules } from "./dial-rules.ts";
import { blockCodes, type DialVerdict } from "./dial-verdict.ts";
import { judgeDial } from "./judge-dial.ts";

const rules = DialRules.parse(defaultRules(["US-NY"]));
const minuteMs = 60_000;
const at = (text: string) => Date.parse(text);
/** A Friday, 10:00 in New York. */
const fridayMorning = at("2026-11-20T15:00:00.000Z");

function facts(number: string, more: Partial<DialFacts> = {}): DialFacts {
  const usual = {
    country: "US",
    how: "campaign",
    atExchange: false,
    lead: null,
    listed: null,
    dials: [],
    attempts: 0,
    maxAttempts: null,
  };
  return DialFacts.parse({ ...usual, number, ...more });
}

const lead = { doNotCall: false, timeZone: "", region: "", city: "" };
const codesOf = (verdict: DialVerdict) =>
  verdict.kind === "blocked" ? verdict.reasons.map(({ code }) => code) : [];
const untilOf = (verdict: DialVerdict) =>
  verdict.kind === "blocked" && verdict.untilMs !== null ? new Date(verdict.untilMs).toISOString() : null;

test("a usual dial is allowed, with what must be announced", () => {
  expect(judgeDial(facts("(312) 555-0147"), rules, fridayMorning)).toEqual({
    kind: "allowed",
    e164: "+13125550147",
    announce: { kind: "inform", because: "720 ILCS 5/14-2" },
    notes: [],
  });
});

test("850 is called when both its clocks allow it, and the verdict says so", () => {
  const early = judgeDial(facts("+18505550123"), rules, at("2026-11-20T13:30:00Z"));
  expect(untilOf(early)).toBe("2026-11-20T14:00:00.000Z");
  expect(codesOf(early)).toEqual(["outside-hours", "outside-hours"]);
  expect(codesOf(judgeDial(facts("+18505550123"), rules, at("2026-11-21T00:59:00Z")))).toEqual([]);
  expect(codesOf(judgeDial(facts("+18505550123"), rules, at("2026-11-21T01:00:00Z")))).toEqual([
    "outside-hours",
  ]);
  expect(judgeDial(facts("+18505550123"), rules, fridayMorning)).toMatchObject({
    notes: ["Area code 850 has several clocks; all of them agree."],
  });
});

test("the narrower rule of a state comes first, and its sentence tells when again", () => {
  const verdict = judgeDial(facts("+12055550123"), rules, at("2026-11-22T02:30:00Z"));
  expect(verdict).toMatchObject({
    code: "outside-hours",
    sentence:
      "It is 20:30 in Chicago: calls are allowed from 08:00 to 20:00 (Ala. Code § 8-19C-2). Possible again on Monday, 2026-11-23 at 08:00 there.",
  });
});

test("a zone that somebody entered counts alone; a city adds its clock and its law", () => {
  // 07:30 in Los Angeles, 10:30 in New York.
  const morning = at("2026-11-20T15:30:00Z");
  expect(codesOf(judgeDial(facts("+14155550131"), rules, morning))).toEqual(["outside-hours"]);
  expect(
    codesOf(
      judgeDial(facts("+14155550131", { lead: { ...lead, timeZone: "America/New_York" } }), rules, morning),
    ),
  ).toEqual([]);
  expect(
    codesOf(judgeDial(facts("+12125550155", { lead: { ...lead, city: "San Francisco " } }), rules, morning)),
  ).toEqual(["outside-hours"]);
  const moved = judgeDial(facts("+12125550155", { lead: { ...lead, city: "Chicago" } }), rules, morning);
  expect(moved).toMatchObject({ kind: "allowed", announce: { kind: "inform" } });
  expect(
    codesOf(judgeDial(facts("+14155550131", { lead: { ...lead, region: "US-NY" } }), rules, morning)),
  ).toEqual([]);
  expect(
    codesOf(judgeDial(facts("+14155550131", { lead: { ...lead, timeZone: "Mars/Base" } }), rules, morning)),
  ).toEqual(["outside-hours"]);
});

test("every reason is given, the strongest first, and one that lasts leaves no moment to wait for", () => {
  const dials = [0, 20, 40].map((minutes) => new Date(fridayMorning - minutes * minuteMs).toISOString());
  const verdict = judgeDial(
    facts("+19005550123", {
      lead: { ...lead, doNotCall: true },
      listed: { since: "2026-10-01T00:00:00.000Z", list: "Northgate" },
      dials,
      attempts: 3,
      maxAttempts: 3,
    }),
    rules,
    at("2026-11-20T10:00:00.000Z"),
  );
  expect(codesOf(verdict)).toEqual([
    "premium-number",
    "lead-do-not-call",
    "number-do-not-call",
    "attempts-used-up",
    "outside-hours",
    "too-many-dials",
    "too-soon",
  ]);
  expect(verdict).toMatchObject({ code: "premium-number", untilMs: null });
});

test("emergency numbers are refused to campaigns and never to a person", () => {
  expect(judgeDial(facts("911"), rules, fridayMorning)).toMatchObject({
    kind: "blocked",
    code: "emergency-number",
  });
  const night = at("2026-11-20T08:00:00Z");
  expect(judgeDial(facts("9-1-1", { how: "by-hand" }), rules, night)).toMatchObject({
    kind: "allowed",
    e164: "911",
  });
});

test("an extension is called by way of the own exchange alone, at any hour, and never by a campaign", () => {
  const night = at("2026-11-20T08:00:00Z");
  const listed = { since: "2026-10-01T00:00:00.000Z", list: "Northgate" };
  const inside = { how: "by-hand", atExchange: true } as const;
  expect(judgeDial(facts("60 01", inside), rules, night)).toMatchObject({
    ...{ kind: "allowed", e164: "6001", notes: [] },
    announce: { kind: "none" },
  });
  expect(judgeDial(facts("6001", { ...inside, how: "into-a-call" }), rules, night).kind).toBe("allowed");
  expect(codesOf(judgeDial(facts("6001", { ...inside, how: "campaign" }), rules, night))).toEqual(["short-number"]); // prettier-ignore
  expect(codesOf(judgeDial(facts("6001", { how: "by-hand" }), rules, night))).toEqual(["short-number"]);
  const asked = { ...inside, lead: { ...lead, doNotCall: true } };
  expect(codesOf(judgeDial(facts("6001", asked), rules, night))).toEqual(["lead-do-not-call"]);
  const shortOnes = { ...inside, country: "AD", listed };
  expect(codesOf(judgeDial(facts("712345", shortOnes), rules, night))).toEqual(["number-do-not-call"]);
  const outside = judgeDial(facts("+12055550123", { ...inside, listed }), rules, night);
  expect(outside).toMatchObject({ kind: "blocked", code: "number-do-not-call" });
});

test("a premium number is dialled by hand, with a word about its price", () => {
  const byHand = judgeDial(facts("+449098790000", { how: "by-hand" }), rules, at("2026-11-20T12:00:00Z"));
  expect(byHand).toMatchObject({ kind: "allowed", notes: ["Numbers of this kind cost extra."] });
});

test("a call that broke off is taken up again by hand at once, and not by a campaign", () => {
  const dials = [new Date(fridayMorning - minuteMs).toISOString()];
  expect(codesOf(judgeDial(facts("+13125550147", { dials, how: "by-hand" }), rules, fridayMorning))).toEqual(
    [],
  );
  expect(codesOf(judgeDial(facts("+13125550147", { dials }), rules, fridayMorning))).toEqual(["too-soon"]);
});

test("who is asked into a call is called at any hour, but not against their will", () => {
  const night = at("2026-11-20T08:00:00Z");
  const askedIn = (more: Partial<DialFacts>) =>
    codesOf(judgeDial(facts("+13125550147", { how: "into-a-call", ...more }), rules, night));
  expect(askedIn({ dials: Array.from({ length: 20 }, () => new Date(night).toISOString()) })).toEqual([]);
  expect(askedIn({ lead: { ...lead, doNotCall: true } })).toEqual(["lead-do-not-call"]);
});

test("a cap that ends at night waits for the morning", () => {
  const dials = ["2026-11-20T02:00:00.000Z", "2026-11-20T14:00:00.000Z", "2026-11-20T18:00:00.000Z"];
  const verdict = judgeDial(facts("+13125550147", { dials }), rules, at("2026-11-20T20:00:00Z"));
  expect(codesOf(verdict)).toEqual(["too-many-dials"]);
  // 24 hours after the first dial it is 20:00 in Chicago: still allowed.
  expect(untilOf(verdict)).toBe("2026-11-21T02:00:00.000Z");
  const later = dials.with(0, "2026-11-20T02:59:30.000Z");
  expect(untilOf(judgeDial(facts("+13125550147", { dials: later }), rules, at("2026-11-20T20:00:00Z")))).toBe(
    "2026-11-21T14:00:00.000Z",
  );
});

const anyNumber = fc.constantFrom(
  "+13125550147",
  "+18505550123",
  "+12055550123",
  "+14015550123",
  "+19285550123",
  "+33123456789",
  "+61412345678",
  "+442079460118",
  "+18005550123",
  "+17095550123",
);
const anyNow = fc
  .integer({ min: 0, max: 365 * 1440 })
  .map((minute) => at("2026-01-01T00:00:00Z") + minute * minuteMs);
const anyAges = fc.array(fc.integer({ min: 0, max: 8 * 1440 * 60 }), { maxLength: 6 });

test("at the moment named the dial is allowed, and a minute before it was not", () => {
  let waited = 0;
  fc.assert(
    fc.property(anyNumber, anyNow, anyAges, (number, now, agesSeconds) => {
      const dials = agesSeconds.map((seconds) => new Date(now - seconds * 1000).toISOString());
      const known = facts(number, { dials });
      const verdict = judgeDial(known, rules, now);
      if (verdict.kind === "allowed") return;
      const { untilMs } = verdict;
      if (untilMs === null) throw new Error(`nothing lasts here: ${verdict.sentence}`);
      waited += 1;
      expect(untilMs % minuteMs).toBe(0);
      expect(judgeDial(known, rules, untilMs).kind).toBe("allowed");
      expect(judgeDial(known, rules, untilMs - minuteMs).kind).toBe("blocked");
      for (const share of [0.1, 0.5, 0.9])
        expect(judgeDial(known, rules, now + Math.floor((untilMs - now) * share)).kind).toBe("blocked");
    }),
    { numRuns: 120 },
  );
  expect(waited).toBeGreaterThan(40);
});

test("reasons come in the order of their weight, each a sentence with a moment or none", () => {
  fc.assert(
    fc.property(anyNumber, anyNow, anyAges, fc.boolean(), (number, now, ages, doNotCall) => {
      const dials = ages.map((seconds) => new Date(now - seconds * 1000).toISOString());
      const verdict = judgeDial(facts(number, { dials, lead: { ...lead, doNotCall } }), rules, now);
      if (verdict.kind === "allowed") return;
      const ranks = verdict.reasons.map(({ code }) => blockCodes.indexOf(code));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      expect(verdict).toMatchObject({
        code: verdict.reasons[0]?.code,
        sentence: verdict.reasons[0]?.sentence,
      });
      for (const { sentence } of verdict.reasons) expect(sentence).toMatch(/^[A-Z0-9].*\.$/u);
    }),
    { numRuns: 200 },
  );
});

test("the defaults are rules that the console could have saved, each with its source", () => {
  for (const { source } of [...rules.windows, ...rules.caps, ...rules.consent]) expect(source).not.toBe("");
  const places = rules.windows.map(({ where }) => where);
  expect(new Set(places).size).toBe(places.length);
});

test("a range that runs over midnight is refused, not guessed at", () => {
  const overnight = {
    where: "*",
    days: Array.from({ length: 7 }, () => [{ from: "22:00", to: "06:00" }]),
    onHolidays: "open",
    source: "",
  };
  expect(DialRules.safeParse({ ...rules, windows: [overnight] }).success).toBe(false);
});
