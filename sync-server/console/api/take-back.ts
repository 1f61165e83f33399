import { sameValue } from "../../../shared/sync/fields.ts";

/** What tells an item of a list from the others, whatever else is changed about it. */
export type KeyOf<Item> = (item: Item, index: number) => string;

/**
 * Undoes what turned `stood` into `next`, in the list as it stands by now: item by item, and only where nobody has
 * changed it since. What others have added, changed or removed meanwhile stays as they left it.
 */
export function takeBack<Item>(
  { stood, next, now }: Readonly<Record<"stood" | "next" | "now", readonly Item[]>>,
  keyOf: KeyOf<Item>,
): Item[] {
  const [before, after, left] = [stood, next, now].map((list) => new Map(list.map((item, index) => [keyOf(item, index), item]))) as [Map<string, Item>, Map<string, Item>, Map<string, Item>]; // prettier-ignore
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const isOurs = !sameValue(before.get(key), after.get(key));
    const isUntouched = left.has(key) === after.has(key) && sameValue(left.get(key), after.get(key));
    if (!isOurs || !isUntouched) continue;
    if (before.has(key)) left.set(key, before.get(key) as Item);
    else left.delete(key);
  }
  return [...left.values()];
}
