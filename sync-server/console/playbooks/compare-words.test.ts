import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf } from "../../../testing/coaching/talk.ts";
import { compareRules } from "./compare-words.ts";

const price = cardOf("Price", [phrases({ phrases: ["too expensive"], fromMs: 60_000 })]);
const parking = cardOf("Parking", [phrases({ phrases: ["parking"] })]);
const rules = playbookOf({ cards: [price, parking] });

test("says what is new, what is gone and what is in another order; nothing of what is the same", () => {
  expect(compareRules(rules, rules)).toEqual([]);
  const lines = ["One line", "Two"];
  const triggers = [phrases({ phrases: ["over our budget"], fromMs: 60_000 })];
  const after = {
    ...rules,
    label: "Other",
    cards: [parking, { ...price, lines, triggers, everyMs: 0 }, cardOf("New", [])],
  };
  expect(compareRules(rules, after)).toEqual([
    { where: "The playbook", gone: ["Called “Test”"], come: ["Called “Other”"] },
    {
      where: "Card “Price”",
      gone: [
        "At most once every 1 min",
        "the customer says “too expensive”, 2 words apart at most, not before 1 min",
      ],
      come: [
        "Line 2: Two",
        "At most once every 0 s",
        "the customer says “over our budget”, 2 words apart at most, not before 1 min",
      ],
    },
    {
      where: "Card “New” is new",
      gone: [],
      come: ["New", "Line 1: One line", "At most once every 1 min", "Stays for 20 s"],
    },
    { where: "Order", gone: ["Price, Parking"], come: ["Parking, Price"] },
  ]);
});

test("says of every kind of trigger when it fires", () => {
  const time = { fromMs: null, untilMs: 90_000 };
  const item = {
    key: "a",
    label: "Item",
    hint: "Ask",
    triggers: [
      { kind: "silence" as const, overMs: 6_000, ...time },
      {
        kind: "metric" as const,
        metric: "talkShareOfSpeech" as const,
        is: "over" as const,
        value: 0.7,
        ...time,
      },
      { kind: "pattern" as const, side: "agent" as const, pattern: "a+", ...time },
      { kind: "meaning" as const, side: "either" as const, examples: ["too dear"], likeness: 0.8, ...time },
    ],
  };
  const [found] = compareRules(playbookOf({}), playbookOf({ items: [item] }));
  expect(found?.come).toEqual([
    "Item",
    "Hint: Ask",
    "nobody speaks for 6 s, not after 1:30 min",
    "Talk share of speech over 70 %, not after 1:30 min",
    "the agent says what “a+” finds, not after 1:30 min",
    "either side means “too dear”, alike by 80 %, not after 1:30 min",
  ]);
});
