import { noonOf } from "../time/zone.ts";

/**
 * A task for a whole day is due on a day of the calendar, not at a moment: it is kept as that day's noon in UTC, and
 * is the same day for an agent in Manila and a manager in New York.
 * @param day YYYY-MM-DD
 */
export function dueOfDay(day: string): string {
  return `${day}T12:00:00.000Z`;
}

/** The day that a whole-day due time stands for, YYYY-MM-DD. */
export function dayOfDue(dueAt: string): string {
  return dueAt.slice(0, 10);
}

export type Due = { dueAt: string | null; allDay: boolean };

/** When something is due by the clocks of `zone`: of a whole day its noon there. Each noon is worked out once. */
export function dueIn(zone: string): (task: Due) => string | null {
  const noons = new Map<string, string>();
  return ({ dueAt, allDay }) => {
    if (dueAt === null || !allDay) return dueAt;
    const day = dayOfDue(dueAt);
    const noon = noons.get(day) ?? new Date(noonOf(day, zone)).toISOString();
    noons.set(day, noon);
    return noon;
  };
}

/** For Array.sort: what is due first comes first, what is due at no time last. @param dueOf as `dueIn` gives it */
export function byDue(dueOf: (task: Due) => string | null): (a: Due, b: Due) => number {
  const keyOf = (task: Due) => dueOf(task) ?? "9999";
  return (a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    return left < right ? -1 : Number(left > right);
  };
}
