import { describe, expect, test } from "vitest";
import { cardOf, phrases, playbookOf, says, wordByWord } from "../../../testing/coaching/talk.ts";
import type { Battlecard, Trigger } from "../../entities/playbook.ts";
import { compileInTurns, compilePlaybook } from "./compile-playbook.ts";
import { examplesOf, isCompared } from "./meanings.ts";
import { startMatching, type Fired } from "./start-matching.ts";

const quiet = { metrics: {}, quietSinceMs: null };

function matchingFor(triggers: Trigger[], card: Partial<Battlecard> = {}) {
  return startMatching(compilePlaybook(playbookOf({ cards: [cardOf("card", triggers, card)] })));
}

function told(fired: readonly Fired[]): string[] {
  return fired.map(({ atMs, phrase }) => (phrase ? `${atMs}: ${phrase}` : `${atMs}`));
}

test("a phrase is found in any inflection, with other words between", () => {
  const matching = matchingFor([phrases({ phrases: ["more than we pay"] })]);
  const fired = matching.hear(says("customer", 1_000, "That is a bit more than what we're paying."));
  expect(told(fired)).toEqual(["5400: more than what we're paying"]);
});

test.each([
  ["words in another order", "pay we than more"],
  ["too many words between", "more than we do not really ever pay"],
  ["a word of it missing", "more than pay"],
])("no phrase: %s", (_, text) => {
  const matching = matchingFor([phrases({ phrases: ["more than we pay"] })]);
  expect(matching.hear(says("customer", 0, text))).toEqual([]);
});

test("a near word that leads nowhere does not hide a farther one that does", () => {
  const matching = matchingFor([phrases({ phrases: ["a b c"], apart: 2 })]);
  expect(told(matching.hear(says("customer", 0, "a x x b b c")))).toEqual(["2900: a x x b b c"]);
});

test("hears the side that it is for", () => {
  const matching = matchingFor([phrases({ phrases: ["too expensive"], side: "customer" })]);
  expect(matching.hear(says("agent", 0, "is it too expensive"))).toEqual([]);
  expect(matching.hear(says("customer", 5_000, "too expensive"))).toHaveLength(1);
});

test("a pause within a phrase changes nothing, nor does what the other one says meanwhile", () => {
  const matching = matchingFor([phrases({ phrases: ["send me an email"], apart: 0 })]);
  matching.hear(says("customer", 0, "just send me"));
  matching.hear(says("agent", 2_000, "yes"));
  expect(told(matching.hear(says("customer", 3_500, "an e-mail")))).toEqual(["4400: send me an e-mail"]);
});

test("who was quiet for more than five seconds begins something new", () => {
  const matching = matchingFor([phrases({ phrases: ["send me an email"], apart: 0 })]);
  matching.hear(says("customer", 0, "just send me"));
  expect(matching.hear(says("customer", 6_500, "an email"))).toEqual([]);
});

test("fires on the guess, and not again when it is revised or final", () => {
  const matching = matchingFor([phrases({ phrases: ["too expensive"] })], { everyMs: 0, staysMs: 3_000 });
  const tellings = [
    says("customer", 0, "this is two expensive", { revision: 1, final: false }),
    says("customer", 0, "this is too expensive", { revision: 2, final: false }),
    says("customer", 100, "well this is too expensive for", { id: "customer-0", revision: 3, final: false }),
    says("customer", 0, "this is too expansive", { revision: 4, final: false }),
    says("customer", 0, "this is too expensive for us", { revision: 5 }),
  ];
  expect(tellings.map((telling) => matching.hear(telling).length)).toEqual([0, 1, 0, 0, 0]);
});

test("a telling that comes late or twice says nothing", () => {
  const matching = matchingFor([phrases({ phrases: ["too expensive"] })]);
  matching.hear(says("customer", 0, "it is fine", { revision: 3 }));
  expect(matching.hear(says("customer", 0, "too expensive", { revision: 2, final: false }))).toEqual([]);
  expect(matching.hear(says("customer", 0, "too expensive", { revision: 3, final: false }))).toEqual([]);
});

test("words that turn out to be the other's count for the other", () => {
  const matching = matchingFor([phrases({ phrases: ["too expensive by far"], apart: 0 })]);
  matching.hear(says("customer", 0, "too expensive"));
  matching.hear(says("agent", 0, "too expensive", { id: "customer-0", revision: 1_001 }));
  expect(matching.hear(says("customer", 1_500, "by far"))).toEqual([]);
});

test("an utterance that comes late completes a phrase between two that were there", () => {
  const matching = matchingFor([phrases({ phrases: ["cheaper than you are"], apart: 0 })]);
  matching.hear(says("customer", 0, "they are cheaper"));
  matching.hear(says("customer", 3_000, "are"));
  expect(told(matching.hear(says("customer", 1_600, "than you")))).toEqual(["3400: cheaper than you are"]);
});

test("a card rests before it comes again, an item is done once", () => {
  const trigger = phrases({ phrases: ["parking"] });
  const rules = {
    items: [{ key: "item", label: "Item", hint: "", triggers: [trigger] }],
    cards: [cardOf("card", [trigger])],
  };
  const matching = startMatching(compilePlaybook(playbookOf(rules)));
  const fired = [0, 30_000, 60_500, 90_000].flatMap((at) => matching.hear(says("customer", at, "parking")));
  expect(fired.map(({ target, atMs }) => `${target} ${atMs}`)).toEqual([
    "item 400",
    "card 400",
    "card 60900",
  ]);
});

test("what may not be told uses nothing up: it is told when it comes again, or lasts", () => {
  const triggers: Trigger[] = [
    phrases({ phrases: ["parking"] }),
    { kind: "silence", overMs: 4_000, fromMs: null, untilMs: null },
    { kind: "metric", metric: "talkShare", is: "over", value: 0.7, fromMs: null, untilMs: null },
  ];
  const cards = triggers.map((trigger) => cardOf(trigger.kind, [trigger]));
  const matching = startMatching(compilePlaybook(playbookOf({ cards })));
  const lasts = { metrics: { talkShare: 0.8 }, quietSinceMs: 1_000 };
  const toldAt = (atMs: number, mayFire: () => boolean) =>
    [
      ...matching.hear(says("customer", atMs, "parking"), mayFire),
      ...matching.tick(atMs + 6_000, lasts, mayFire),
    ].map(({ key }) => key);
  expect(toldAt(0, () => false)).toEqual([]);
  expect(toldAt(10_000, () => true)).toEqual(["phrases", "silence", "metric"]);
  expect(toldAt(20_000, () => true)).toEqual([]);
});

test("a card that nobody saw does not rest, and the same words told anew do not bring it up", () => {
  const matching = matchingFor([phrases({ phrases: ["parking"] })], { everyMs: 7_200_000 });
  const parking = says("customer", 1_000, "parking", { final: false });
  const [first] = matching.hear(parking);
  if (!first) throw new Error("nothing fired");
  matching.giveBack(first);
  expect(matching.hear({ ...parking, text: "Parking,", final: true, revision: 2_000 })).toEqual([]);
  expect(told(matching.hear(says("customer", 9_000, "parking")))).toEqual(["9400: parking"]);
  expect(matching.hear(says("customer", 60_000, "parking"))).toEqual([]);
});

test("counts only from and until its time in the call", () => {
  const matching = matchingFor([phrases({ phrases: ["price"], fromMs: 60_000, untilMs: 90_000 })], {
    everyMs: 0,
  });
  const fired = [10_000, 65_000, 95_000].flatMap((at) => matching.hear(says("customer", at, "the price")));
  expect(told(fired)).toEqual(["65900: price"]);
});

const priceNotList = phrases({ phrases: ["price"], notNear: ["price list", "parking"] });

test.each([
  ["before it", "parking is one thing but the price is another one for all of us here today"],
  ["across it", "can you send me the price list for all of the floors there and here"],
  ["after it", "the price of your parking is high and we are not sure of it at all"],
])("not where something stands near: %s", (_, text) => {
  const matching = matchingFor([priceNotList]);
  const fired = wordByWord(says("customer", 0, text)).flatMap((telling) => matching.hear(telling));
  expect([...fired, ...matching.tick(Infinity, quiet)]).toEqual([]);
});

test("waits for ten words after it, or for quiet, before it says that nothing stands near", () => {
  const matching = matchingFor([priceNotList]);
  expect(
    matching.hear(says("customer", 0, "the price one two three", { revision: 1, final: false })),
  ).toEqual([]);
  const ten = says("customer", 0, "the price 1 2 3 4 5 6 7 8 9 10 parking");
  expect(told(matching.hear(ten))).toEqual(["900: price"]);
  const other = matchingFor([priceNotList]);
  expect(other.hear(says("customer", 0, "the price is high"))).toEqual([]);
  expect(other.tick(3_400, quiet)).toEqual([]);
  expect(told(other.tick(3_500, quiet))).toEqual(["900: price"]);
});

test("what is near is near by the same speaker", () => {
  const matching = matchingFor([priceNotList]);
  matching.hear(says("agent", 0, "parking"));
  matching.hear(says("customer", 1_000, "the price"));
  matching.hear(says("agent", 2_200, "parking"));
  expect(matching.tick(9_000, quiet)).toHaveLength(1);
});

test("a silence fires once for each time that it is quiet", () => {
  const matching = matchingFor([{ kind: "silence", overMs: 4_000, fromMs: null, untilMs: null }], {
    everyMs: 0,
    staysMs: 3_000,
  });
  const ticks = [9_000, 10_000, 11_000, 12_000, 30_000, 31_000].map((nowMs) =>
    told(matching.tick(nowMs, { metrics: {}, quietSinceMs: nowMs < 20_000 ? 6_000 : 26_500 })),
  );
  expect(ticks).toEqual([[], ["10000"], [], [], [], ["30500"]]);
});

test("a figure fires when it goes past its limit, and again only when it has been back", () => {
  const trigger: Trigger = {
    kind: "metric",
    metric: "talkShare",
    is: "over",
    value: 0.7,
    fromMs: 60_000,
    untilMs: null,
  };
  const matching = matchingFor([trigger], { everyMs: 0, staysMs: 3_000 });
  const shares = [0.8, 0.8, 0.9, 0.8, 0.6, 0.75];
  const fired = shares.map(
    (talkShare, at) =>
      matching.tick(40_000 + at * 10_000, { metrics: { talkShare }, quietSinceMs: null }).length,
  );
  expect(fired).toEqual([0, 0, 1, 0, 0, 1]);
  expect(matching.tick(200_000, { metrics: {}, quietSinceMs: null })).toEqual([]);
});

test("a pattern is matched over what one says in one go, whatever its case", () => {
  const matching = matchingFor([
    {
      kind: "pattern",
      side: "customer",
      pattern: String.raw`\b\d+ (per cent|percent) off`,
      fromMs: null,
      untilMs: null,
    },
  ]);
  matching.hear(says("customer", 0, "give me 15"));
  expect(told(matching.hear(says("customer", 2_000, "Percent off please")))).toEqual([
    "1400: 15 Percent off",
  ]);
  expect(matching.hear(says("agent", 90_000, "15 percent off"))).toEqual([]);
});

describe("a meaning", () => {
  const trigger: Trigger = {
    kind: "meaning",
    side: "customer",
    examples: ["it costs too much", "we cannot afford it"],
    likeness: 0.8,
    fromMs: 1_000,
    untilMs: null,
  };
  const compiled = compilePlaybook(playbookOf({ cards: [cardOf("card", [trigger])] }));
  const alike = (much: number, afford: number) =>
    new Map([
      ["it costs too much", much],
      ["we cannot afford it", afford],
    ]);

  test("fires where one of its examples is alike enough, and says which", () => {
    const matching = startMatching(compiled);
    const ruin = says("customer", 1_000, "it would ruin us");
    expect(matching.hear(ruin)).toEqual([]);
    expect(matching.compare(ruin, alike(0.79, 0.1))).toEqual([]);
    expect(matching.compare(ruin, alike(0.1, 0.8))).toMatchObject([
      { key: "card", trigger: 0, of: 1, fromMs: 1_000, atMs: 2_900, phrase: "it would ruin us" },
    ]);
    expect(matching.compare(ruin, alike(0.9, 0.9))).toEqual([]);
  });

  test("is its side's, in its time, and of nothing that was not compared", () => {
    const matching = startMatching(compiled);
    expect(matching.compare(says("agent", 5_000, "it would ruin us"), alike(1, 1))).toEqual([]);
    expect(matching.compare(says("customer", 0, "ruin"), alike(1, 1))).toEqual([]);
    expect(matching.compare(says("customer", 5_000, "it would ruin us"), new Map())).toEqual([]);
  });
});

test("examples are named once each, in the playbook's order", () => {
  const meaning = (...examples: string[]): Trigger => ({ kind: "meaning", side: "either", examples, likeness: 0.5, fromMs: null, untilMs: null }); // prettier-ignore
  const cards = [cardOf("one", [meaning("b", "a")]), cardOf("two", [phrases({ phrases: ["x"] }), meaning("a", "c")])]; // prettier-ignore
  expect(examplesOf(playbookOf({ cards }))).toEqual(["b", "a", "c"]);
});

test("only what somebody listens for is compared: no guesses, no backchannels, short sentences of scripts without spaces", () => {
  const trigger: Trigger = { kind: "meaning", side: "customer", examples: ["a"], likeness: 0.5, fromMs: null, untilMs: null }; // prettier-ignore
  const compiled = compilePlaybook(playbookOf({ cards: [cardOf("card", [trigger])] }));
  const compared = (...said: Parameters<typeof says>) => isCompared(compiled, says(...said));
  expect(compared("customer", 0, "that is too much")).toBe(true);
  expect(compared("customer", 0, "我们觉得太贵了")).toBe(true);
  expect(compared("customer", 0, "好的")).toBe(false);
  expect(compared("customer", 0, "yes sure")).toBe(false);
  expect(compared("customer", 0, "that is too much", { final: false })).toBe(false);
  expect(compared("agent", 0, "that is too much")).toBe(false);
});

test("the largest playbook is compiled in turns, each of a thousand phrases or one pattern, and to the same", () => {
  const every = Array.from({ length: 1_500 }, (_, at) =>
    phrases({ phrases: Array.from({ length: 100 }, (_unused, of) => `word${at} said${of}`) }),
  );
  const pattern = {
    kind: "pattern" as const,
    side: "customer" as const,
    pattern: "free",
    fromMs: null,
    untilMs: null,
  };
  const rules = playbookOf({ cards: [cardOf("card", [...every, pattern, pattern])] });
  const turns = compileInTurns(rules);
  let count = 0;
  let turn = turns.next();
  for (; turn.done !== true; turn = turns.next()) count += 1;
  expect(count).toBe(150 + 2);
  const matching = startMatching(turn.value);
  expect(matching.hear(says("customer", 0, "word1499 said99")).map(({ key }) => key)).toEqual(["card"]);
});

test("other scripts", () => {
  const matching = matchingFor([phrases({ phrases: ["السعر مرتفع", "слишком дорого", "太贵了"] })], {
    everyMs: 0,
    staysMs: 3_000,
  });
  expect(matching.hear(says("customer", 0, "لكن السّعر مرتفع جدا"))).toHaveLength(1);
  expect(matching.hear(says("customer", 9_000, "Это СЛИШКОМ дорого!"))).toHaveLength(1);
  expect(matching.hear(says("customer", 20_000, "我们觉得太贵了，不行"))).toHaveLength(1);
});
