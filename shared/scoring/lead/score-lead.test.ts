import fc from "fast-check";
import { expect, test } from "vitest";
import { factsAt } from "../conversion/lead-facts.ts";
import type { LeadHistory, Touch } from "./history.ts";
import { scoreLead } from "./score-lead.ts";

const nowMs = Date.parse("2026-11-21T12:00:00.000Z");
const days = (count: number) => nowMs - count * 86_400_000;
const lead: LeadHistory["lead"] = {
  ...{
    name: "Maria Kowalski",
    company: "Halden",
    phone: "+13125550147",
    email: "m@halden.example",
    city: "Chicago",
  },
  ...{
    source: "Fair",
    createdAt: "2026-09-01T00:00:00.000Z",
    doNotCall: false,
    lastContactAt: null,
    phoneSecond: "",
  },
};
const call = (at: number, more: Partial<Extract<Touch, { kind: "call" }>> = {}): Touch => ({
  ...{ kind: "call", at, inbound: false, answered: true, talkMs: 300_000, mood: 0.5, disposition: "" },
  ...more,
});
const touch = fc.oneof(
  fc.record({
    kind: fc.constant("call" as const),
    at: fc.integer({ min: days(400), max: nowMs + 1e9 }),
    inbound: fc.boolean(),
    answered: fc.boolean(),
    talkMs: fc.integer({ min: 0, max: 1e8 }),
    mood: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
    disposition: fc.constantFrom("", "call-back", "not-interested"),
  }),
  fc.record({
    kind: fc.constant("message" as const),
    at: fc.integer({ min: days(400), max: nowMs + 1e9 }),
    inbound: fc.boolean(),
    opened: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("appointment" as const),
    at: fc.integer({ min: days(400), max: nowMs + 1e9 }),
    status: fc.constantFrom("planned" as const, "done" as const, "cancelled" as const, "missed" as const),
  }),
);
const touches = fc.array(touch, { maxLength: 30 }).map((all) => all.toSorted((a, b) => a.at - b.at));

test("a score is whole, from 0 to 100, the sum of components within their bounds, each with a sentence", () => {
  fc.assert(
    fc.property(touches, (given) => {
      const { score, components } = scoreLead({ lead, touches: given }, nowMs);
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
      expect(components.reduce((sum, { points }) => sum + points, 0)).toBe(score);
      for (const { points, most, why } of components) {
        expect(points >= 0 && points <= most).toBe(true);
        expect(why).toMatch(/^[A-Z0-9].*\.$/u);
      }
    }),
  );
});

test("a call that somebody answers today never costs engagement, recency or response", () => {
  fc.assert(
    fc.property(touches, (given) => {
      const past = given.filter(({ at }) => at < nowMs - 1);
      const [before, after] = [past, [...past, call(nowMs - 1)]].map((all) =>
        scoreLead({ lead, touches: all }, nowMs),
      );
      for (const name of ["engagement", "recency", "response"] as const) {
        const points = [before, after].map(
          (score) => score?.components.find((one) => one.name === name)?.points ?? -1,
        );
        expect(points[1]).toBeGreaterThanOrEqual(points[0] ?? 0);
      }
    }),
  );
});

test("to be tried in vain, however often, is no engagement", () => {
  fc.assert(
    fc.property(touches, fc.integer({ min: 1, max: 40 }), (given, times) => {
      const past = given.filter(({ at }) => at < nowMs - 1);
      const inVain = Array.from({ length: times }, (_, at): Touch => {
        const when = { at: nowMs - 1, inbound: false };
        return at % 2 === 0
          ? call(when.at, { answered: false })
          : { kind: "message", opened: false, ...when };
      });
      const [before, after] = [past, [...past, ...inVain]].map((all) =>
        scoreLead({ lead, touches: all }, nowMs).components.find(({ name }) => name === "engagement"),
      );
      expect(after).toEqual(before);
    }),
  );
});

test("whoever said no in the last talk is colder than whoever was never called, until they come back by themselves", () => {
  const at = days(5);
  const no = [call(days(30)), call(at, { disposition: "not-interested", mood: 0 })];
  const never = scoreLead({ lead, touches: [] }, nowMs);
  const declined = scoreLead({ lead, touches: no }, nowMs);
  expect(declined.score).toBeLessThan(never.score);
  const why = Object.fromEntries(declined.components.map(({ name, why: words }) => [name, words]));
  expect(why).toMatchObject({
    engagement: "They said no 5 days ago, and nothing came from them since.",
    conversation: "The last talk ended in a no.",
  });
  const later = (one: Touch) => scoreLead({ lead, touches: [...no, one] }, nowMs).score;
  const back: Touch = { kind: "message", at: days(1), inbound: true, opened: false };
  expect(later(back)).toBeGreaterThan(never.score);
  expect(later(call(days(1), { disposition: "interested" }))).toBeGreaterThan(later(back));
  expect(later(call(days(1), { disposition: "not-interested" }))).toBeLessThan(never.score);
  expect(later(call(days(1), { answered: false, disposition: "no-answer" })), "tried once more").toBeLessThan(later(back)); // prettier-ignore
});

test("what lies ahead changes no points", () => {
  const past = [call(days(3))];
  const ahead: Touch = { kind: "message", at: nowMs + 1, inbound: true, opened: true };
  expect(scoreLead({ lead, touches: [...past, ahead] }, nowMs)).toEqual(
    scoreLead({ lead, touches: past }, nowMs),
  );
});

test("who talked often and lately is hot and to be called today; time alone makes them cold", () => {
  const all = [20, 12, 6, 3, 1].map((age) => call(days(age), { inbound: age < 5, talkMs: 500_000 }));
  expect(scoreLead({ lead, touches: all }, nowMs)).toMatchObject({ level: "hot", next: { kind: "call", words: "Call today and agree on a date." } }); // prettier-ignore
  const later = scoreLead({ lead, touches: all }, nowMs + 100 * 86_400_000);
  expect(later).toMatchObject({ level: "nurture", churn: { risk: "high" } });
  expect(scoreLead({ lead, touches: all }, nowMs + 200 * 86_400_000).level).toBe("inactive");
});

test("a new lead without a telephone number is cold and written to; one that is not to be called never is", () => {
  const blank = scoreLead({ lead: { ...lead, phone: "" }, touches: [] }, nowMs);
  expect(blank).toMatchObject({ level: "cold", next: { kind: "write" } });
  expect(blank.components.find(({ name }) => name === "profile")?.why).toBe("Missing: phone.");
  fc.assert(
    fc.property(touches, (given) => {
      expect(scoreLead({ lead: { ...lead, doNotCall: true }, touches: given }, nowMs).next.kind).not.toBe(
        "call",
      );
    }),
  );
});

test("what to do next says why somebody is written to, and calls back first whoever reached nobody", () => {
  const next = (given: Partial<LeadHistory["lead"]>, all: readonly Touch[], outcome?: "won" | "lost") =>
    scoreLead({ lead: { ...lead, ...given }, touches: all }, nowMs, outcome).next;
  const tried = [call(days(9), { answered: false })];
  expect(next({ phone: "" }, tried).words).toBe("Write an e-mail: there is no number to call.");
  expect(next({ phone: "", phoneSecond: "+13125550199" }, []).kind, "by the second number").toBe("call");
  expect(next({ doNotCall: true }, tried).words).toBe("Write an e-mail: they are not to be called.");
  const missed = call(nowMs - 3_600_000, { inbound: true, answered: false, talkMs: 0, mood: null });
  const back = { kind: "call", words: "Call them back: they called and reached nobody." };
  expect(next({}, [missed])).toEqual(back);
  expect(next({}, [missed, call(nowMs - 1_800_000, { answered: false })])).toEqual(back);
  expect(next({}, [missed], "won")).toEqual(back);
  expect(next({ doNotCall: true }, [missed]).kind).toBe("write");
  expect(next({}, [missed, call(nowMs - 1_800_000)])).not.toEqual(back);
  expect(next({}, [{ ...missed, at: days(8) }])).not.toEqual(back);
});

test("whoever is won or lost is told as such, whatever their score", () => {
  const all = [20, 12, 6, 3, 1].map((age) => call(days(age), { inbound: age < 5, talkMs: 500_000 }));
  const history = { lead, touches: all };
  const open = scoreLead(history, nowMs);
  for (const [outcome, words] of [
    ["won", "They are won."],
    ["lost", "They are lost."],
  ] as const)
    // prettier-ignore
    expect(scoreLead(history, nowMs, outcome)).toEqual({ ...open, next: { kind: "none", words } });
});

test("the facts of a moment hold nothing that came at it or later", () => {
  fc.assert(
    fc.property(touches, fc.integer({ min: days(300), max: nowMs }), (given, at) => {
      const past = given.filter((one) => one.at < at);
      expect(factsAt({ lead, touches: given }, at)).toEqual(factsAt({ lead, touches: past }, at));
    }),
  );
});

test("a day of silence is one day", () => {
  const heard = [3, 1].map((ago) => call(days(ago)));
  const { churn } = scoreLead({ lead, touches: heard }, nowMs);
  expect(churn.why).toBe("Silent for 1 day; usually heard of every 2 days.");
});
