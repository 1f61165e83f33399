/** What a log is narrowed down to: days in the reader's calendar, both included, and whatever else it can be asked for. */
export type DayFilter = Readonly<Record<string, string | null>> & {
  readonly fromDay: string | null;
  readonly toDay: string | null;
};

/** As a query of the API, without the question mark; empty where nothing is filtered. */
export function filterQuery({ fromDay, toDay, ...rest }: DayFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    const wanted = value?.trim();
    if (wanted) query.set(name, wanted);
  }
  if (fromDay !== null) query.set("from", dayStart(fromDay));
  if (toDay !== null) query.set("to", dayStart(toDay, 1));
  return query.toString();
}

/** The instant at which a day of this machine's calendar begins. @param day YYYY-MM-DD */
function dayStart(day: string, daysLater = 0): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
