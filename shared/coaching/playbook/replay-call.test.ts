import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf, says, wordByWord } from "../../../testing/coaching/talk.ts";
import type { Trigger } from "../../entities/playbook.ts";
import { takeAllTurns } from "../../time/turns.ts";
import type { Utterance } from "../utterance.ts";
import { compilePlaybook, type CompiledPlaybook } from "./compile-playbook.ts";
import { replayInTurns, type Replay } from "./replay-call.ts";
import { startMatching } from "./start-matching.ts";

const quiet: Trigger = { kind: "silence", overMs: 4_000, fromMs: null, untilMs: null };
const talksMuch: Trigger = { kind: "metric", metric: "talkShareOfSpeech", is: "over", value: 0.9, fromMs: 3_000, untilMs: null }; // prettier-ignore
const playbook = compilePlaybook(
  playbookOf({
    cards: [
      cardOf("price", [phrases({ phrases: ["too expensive"] })]),
      cardOf("list", [phrases({ phrases: ["price"], notNear: ["price list"] })]),
      cardOf("quiet", [quiet]),
      cardOf("much", [talksMuch]),
    ],
  }),
);
const utterances = [
  says("agent", 0, "hello there this is Ana and I talk for quite a while without an end in sight"),
  says("customer", 9_000, "it is too expensive"),
  says("agent", 15_400, "I see"),
  says("customer", 17_000, "so what is the price"),
];

function replayCall(compiled: CompiledPlaybook, said: readonly Utterance[], how: Replay) {
  return takeAllTurns(replayInTurns([compiled], said, how))[0] ?? [];
}

test("finds in a call what was fired while it went on: words, quiet between them, figures, and what waited at the end", () => {
  const fired = replayCall(playbook, utterances, { durationMs: 19_400 });
  expect(fired.map(({ key, atMs }) => `${key} ${atMs}`)).toEqual([
    "much 4000",
    "price 10900",
    "quiet 14900",
    "list 19400",
  ]);
});

test("says of words what a live call says, whatever their order here", () => {
  const live = startMatching(playbook);
  const said = utterances.flatMap(wordByWord).flatMap((telling) => live.hear(telling));
  const waited = live.tick(Infinity, { metrics: {}, quietSinceMs: null });
  const replayed = replayCall(playbook, utterances.toReversed(), { durationMs: 19_400 }).filter(
    ({ speaker }) => speaker !== null,
  );
  expect(replayed).toEqual([...said, ...waited]);
});

test("where a whole crowd speaks at once, tells each word once, and pauses between", () => {
  const crowd = Array.from({ length: 200 }, (_, at) =>
    says(at % 2 === 0 ? "agent" : "customer", at * 7, "one two three four five six seven eight nine ten"),
  );
  const tellings = crowd.length * (10 + 1);
  const turns = [...replayInTurns([playbook], crowd, { durationMs: 0 })];
  expect(turns.length).toBeGreaterThanOrEqual(5);
  expect(turns.length).toBeLessThanOrEqual(tellings / 100 + 1);
});

test("takes a turn for each ten seconds of a call, and nothing at all for one in which nobody spoke", () => {
  const turns = replayInTurns([playbook, playbook], utterances, { durationMs: 185_000 });
  let count = 0;
  let turn = turns.next();
  for (; turn.done !== true; turn = turns.next()) count += 1;
  expect(count).toBeGreaterThanOrEqual(16);
  expect(turn.value[0]).toEqual(turn.value[1]);
  expect(replayCall(playbook, [], { durationMs: 0 })).toEqual([]);
});

test("what was compared in meaning fires when it was said, as it does live", () => {
  const meaning: Trigger = { kind: "meaning", side: "customer", examples: ["we have no money"], likeness: 0.6, fromMs: null, untilMs: null }; // prettier-ignore
  const compiled = compilePlaybook(playbookOf({ cards: [cardOf("price", [meaning])] }));
  const alike = new Map([["customer-9000", new Map([["we have no money", 0.7]])]]);
  expect(replayCall(compiled, utterances, { durationMs: 19_400, alike })).toMatchObject([
    { key: "price", fromMs: 9_000, atMs: 10_900, phrase: "it is too expensive" },
  ]);
  expect(replayCall(compiled, utterances, { durationMs: 19_400 })).toEqual([]);
});

test.each([
  ["within a hold", [{ fromMs: 10_900, toMs: 15_400 }], []],
  ["before a hold and after it, too short each", [{ fromMs: 12_000, toMs: 13_000 }], []],
  ["as far as it lasts behind a hold", [{ fromMs: 10_900, toMs: 11_200 }], [15_200]],
])("quiet %s sets off what it does live", (_, apart, fired) => {
  const times = replayCall(playbook, utterances, { durationMs: 19_400, apart })
    .filter(({ key }) => key === "quiet")
    .map(({ atMs }) => atMs);
  expect(times).toEqual(fired);
});
