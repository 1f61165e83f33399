import { applyChange } from "../../../shared/entities/partial-change.ts";
import type { Battlecard, ChecklistItem, PlaybookRules, Trigger } from "../../../shared/entities/playbook.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { PlaybookEdit } from "./wire.ts";

type ListName = "items" | "cards";
type Edited = Result<PlaybookRules, string>;
type EditOf<D extends PlaybookEdit["do"]> = Extract<PlaybookEdit, { do: D }>;

/**
 * The rules of a draft after one edit. Edits of different things give the same in either order. Whether the outcome
 * is a playbook is not looked at here.
 *
 * Error: a sentence for whoever edits, where what they edit is not there any more or not as they saw it.
 */
export function editRules(rules: PlaybookRules, edit: PlaybookEdit): Edited {
  switch (edit.do) {
    case "settings":
      return ok(applyChange(rules, edit.change));
    case "add-item":
      return add(rules, "items", edit.item, edit.at);
    case "add-card":
      return add(rules, "cards", edit.card, edit.at);
    case "remove":
      return remove(rules, edit);
    case "order":
      return ok({ ...rules, [edit.list]: inOrder<{ key: string }>(rules[edit.list], edit.keys) });
    case "change-item":
      return changeEntry(rules, "items", edit.key, (item) => ok(applyChange(item, edit.change)));
    case "change-card":
      return changeEntry(rules, "cards", edit.key, (card) => ok(applyChange(card, edit.change)));
    case "lines":
      return changeEntry(rules, "cards", edit.key, (card) => changeLines(card as Battlecard, edit));
    default:
      return changeEntry(rules, edit.list, edit.key, (entry) => changeTriggers(entry, edit));
  }
}

const gone = "Somebody has removed it meanwhile.";
const changed = "Somebody has changed it meanwhile. Look at it again.";

function add(rules: PlaybookRules, list: ListName, entry: { key: string }, at: number | null): Edited {
  if (rules[list].some(({ key }) => key === entry.key)) return err(`There is “${entry.key}” already.`);
  return ok({ ...rules, [list]: inserted<{ key: string }>(rules[list], entry, at) });
}

function remove(rules: PlaybookRules, { list, key }: EditOf<"remove">): Edited {
  const kept = (rules[list] as { key: string }[]).filter((entry) => entry.key !== key);
  return kept.length === rules[list].length ? err(gone) : ok({ ...rules, [list]: kept });
}

/** Those that the order does not name, because they are new, stay behind the others. */
function inOrder<T extends { key: string }>(entries: readonly T[], keys: readonly string[]): T[] {
  const placeOf = ({ key }: T): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return entries.toSorted((one, other) => placeOf(one) - placeOf(other));
}

type Entry = ChecklistItem | Battlecard;

function changeEntry(
  rules: PlaybookRules,
  list: ListName,
  key: string,
  change: (entry: Entry) => Result<Entry, string>,
): Edited {
  const entries: readonly Entry[] = rules[list];
  const at = entries.findIndex((entry) => entry.key === key);
  const entry = entries[at];
  if (!entry) return err(gone);
  const next = change(entry);
  return next.ok ? ok({ ...rules, [list]: entries.with(at, next.value) }) : next;
}

function changeLines(card: Battlecard, { was, lines }: EditOf<"lines">): Result<Battlecard, string> {
  return sameValue(card.lines, was) ? ok({ ...card, lines }) : err(changed);
}

type TriggerEdit = EditOf<"add-trigger" | "remove-trigger" | "change-trigger" | "phrases">;

function changeTriggers(entry: Entry, edit: TriggerEdit): Result<Entry, string> {
  if (edit.do === "add-trigger")
    return ok({ ...entry, triggers: inserted(entry.triggers, edit.trigger, edit.at) });
  const trigger = entry.triggers[edit.at];
  if (!trigger) return err(gone);
  if (edit.do === "remove-trigger")
    return sameValue(trigger, edit.was)
      ? ok({ ...entry, triggers: entry.triggers.toSpliced(edit.at, 1) })
      : err(changed);
  const next = edit.do === "phrases" ? changePhrases(trigger, edit) : changeTrigger(trigger, edit);
  return next.ok ? ok({ ...entry, triggers: entry.triggers.with(edit.at, next.value) }) : next;
}

function changeTrigger(
  trigger: Trigger,
  { kind, change }: EditOf<"change-trigger">,
): Result<Trigger, string> {
  return trigger.kind === kind ? ok({ ...trigger, ...change, kind } as Trigger) : err(changed);
}

function changePhrases(
  trigger: Trigger,
  { of, add: added, remove: removed }: EditOf<"phrases">,
): Result<Trigger, string> {
  const list = listOf(trigger, of);
  if (list === null) return err(changed);
  const kept = list.filter((phrase) => !removed.includes(phrase));
  return ok({ ...trigger, [of]: [...kept, ...added.filter((phrase) => !kept.includes(phrase))] });
}

function listOf(trigger: Trigger, of: EditOf<"phrases">["of"]): readonly string[] | null {
  if (of === "examples") return trigger.kind === "meaning" ? trigger.examples : null;
  return trigger.kind === "phrases" ? trigger[of] : null;
}

function inserted<T>(list: readonly T[], entry: T, at: number | null): T[] {
  return list.toSpliced(at ?? list.length, 0, entry);
}
