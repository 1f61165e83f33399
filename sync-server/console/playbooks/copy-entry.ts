import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import type { PlaybookEdit } from "../../admin/playbooks/wire.ts";
import { keyOf } from "../settings/setting-keys.ts";

const longestName = 60;

/** The same again right behind it, under a name and a key of its own; null where it is not there. */
export function copyEntry(
  rules: PlaybookRules,
  { list, key }: { list: "items" | "cards"; key: string },
): { key: string; edit: PlaybookEdit } | null {
  const at = rules[list].findIndex((entry) => entry.key === key) + 1;
  if (at === 0) return null;
  const copy = keyOf(key, "-", rules[list].map((entry) => entry.key)); // prettier-ignore
  const [item, card] = [rules.items[at - 1], rules.cards[at - 1]];
  if (list === "items")
    return item
      ? { key: copy, edit: { do: "add-item", item: { ...item, key: copy, label: copyOf(item.label) }, at } }
      : null;
  return card
    ? { key: copy, edit: { do: "add-card", card: { ...card, key: copy, title: copyOf(card.title) }, at } }
    : null;
}

function copyOf(name: string): string {
  const mark = " (copy)";
  return name.slice(0, longestName - mark.length) + mark;
}
