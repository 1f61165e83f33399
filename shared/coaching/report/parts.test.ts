import { expect, test } from "vitest";
import { livePlaybook, liveScorecard, reportInput } from "../../../testing/coaching/some-report.ts";
import { says } from "../../../testing/coaching/talk.ts";
import { clock } from "../../time/clock.ts";
import { takeAllTurns } from "../../time/turns.ts";
import type { Utterance } from "../utterance.ts";
import { findActions } from "./actions.ts";
import { findDueDays } from "./due.ts";
import { findObjections } from "./objections.ts";
import { moodByMinute, sentimentOf } from "./mood-by-minute.ts";
import { playInTurns } from "./played.ts";
import type { ReportInput } from "./report-input.ts";
import { scoreReport } from "./score.ts";
import { sentencesOf } from "./sentences.ts";
import { lengthOf, list, quote, sentence, shorten } from "./wording.ts";

const playBook = (input: ReportInput, talk: readonly Utterance[]) => takeAllTurns(playInTurns(input, talk, null)); // prettier-ignore
const friday = { at: "2026-11-20T10:00:00.000Z", timeZone: "UTC" };

test.each([
  ["I'll send you the offer by Friday.", "Send Maria the offer by Friday.", 7],
  ["so i will email you the contract tomorrow okay bye", "Email Maria the contract tomorrow.", 1],
  ["We'll call you back in two weeks, and then we decide.", "Call Maria back in two weeks.", 14],
  ["Let me find out and I'm going to follow up on Monday", "Follow up on Monday.", 3],
  ["I can book your tour for next week", "Book their tour for next week.", 7],
])("“%s” is something to do", (text, action, days) => {
  expect(findActions(sentencesOf([says("agent", 0, text)]), friday, "Maria")).toMatchObject([
    { text: action, dueInDays: days, atMs: 0, by: "agent" },
  ]);
});

test.each([
  "I'll check that for you right now",
  "Let me ask you a question",
  "I'll put you on hold for a moment",
  "Can I call you on Monday?",
  "If I send you the contract, will you sign?",
  "What I will send is not decided",
  "You will get a letter",
])("“%s” promises nothing for later", (text) => {
  expect(findActions(sentencesOf([says("agent", 0, text)]), friday, "Maria")).toEqual([]);
});

test("what the customer promises is waited for; the same promise twice is one, with the same key", () => {
  const talk = [
    says("customer", 0, "I'll send you my papers tomorrow"),
    says("agent", 9_000, "I will send you the invite for Tuesday"),
    says("agent", 30_000, "so I'll send you the invite for Tuesday"),
  ];
  const actions = findActions(sentencesOf(talk), friday, "Maria");
  expect(actions.map(({ text, by }) => [text, by])).toEqual([
    ["Maria promised to send you their papers tomorrow.", "customer"],
    ["Send Maria the invite for Tuesday.", "agent"],
  ]);
  expect(new Set(actions.map(({ key }) => key)).size).toBe(2);
  expect(findActions(sentencesOf(talk), friday, "Maria")).toEqual(actions);
});

test.each([
  ["by the end of the day", 0],
  ["this afternoon", 0],
  ["in an hour", 0],
  ["the day after tomorrow", 2],
  ["within 3 days", 3],
  ["in a couple of days", 2],
  ["in a few weeks", 21],
  ["on Friday", 7],
  ["by the end of the week", 0],
  ["next month", 30],
  ["as soon as possible", null],
])("“%s”, said on a Friday, is in %s days", (text, days) => {
  expect(findDueDays(text, friday)).toBe(days);
});

test("a day is the tenant's: in Auckland it is Saturday already", () => {
  const late = { at: "2026-11-20T20:00:00.000Z", timeZone: "Pacific/Auckland" };
  expect(findDueDays("on Sunday", late)).toBe(1);
});

function objectionsIn(talk: ReturnType<typeof says>[]) {
  return findObjections(talk, sentencesOf(talk), []);
}

test("an objection counts as answered by words or a question soon after, and not when it comes back", () => {
  const price = says("customer", 10_000, "that is too expensive for us");
  const answer = says("agent", 14_000, "it includes the desks and the network so you pay nothing else");
  expect(objectionsIn([price, answer])).toMatchObject([{ about: "Price", answered: true, atMs: 10_000 }]);
  expect(objectionsIn([price, says("agent", 14_000, "what would fit")])).toMatchObject([{ answered: true }]);
  expect(objectionsIn([price, says("agent", 14_000, "okay")])).toMatchObject([{ answered: false }]);
  expect(objectionsIn([price, says("agent", 40_000, "so when do you want to move in then")])).toMatchObject([{ answered: false }]); // prettier-ignore
  const again = says("customer", 50_000, "still it is too expensive");
  expect(objectionsIn([price, answer, again])[0]).toMatchObject({ answered: false });
  expect(objectionsIn([{ ...price, speaker: "agent" }])).toEqual([]);
});

test("a card that the customer brought up is an objection, in the playbook's words", () => {
  const talk = [says("customer", 4_000, "we found another provider and it is more than we pay today")];
  const { raised } = playBook({ ...reportInput(talk), playbook: livePlaybook("discovery") }, talk);
  const found = findObjections(talk, sentencesOf(talk), raised);
  expect(found[0]).toMatchObject({ about: "Price against current lease", answered: false });
  expect(found[0]?.lines.length).toBeGreaterThan(0);
});

test("what was ticked or unticked by hand stands against what was heard, of the same playbook", () => {
  const talk = [says("agent", 1_000, "good morning this is Ana from Northgate")];
  const tick = (item: string, done: boolean, playbook = "discovery") => ({
    playbook,
    item,
    done,
    atMs: 9_000,
  });
  const timesWith = (...ticks: ReturnType<typeof tick>[]) =>
    playBook({ ...reportInput(talk), playbook: livePlaybook("discovery"), ticks }, talk).items.map(
      ({ key, atMs }) => [key, atMs],
    );
  expect(timesWith()).toContainEqual(["opening", expect.any(Number)]);
  const byHand = timesWith(tick("opening", false), tick("budget", true), tick("reason", true, "support"));
  expect(byHand).toEqual(
    expect.arrayContaining([
      ["opening", null],
      ["budget", 9_000],
      ["reason", null],
    ]),
  );
});

test("the score is the weighted mean of what can be told", () => {
  const items = [{ key: "a", label: "A", atMs: 5 }, { key: "b", label: "B", atMs: null }]; // prettier-ignore
  const metrics = { talkShare: 0.625, questionsAsked: 4, longestMonologueMs: 90_000 };
  const { score, criteria } = scoreReport(liveScorecard, metrics, items);
  const points = Object.fromEntries(criteria.map(({ key, points: each }) => [key, each]));
  expect(points).toEqual({ checklist: 0.5, listening: 0.5, questions: 1, monologue: 0.5, pace: null, interruptions: null, answered: null }); // prettier-ignore
  expect(score).toBe(Math.round(((30 * 0.5 + 15 * 0.5 + 15 + 10 * 0.5) / 70) * 100));
  expect(scoreReport(null, metrics, items)).toEqual({ score: null, scorecard: "", criteria: [] });
  expect(scoreReport(liveScorecard, {}, []).score).toBeNull();
});

test("the customer's mood by minute, and one word for all of it only where it was felt", () => {
  const talk = [
    says("customer", 1_000, "this is awful and I am furious about it"),
    says("agent", 70_000, "that is great, wonderful, perfect"),
    says("customer", 130_000, "thank you that is great I love it"),
  ];
  const mood = moodByMinute(talk, 180_000);
  expect(mood.map(Math.sign)).toEqual([-1, 0, 1]);
  expect(sentimentOf(talk)).toBe("neutral");
  expect(sentimentOf(talk.slice(0, 1))).toBe("negative");
  expect(sentimentOf(talk.slice(1, 2))).toBe("");
});

test("breaths do not end a sentence, signs and the other speaker do", () => {
  const talk = [
    says("customer", 0, "seven one"),
    says("customer", 1_200, "five nine. thank you"),
    says("agent", 6_000, "[noise] fine"),
  ];
  expect(sentencesOf(talk).map(({ text, words }) => [text, words])).toEqual([
    ["seven one five nine.", 4],
    ["thank you", 2],
    ["fine", 1],
  ]);
});

test("words of a report", () => {
  expect([4_000, 65_000, 3_729_000].map(clock)).toEqual(["0:04", "1:05", "1:02:09"]);
  expect([1_000, 40_000, 720_000, 3_900_000].map(lengthOf)).toEqual(["1 second", "40 seconds", "12 minutes", "1 hour 5 minutes"]); // prettier-ignore
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(list)).toEqual(["", "a", "a and b", "a, b and c"]);
  expect(shorten("one two three", 9)).toBe("one two…");
  expect(quote("so it is.")).toBe("“so it is”");
  expect(quote("שלום")).toBe("\u2068“שלום”\u2069");
  expect(sentence("it works")).toBe("It works.");
  expect(sentence("“is it?”")).toBe("“is it?”");
  expect(Array.from(sentence("😀".repeat(900))).length).toBeLessThanOrEqual(500);
});
