import fc from "fast-check";
import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf, says, split, wordByWord } from "../../../testing/coaching/talk.ts";
import type { Trigger } from "../../entities/playbook.ts";
import { stemsOfText } from "../text/stems.ts";
import type { Utterance } from "../utterance.ts";
import { compilePlaybook, type CompiledPlaybook } from "./compile-playbook.ts";
import { startMatching, type Fired } from "./start-matching.ts";

// Few words, so that phrases come up by chance; two forms of one, and one that is two.
const word = fc.constantFrom("price", "prices", "pay", "paid", "more", "than", "we", "can't", "not", "uh");
const text = (most: number) =>
  fc.array(word, { minLength: 1, maxLength: most }).map((words) => words.join(" "));
const moment = fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null });

const phraseTrigger = fc
  .record({
    side: fc.constantFrom("agent" as const, "customer" as const, "either" as const),
    phrases: fc.array(text(4), { minLength: 1, maxLength: 3 }),
    apart: fc.integer({ min: 0, max: 3 }),
    notNear: fc.array(text(2), { maxLength: 2 }),
    fromMs: moment,
    untilMs: moment,
  })
  .map(phrases);
const patternTrigger: fc.Arbitrary<Trigger> = fc.record({
  kind: fc.constant("pattern" as const),
  side: fc.constantFrom("agent" as const, "customer" as const, "either" as const),
  pattern: fc.constantFrom("price", "more than", String.raw`\bp(rice|aid)\b`),
  fromMs: moment,
  untilMs: moment,
});
const trigger = fc.oneof({ weight: 4, arbitrary: phraseTrigger }, { weight: 1, arbitrary: patternTrigger });

const playbook = fc
  .record({
    item: fc.array(trigger, { maxLength: 3 }),
    cards: fc.array(
      fc.record({
        triggers: fc.array(trigger, { minLength: 1, maxLength: 3 }),
        everyMs: fc.constantFrom(0, 20_000),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ item, cards }) =>
    compilePlaybook(
      playbookOf({
        items: [{ key: "item", label: "Item", hint: "", triggers: item }],
        cards: cards.map(({ triggers, everyMs }, at) =>
          cardOf(`card-${at}`, triggers, { everyMs, staysMs: 3_000 }),
        ),
      }),
    ),
  );

const turn = fc.record({
  speaker: fc.constantFrom("agent" as const, "customer" as const),
  text: text(14),
  pauseMs: fc.constantFrom(0, 300, 900, 1_100, 1_700, 6_000),
});

/** One after the other. */
const talk = fc.array(turn, { minLength: 1, maxLength: 8 }).map((turns) => {
  let nowMs = 0;
  return turns.map(({ speaker, text: words, pauseMs }): Utterance => {
    const utterance = says(speaker, nowMs + pauseMs, words);
    nowMs = utterance.endMs;
    return utterance;
  });
});

function firedBy(compiled: CompiledPlaybook, tellings: readonly Utterance[]): Fired[] {
  const matching = startMatching(compiled);
  const fired = tellings.flatMap((telling) => matching.hear(telling));
  return [...fired, ...matching.tick(Infinity, { metrics: {}, quietSinceMs: null })];
}

test("told word by word, the same fires as told at once", () => {
  let count = 0;
  fc.assert(
    fc.property(playbook, talk, (compiled, utterances) => {
      const atOnce = firedBy(compiled, utterances);
      count += atOnce.length;
      expect(firedBy(compiled, utterances.flatMap(wordByWord))).toEqual(atOnce);
    }),
  );
  expect(count).toBeGreaterThan(20);
});

test("where an utterance ends changes nothing", () => {
  fc.assert(
    fc.property(playbook, talk, fc.array(fc.boolean(), { minLength: 20 }), (compiled, utterances, cuts) => {
      const parts = utterances.flatMap((utterance) => split(utterance, (at) => cuts[at] === true));
      expect(firedBy(compiled, parts)).toEqual(firedBy(compiled, utterances));
    }),
  );
});

test("told twice, and guessed wrongly before, nothing fires more often than a card may come", () => {
  fc.assert(
    fc.property(playbook, talk, fc.array(text(14), { minLength: 8 }), (compiled, utterances, guesses) => {
      const tellings = utterances.flatMap((utterance, at) => {
        const guess = { ...utterance, text: guesses[at] ?? "", timing: [], revision: 0, final: false };
        return [
          guess,
          ...wordByWord(utterance).map((telling) => ({ ...telling, revision: telling.revision + 1 })),
          utterance,
        ];
      });
      const fired = firedBy(compiled, tellings);
      expect(fired.filter(({ target }) => target === "item").length).toBeLessThanOrEqual(1);
      for (const key of ["card-0", "card-1", "card-2"]) {
        const times = fired
          .filter((one) => one.key === key)
          .map(({ atMs }) => atMs)
          .toSorted((a, b) => a - b);
        expect(times.every((atMs, at) => atMs - (times[at - 1] ?? -Infinity) >= 3_000)).toBe(true);
      }
    }),
  );
});

test("a trigger for one side never fires on the other's words", () => {
  const customers = phraseTrigger.map((given) => ({ ...given, side: "customer" as const }));
  fc.assert(
    fc.property(fc.array(customers, { minLength: 1 }), talk, (triggers, utterances) => {
      const compiled = compilePlaybook(playbookOf({ cards: [cardOf("card", triggers)] }));
      const mixed = firedBy(compiled, utterances);
      const alone = firedBy(
        compiled,
        utterances.filter(({ speaker }) => speaker === "customer"),
      );
      expect(mixed.every(({ speaker }) => speaker === "customer")).toBe(true);
      expect(mixed).toEqual(alone);
    }),
  );
});

/** Every way to lay the stems over the words, one after the other. */
function endsOf(stems: readonly string[], said: readonly string[], apart: number): Set<number> {
  const ends = new Set<number>();
  const lay = (next: number, from: number, to: number): void => {
    if (next === stems.length) ends.add(from - 1);
    else
      for (let at = from; at <= to; at += 1)
        if (said[at] === stems[next]) lay(next + 1, at + 1, at + 1 + apart);
  };
  lay(0, 0, said.length - 1);
  return ends;
}

test("a phrase ends where laying its words over what was said, in every way, says that it does", () => {
  const plain = fc.constantFrom("price", "pays", "pay", "more");
  const words = (most: number) => fc.array(plain, { minLength: 1, maxLength: most });
  fc.assert(
    fc.property(words(4), words(12), fc.integer({ min: 0, max: 3 }), (phrase, said, apart) => {
      const rule = phrases({ phrases: [phrase.join(" ")], apart });
      const compiled = compilePlaybook(
        playbookOf({ cards: [cardOf("card", [rule], { everyMs: 0, staysMs: 3_000 })] }),
      );
      const fired = firedBy(compiled, [says("customer", 0, said.join(" "))]);
      const ends = endsOf(stemsOfText(phrase.join(" ")), stemsOfText(said.join(" ")), apart);
      const first = Math.min(...ends);
      expect(fired[0]?.atMs ?? Infinity).toBe(first === Infinity ? Infinity : first * 500 + 400);
    }),
    { numRuns: 500 },
  );
});
