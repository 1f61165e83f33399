import { addDays, addHours, set, startOfDay, startOfHour } from "date-fns";

export type SnoozeChoice = { key: string; label: string; at: Date };

/** Where a task can be put off to with one key; what makes no sense at this hour is not offered. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const today = startOfDay(now);
  const choices: SnoozeChoice[] = [
    { key: "1", label: "In an hour", at: set(addHours(now, 1), { seconds: 0, milliseconds: 0 }) },
    { key: "2", label: "In three hours", at: startOfHour(addHours(now, 3)) },
    { key: "3", label: "This evening", at: set(today, { hours: 18 }) },
    { key: "4", label: "Tomorrow", at: nine(addDays(today, 1)) },
    { key: "5", label: "Next week", at: nine(addDays(today, daysToMonday(today))) },
    { key: "6", label: "In a month", at: nine(addDays(today, 30)) },
  ];
  const evening = set(today, { hours: 18 });
  return choices.filter(
    ({ key, at }) => (key !== "3" || now < set(today, { hours: 17 })) && (key !== "2" || at < evening),
  );
}

function nine(day: Date): Date {
  return set(day, { hours: 9 });
}

function daysToMonday(day: Date): number {
  return (8 - day.getDay()) % 7 || 7;
}
