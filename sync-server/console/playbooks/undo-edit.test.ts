import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf } from "../../../testing/coaching/talk.ts";
import { editRules } from "../../admin/playbooks/edit-rules.ts";
import type { PlaybookEdit } from "../../admin/playbooks/wire.ts";
import { undoEdit } from "./undo-edit.ts";

const trigger = phrases({ phrases: ["one", "two"] });
const item = (key: string) => ({ key, label: key, hint: "", triggers: [trigger] });
const rules = playbookOf({
  items: [item("a"), item("b")],
  cards: [cardOf("x", [trigger]), cardOf("y", [trigger])],
});

const edits: PlaybookEdit[] = [
  { do: "settings", change: { label: "Other", alarms: { paceWpm: 170 } } },
  { do: "add-item", item: item("c"), at: 1 },
  { do: "add-card", card: cardOf("z", [trigger]), at: null },
  { do: "remove", list: "items", key: "a" },
  { do: "remove", list: "cards", key: "y" },
  { do: "order", list: "cards", keys: ["y", "x"] },
  { do: "change-item", key: "b", change: { hint: "Ask" } },
  { do: "change-card", key: "x", change: { title: "X", everyMs: 0 } },
  { do: "lines", key: "x", was: ["One line"], lines: ["Another", "line"] },
  { do: "add-trigger", list: "items", key: "a", trigger, at: null },
  { do: "remove-trigger", list: "cards", key: "x", at: 0, was: trigger },
  {
    do: "change-trigger",
    list: "cards",
    key: "x",
    at: 0,
    kind: "phrases",
    change: { apart: 5, fromMs: 1_000 },
  },
  { do: "phrases", list: "cards", key: "x", at: 0, of: "phrases", add: ["three"], remove: [] },
];

test.each(edits.map((edit) => [edit.do, edit] as const))("%s is taken back", (_, edit) => {
  const edited = editRules(rules, edit);
  const undo = undoEdit(rules, edit);
  if (!edited.ok || !undo) throw new Error("was refused");
  expect(edited.value).not.toEqual(rules);
  expect(editRules(edited.value, undo)).toEqual({ ok: true, value: rules });
});
