import { isSameDay } from "date-fns";
import { dayHeading } from "../../../ui/format/times.ts";

export interface DayGroup<Item> {
  heading: string;
  items: Item[];
}

/** Items that are in order already, under the day on which they happened. */
export function groupByDay<Item extends { at: string }>(items: readonly Item[], now: Date): DayGroup<Item>[] {
  const groups: DayGroup<Item>[] = [];
  let day: Date | null = null;
  for (const item of items) {
    const at = new Date(item.at);
    if (!day || !isSameDay(day, at)) groups.push({ heading: dayHeading(at, now), items: [] });
    day = at;
    groups.at(-1)?.items.push(item);
  }
  return groups;
}
