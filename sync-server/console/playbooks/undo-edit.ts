import { whatStood } from "../../../shared/entities/partial-change.ts";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { PlaybookEdit } from "../../admin/playbooks/wire.ts";

/** What takes an edit back; null where what it names is not in the rules. A phrase comes back behind the others. */
export function undoEdit(rules: PlaybookRules, edit: PlaybookEdit): PlaybookEdit | null {
  switch (edit.do) {
    case "settings":
      return { do: "settings", change: whatStood(rules, edit.change) };
    case "add-item":
      return { do: "remove", list: "items", key: edit.item.key };
    case "add-card":
      return { do: "remove", list: "cards", key: edit.card.key };
    case "remove":
      return addAgain(rules, edit.list, edit.key);
    case "order":
      return { ...edit, keys: rules[edit.list].map(({ key }) => key) };
    case "lines":
      return { ...edit, was: edit.lines, lines: edit.was };
    case "change-item":
      return undoChange(rules.items, edit);
    case "change-card":
      return undoChange(rules.cards, edit);
    default:
      return undoTrigger(rules, edit);
  }
}

function addAgain(rules: PlaybookRules, list: "items" | "cards", key: string): PlaybookEdit | null {
  const at = rules[list].findIndex((entry) => entry.key === key);
  const [item, card] = [rules.items[at], rules.cards[at]];
  if (list === "items") return item ? { do: "add-item", item, at } : null;
  return card ? { do: "add-card", card, at } : null;
}

function undoChange<E extends { key: string; change: object }>(
  entries: readonly { key: string }[],
  edit: E,
): E | null {
  const entry = entries.find(({ key }) => key === edit.key);
  return entry ? { ...edit, change: whatStood(entry, edit.change) } : null;
}

type TriggerEdit = Extract<
  PlaybookEdit,
  { do: "add-trigger" | "remove-trigger" | "change-trigger" | "phrases" }
>;

function undoTrigger(rules: PlaybookRules, edit: TriggerEdit): PlaybookEdit | null {
  const { list, key } = edit;
  const triggers = rules[list].find((entry) => entry.key === key)?.triggers ?? [];
  if (edit.do === "add-trigger")
    return { do: "remove-trigger", list, key, at: edit.at ?? triggers.length, was: edit.trigger };
  if (edit.do === "remove-trigger") return { do: "add-trigger", list, key, at: edit.at, trigger: edit.was };
  if (edit.do === "phrases") return { ...edit, add: edit.remove, remove: edit.add };
  const trigger = triggers[edit.at];
  return trigger ? { ...edit, change: whatStood(trigger, edit.change) as typeof edit.change } : null;
}
