import fc from "fast-check";
import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf } from "../../../testing/coaching/talk.ts";
import { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { editRules } from "./edit-rules.ts";
import type { PlaybookEdit } from "./wire.ts";

const one = phrases({ phrases: ["one", "two"], notNear: ["three"] });
const rules = playbookOf({
  items: ["a", "b", "c"].map((key) => ({ key, label: key, hint: "", triggers: [] })),
  cards: [
    cardOf("x", [one]),
    cardOf("y", [one, { kind: "silence", overMs: 5_000, fromMs: null, untilMs: null }]),
  ],
});

function edited(...edits: PlaybookEdit[]): PlaybookRules {
  return edits.reduce((before, edit) => {
    const after = editRules(before, edit);
    if (!after.ok) throw new Error(after.error);
    return after.value;
  }, rules);
}

function refusal(edit: PlaybookEdit): string {
  const after = editRules(rules, edit);
  return after.ok ? "" : after.error;
}

test("puts entries in order; those that somebody has added meanwhile stay behind", () => {
  const order: PlaybookEdit = { do: "order", list: "items", keys: ["c", "a"] };
  expect(edited(order).items.map(({ key }) => key)).toEqual(["c", "a", "b"]);
});

test("what was removed comes back where it was", () => {
  const [, b] = rules.items;
  if (!b) throw new Error("no b");
  expect(edited({ do: "remove", list: "items", key: "b" }, { do: "add-item", item: b, at: 1 })).toEqual(
    rules,
  );
  const [trigger] = rules.cards[1]?.triggers ?? [];
  if (!trigger) throw new Error("no trigger");
  const y = { list: "cards", key: "y", at: 0 } as const;
  expect(edited({ do: "remove-trigger", ...y, was: trigger }, { do: "add-trigger", ...y, trigger })).toEqual(
    rules,
  );
});

test.each<[string, PlaybookEdit]>([
  ["an entry that is gone", { do: "change-item", key: "z", change: { label: "Z" } }],
  [
    "a trigger that is gone",
    { do: "phrases", list: "cards", key: "x", at: 5, of: "phrases", add: [], remove: [] },
  ],
  ["a trigger that is another kind by now", { do: "change-trigger", list: "cards", key: "y", at: 1, kind: "phrases", change: { apart: 1 } }], // prettier-ignore
  ["a trigger that has changed", { do: "remove-trigger", list: "cards", key: "x", at: 0, was: phrases({ phrases: ["one"] }) }], // prettier-ignore
  ["lines that have changed", { do: "lines", key: "x", was: ["Other"], lines: ["Mine"] }],
  [
    "a key that is taken",
    { do: "add-item", item: { key: "a", label: "A", hint: "", triggers: [] }, at: null },
  ],
])("refuses with a sentence: %s", (_, edit) => {
  expect(refusal(edit)).toMatch(/\.$/u);
});

const words = fc.array(fc.constantFrom("one", "two", "three", "four", "five"), { maxLength: 3 });
/** Each changes a part of its own. */
const apart: fc.Arbitrary<PlaybookEdit>[] = [
  words.map((add) => ({ do: "phrases", list: "cards", key: "x", at: 0, of: "notNear", add, remove: [] })),
  fc.integer({ min: 0, max: 20 }).map((gap) => ({ do: "change-trigger", list: "cards", key: "x", at: 0, kind: "phrases", change: { apart: gap } })), // prettier-ignore
  fc.constant({ do: "change-card", key: "y", change: { title: "Why" } }),
  fc.constant({ do: "remove", list: "items", key: "b" }),
  fc.constant({ do: "change-item", key: "a", change: { hint: "Ask" } }),
  fc.constant({ do: "lines", key: "x", was: ["One line"], lines: ["Another"] }),
  fc.integer({ min: 60, max: 400 }).map((paceWpm) => ({ do: "settings", change: { alarms: { paceWpm } } })),
  fc.constant({ do: "settings", change: { appliesTo: { directions: ["inbound"] } } }),
];

test("edits of different things give the same in whatever order they come", () => {
  fc.assert(
    fc.property(fc.tuple(...apart), fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (edits, keys) => {
      const shuffled = edits.map((edit, at) => [keys[at] ?? 0, edit] as const).toSorted(([a], [b]) => a - b);
      expect(edited(...shuffled.map(([, edit]) => edit))).toEqual(edited(...edits));
    }),
  );
});
